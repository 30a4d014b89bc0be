/**
 * Reads the security descriptor definition language: `O:BAG:SYD:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)S:(ML;;NW;;;HI)` ("Security
 * Descriptor String Format", sddl.h; [MS-DTYP] 2.5.1). Conditions and resource attributes are refused by name.
 */
import { guidBytes } from "./guid";
import {
  aceFlagLetters,
  aceTypeLetters,
  aceTypesWithData,
  allAccessLetters,
  daclFlagLetters,
  labelRightLetters,
  MANDATORY_LABEL_TYPE,
  NO_ACCESS_CONTROL,
  rightLetters,
  saclFlagLetters,
} from "./sddlTables";
import { type AccessEntry, objectAceTypes, type SecurityDescriptor } from "./securityDescriptor";
import { sidBytes } from "./sid";
import { sidOfAlias } from "./wellKnownSids";

export interface SddlError {
  /** Where in the text, in UTF-16 code units. */
  readonly at: number;
  /** One sentence. */
  readonly message: string;
}

export type SddlResult =
  | { readonly descriptor: SecurityDescriptor; readonly error?: undefined }
  | { readonly error: SddlError; readonly descriptor?: undefined };

const SE_DACL_PRESENT = 0x4;
const SE_SACL_PRESENT = 0x10;
const SE_SELF_RELATIVE = 0x8000;
/** A list has 64 KiB at most, an entry 20 bytes at least. */
const MOST_ENTRIES = 3276;

class Refused extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param domain SID of the computer, for the letters of its accounts (LA, LG, DA...)
 */
export function parseSddl(text: string, domain?: string): SddlResult {
  try {
    return { descriptor: new SddlReader(text, domain).descriptor() };
  } catch (error) {
    if (error instanceof Refused) return { error: { at: error.at, message: error.message } };
    throw error;
  }
}

