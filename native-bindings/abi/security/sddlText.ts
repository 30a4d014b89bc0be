/** Writes a security descriptor in its definition language, as ConvertSecurityDescriptorToStringSecurityDescriptor does. */
import { guidText } from "./guid";
import {
  aceFlagLetters,
  aceTypeLetters,
  allAccessLetters,
  daclFlagLetters,
  labelRightLetters,
  MANDATORY_LABEL_TYPE,
  NO_ACCESS_CONTROL,
  rightLetters,
  saclFlagLetters,
} from "./sddlTables";
import type { AccessEntry, SecurityDescriptor } from "./securityDescriptor";
import { sidText } from "./sid";
import { aliasOfSid } from "./wellKnownSids";

type Letters = typeof rightLetters;

function lettersOf(value: number, letters: Letters): { text: string; unknown: number } {
  const set = letters.filter(([, bits]) => (value & bits) >>> 0 === bits);
  const unknown = set.reduce((rest, [, bits]) => (rest & ~bits) >>> 0, value >>> 0);
  return { text: set.map(([name]) => name).join(""), unknown };
}

function rightsText(mask: number, type: number): string {
  const whole = type === MANDATORY_LABEL_TYPE ? undefined : allAccessLetters.find(([, value]) => value === mask);
  if (whole !== undefined) return whole[0];
  const { text, unknown } = lettersOf(mask, type === MANDATORY_LABEL_TYPE ? labelRightLetters : rightLetters);
  return unknown === 0 ? text : `0x${mask.toString(16)}`;
}

function sidWord(sid: Uint8Array | undefined): string {
  return sid === undefined ? "" : aliasOfSid(sidText(sid) ?? "");
}

/** Undefined for a kind that SDDL has no letters for, or that carries a condition. */
function entryText(entry: AccessEntry): string | undefined {
  const { type, flags, mask, sid, objectType, inheritedObjectType, data } = entry;
  const kind = aceTypeLetters.find(([, value]) => value === type)?.[0];
  if (kind === undefined || mask === undefined || sid === undefined || data !== undefined) return undefined;
  const guids = [objectType, inheritedObjectType].map((guid) => (guid === undefined ? "" : guidText(guid)));
  const words = [kind, lettersOf(flags, aceFlagLetters).text, rightsText(mask, type), ...guids, sidWord(sid)];
  return `(${words.join(";")})`;
}

function listText(control: number, flagLetters: Letters, entries: readonly AccessEntry[] | null): string | undefined {
  const flags = lettersOf(control & flagLetters.reduce((sum, [, bit]) => sum | bit, 0), flagLetters).text;
  if (entries === null) return `${flags}${NO_ACCESS_CONTROL}`;
  const texts = entries.map(entryText);
  return texts.includes(undefined) ? undefined : `${flags}${texts.join("")}`;
}

/** Undefined for a descriptor with entries that the language has no plain letters for. */
export function sddlText({ control, owner, group, dacl, sacl }: SecurityDescriptor): string | undefined {
  const daclText = dacl === undefined ? "" : listText(control, daclFlagLetters, dacl);
  const saclText = sacl === undefined ? "" : listText(control, saclFlagLetters, sacl);
  if (daclText === undefined || saclText === undefined) return undefined;
  const parts: [string, string, boolean][] = [
    ["O:", sidWord(owner), owner !== undefined],
    ["G:", sidWord(group), group !== undefined],
    ["D:", daclText, dacl !== undefined],
    ["S:", saclText, sacl !== undefined],
  ];
  return parts.map(([letter, text, isThere]) => (isThere ? letter + text : "")).join("");
}
