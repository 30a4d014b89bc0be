/**
 * SeAssignSecurity (wdm.h): the descriptor of a new object, from what its maker gave, what the directory passes on, and
 * the maker's token ([MS-DTYP] 2.5.3.4; "DACL for a New Object" of the Windows SDK).
 */
import { type GenericMapping, mapGenericAccess } from "../../../native-bindings/abi/access";
import { parseSddl } from "../../../native-bindings/abi/security/sddl";
import type { AccessEntry, SecurityDescriptor } from "../../../native-bindings/abi/security/securityDescriptor";
import { sidBytes, sidText } from "../../../native-bindings/abi/security/sid";
import { DEFAULT_INTEGRITY, NO_WRITE_UP } from "./accessDescriptor";
import type { TokenDescription } from "./token";

const OBJECT_INHERIT = 0x1;
const CONTAINER_INHERIT = 0x2;
const NO_PROPAGATE = 0x4;
const INHERIT_ONLY = 0x8;
const INHERITANCE = OBJECT_INHERIT | CONTAINER_INHERIT | NO_PROPAGATE | INHERIT_ONLY;
const MANDATORY_LABEL = 0x11;
const GENERIC = 0xf000_0000;
const CREATOR_OWNER = "S-1-3-0";
const CREATOR_GROUP = "S-1-3-1";
const SE_DACL_PROTECTED = 0x1000;
const SE_SELF_RELATIVE = 0x8000;

export interface NewObjectSecurity {
  /** The directory's; undefined for an object outside of any. */
  readonly parent: SecurityDescriptor | undefined;
  /** What the maker gave; undefined: nothing. */
  readonly given: SecurityDescriptor | undefined;
  readonly token: TokenDescription;
  readonly mapping: GenericMapping;
  /** Directories pass entries on. */
  readonly isContainer: boolean;
}

function requireSid(text: string): Uint8Array {
  const bytes = sidBytes(text);
  if (bytes === undefined) throw new RangeError(`"${text}" is no SID`);
  return bytes;
}

/** Generic rights replaced, except in entries that only wait to be passed on. */
function mapped(entry: AccessEntry, mapping: GenericMapping): AccessEntry {
  if (entry.mask === undefined || (entry.flags & INHERIT_ONLY) !== 0 || entry.type === MANDATORY_LABEL) return entry;
  return { ...entry, mask: mapGenericAccess(mapping, entry.mask) };
}

/** What one entry of the directory becomes: nothing, one entry, or one that counts and one to pass on. */
function inherit(entry: AccessEntry, isContainer: boolean, resolve: (sid: Uint8Array) => Uint8Array): AccessEntry[] {
  const { flags, sid, mask = 0 } = entry;
  const own = flags & ~INHERITANCE;
  const actual = sid === undefined ? undefined : resolve(sid);
  const isFor = (flags & (isContainer ? CONTAINER_INHERIT : OBJECT_INHERIT)) !== 0;
  const goesOn = isContainer && (flags & NO_PROPAGATE) === 0 ? flags & (OBJECT_INHERIT | CONTAINER_INHERIT) : 0;
  if (!isFor) return goesOn === 0 ? [] : [{ ...entry, flags: own | goesOn | INHERIT_ONLY }];
  const counts = { ...entry, sid: actual, flags: own };
  if (goesOn === 0) return [counts];
  // What is replaced here must stay as it is for those below.
  const differs = actual !== sid || (mask & GENERIC) !== 0;
  if (differs) return [counts, { ...entry, flags: own | goesOn | INHERIT_ONLY }];
  return [{ ...counts, flags: own | goesOn }];
}

const defaultLists = new Map<string, AccessEntry[]>();

function defaultDacl({ defaultDacl: sddl }: TokenDescription): AccessEntry[] {
  const known = defaultLists.get(sddl);
  if (known !== undefined) return known;
  const entries = parseSddl(sddl).descriptor?.dacl;
  if (!entries) throw new RangeError(`"${sddl}" is no default DACL`);
  defaultLists.set(sddl, entries);
  return entries;
}

export function assignSecurity(wanted: NewObjectSecurity): SecurityDescriptor {
  const { parent, given, token, mapping, isContainer } = wanted;
  const owner = given?.owner ?? requireSid(token.owner);
  const group = given?.group ?? requireSid(token.primaryGroup);
  const resolve = (sid: Uint8Array): Uint8Array => {
    const text = sidText(sid);
    if (text === CREATOR_OWNER) return owner;
    return text === CREATOR_GROUP ? group : sid;
  };
  const passedOn = (entries: readonly AccessEntry[] | null | undefined) =>
    (entries ?? []).flatMap((entry) => inherit(entry, isContainer, resolve));
  const inherited = passedOn(parent?.dacl);
  const dacl = given?.dacl === undefined ? (inherited.length > 0 ? inherited : defaultDacl(token)) : given.dacl;
  const sacl = given?.sacl ?? labelled(passedOn(parent?.sacl), token);
  const control = SE_SELF_RELATIVE | ((given?.control ?? 0) & SE_DACL_PROTECTED);
  return {
    control: control | 0x4 | (sacl.length > 0 ? 0x10 : 0),
    owner,
    group,
    dacl: dacl === null ? null : dacl.map((entry) => mapped(entry, mapping)),
    sacl: sacl.length > 0 ? sacl.map((entry) => mapped(entry, mapping)) : undefined,
  };
}

/** What a process below medium makes gets its own level; otherwise no label means medium. */
function labelled(inherited: AccessEntry[], { integrity }: TokenDescription): AccessEntry[] {
  if (integrity >= DEFAULT_INTEGRITY || inherited.some(({ type }) => type === MANDATORY_LABEL)) return inherited;
  const sid = requireSid(`S-1-16-${integrity}`);
  return [...inherited, { type: MANDATORY_LABEL, flags: 0, mask: NO_WRITE_UP, sid }];
}