class SddlReader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly domain: string | undefined,
  ) {}

  descriptor(): SecurityDescriptor {
    const read: SecurityDescriptor = {
      control: SE_SELF_RELATIVE,
      owner: undefined,
      group: undefined,
      dacl: undefined,
      sacl: undefined,
    };
    const seen = new Set<string>();
    for (this.#skipBlanks(); this.#at < this.text.length; this.#skipBlanks()) {
      const start = this.#at;
      const part = this.text.slice(start, start + 2).toUpperCase();
      if (seen.has(part)) throw new Refused(start, `"${part}" is there twice.`);
      seen.add(part);
      this.#at += 2;
      if (part === "O:") read.owner = this.#sid(this.#sidWord());
      else if (part === "G:") read.group = this.#sid(this.#sidWord());
      else if (part === "D:") this.#dacl(read);
      else if (part === "S:") this.#sacl(read);
      else throw new Refused(start, "O:, G:, D: or S: is expected here.");
    }
    return read;
  }

  #dacl(read: SecurityDescriptor): void {
    const { flags, entries } = this.#list(daclFlagLetters);
    read.dacl = entries;
    read.control |= flags | SE_DACL_PRESENT;
  }

  #sacl(read: SecurityDescriptor): void {
    const { flags, entries } = this.#list(saclFlagLetters);
    read.sacl = entries;
    read.control |= flags | SE_SACL_PRESENT;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.text[this.#at] ?? "")) this.#at++;
  }

  /** Up to the next part or the end. */
  #sidWord(): string {
    // Not the "D" of "D:", which is a hexadecimal digit too.
    const match = /^\s*(S(?:-0x[0-9A-F]+(?!:)|-[0-9]+)+|[A-Z]{2})/i.exec(this.text.slice(this.#at, this.#at + 256));
    if (match === null) throw new Refused(this.#at, "A SID or its two letters are expected here.");
    this.#at += match[0].length;
    return match[1] ?? "";
  }

  #sid(word: string, at = this.#at - word.length): Uint8Array {
    const name = word.trim();
    const text = name.length === 2 ? sidOfAlias(name.toUpperCase(), this.domain) : name;
    const bytes = text === undefined ? undefined : sidBytes(text);
    if (bytes === undefined) throw new Refused(at, `"${shown(name)}" is no SID and no letters for one.`);
    return bytes;
  }

  #list(flagLetters: typeof daclFlagLetters): { flags: number; entries: AccessEntry[] | null } {
    let flags = 0;
    for (this.#skipBlanks(); ; this.#skipBlanks()) {
      const rest = this.text.slice(this.#at, this.#at + NO_ACCESS_CONTROL.length).toUpperCase();
      if (rest === NO_ACCESS_CONTROL) {
        this.#at += NO_ACCESS_CONTROL.length;
        return { flags, entries: null };
      }
      const found = flagLetters.find(([letters]) => rest.startsWith(letters));
      if (found === undefined) break;
      flags |= found[1];
      this.#at += found[0].length;
    }
    return { flags, entries: this.#entries() };
  }

  #entries(): AccessEntry[] {
    const entries: AccessEntry[] = [];
    for (this.#skipBlanks(); this.text[this.#at] === "("; this.#skipBlanks()) {
      if (entries.length === MOST_ENTRIES) throw new Refused(this.#at, `A list has at most ${MOST_ENTRIES} entries.`);
      const start = this.#at;
      const end = this.text.indexOf(")", start);
      if (end < 0) throw new Refused(start, 'The entry has no ")".');
      entries.push(this.#entry(this.text.slice(start + 1, end), start + 1));
      this.#at = end + 1;
    }
    return entries;
  }

  #entry(text: string, at: number): AccessEntry {
    const words = text.split(";").map((word) => word.trim());
    const [typeWord = "", flagWord = "", rightWord = "", objectWord = "", inheritedWord = "", sidWord = ""] = words;
    const kind = typeWord.toUpperCase();
    if (aceTypesWithData.includes(kind)) throw new Refused(at, `Entries of the kind ${kind} are not read here.`);
    const type = aceTypeLetters.find(([letters]) => letters === kind)?.[1];
    if (type === undefined) throw new Refused(at, `"${shown(typeWord)}" is no kind of entry.`);
    if (words.length !== 6) throw new Refused(at, `An entry has six parts between ";"; this one has ${words.length}.`);
    const flags = lettersValue(flagWord, aceFlagLetters);
    if (flags === undefined) throw new Refused(at, `"${shown(flagWord)}" are no flags of an entry.`);
    const mask = rightsValue(rightWord, type);
    if (mask === undefined) throw new Refused(at, `"${shown(rightWord)}" are no rights.`);
    const entry: AccessEntry = { type, flags, mask, sid: this.#sid(sidWord, at) };
    const objectType = this.#guid(objectWord, at);
    const inheritedObjectType = this.#guid(inheritedWord, at);
    if (objectType === undefined && inheritedObjectType === undefined) return entry;
    if (!objectAceTypes.has(type)) throw new Refused(at, `An entry of the kind ${kind} has no GUID.`);
    if (objectType !== undefined) entry.objectType = objectType;
    if (inheritedObjectType !== undefined) entry.inheritedObjectType = inheritedObjectType;
    return entry;
  }

  #guid(word: string, at: number): Uint8Array | undefined {
    if (word === "") return undefined;
    const bytes = guidBytes(word);
    if (bytes === undefined) throw new Refused(at, `"${shown(word)}" is no GUID.`);
    return bytes;
  }
}

/** Not more of a hostile text than a sentence can hold. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** Two letters each, one after the other; undefined when some are unknown. */
function lettersValue(word: string, ...tables: readonly (typeof rightLetters)[]): number | undefined {
  if (word.length % 2 !== 0) return undefined;
  let value = 0;
  for (let at = 0; at < word.length; at += 2) {
    const pair = word.slice(at, at + 2).toUpperCase();
    const found = tables.flat().find(([letters]) => letters === pair);
    if (found === undefined) return undefined;
    value |= found[1];
  }
  return value >>> 0;
}

function rightsValue(word: string, type: number): number | undefined {
  if (/^0x[0-9a-f]{1,8}$/i.test(word)) return Number.parseInt(word, 16);
  // With a leading zero it is octal, as strtoul has it.
  if (/^0[0-7]{1,11}$/.test(word)) return within32Bits(Number.parseInt(word, 8));
  if (/^[0-9]{1,10}$/.test(word)) return within32Bits(Number(word));
  if (type === MANDATORY_LABEL_TYPE) return lettersValue(word, labelRightLetters);
  return lettersValue(word, rightLetters, allAccessLetters);
}

function within32Bits(value: number): number | undefined {
  return value <= 0xffff_ffff ? value : undefined;
}
