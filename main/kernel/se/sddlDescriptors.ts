/** SDDL as the bytes of a descriptor, for the model's own tables and for what drivers pass on. Texts are few: each is read once. */
import { parseSddl } from "../../../native-bindings/abi/security/sddl";
import { securityDescriptorBytes } from "../../../native-bindings/abi/security/securityDescriptorBytes";
import { MACHINE_SID } from "./readyTokens";

/** More texts than drivers have; beyond that they are read each time. */
const MOST_KEPT = 256;
const kept = new Map<string, Uint8Array>();

/** Undefined for a text that is no SDDL. */
export function tryDescriptorOfSddl(sddl: string): Uint8Array | undefined {
  const known = kept.get(sddl);
  if (known !== undefined) return known;
  const { descriptor } = parseSddl(sddl, MACHINE_SID);
  if (descriptor === undefined) return undefined;
  const bytes = securityDescriptorBytes(descriptor);
  if (kept.size < MOST_KEPT) kept.set(sddl, bytes);
  return bytes;
}

/** Throws a RangeError for a text that is no SDDL: for the program's own. */
export function descriptorOfSddl(sddl: string): Uint8Array {
  const bytes = tryDescriptorOfSddl(sddl);
  if (bytes === undefined) throw new RangeError(`"${sddl}" is no SDDL: ${parseSddl(sddl, MACHINE_SID).error?.message}`);
  return bytes;
}
