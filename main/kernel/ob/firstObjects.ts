/**
 * What the object manager itself puts into the namespace when the machine starts (ObInitSystem): the types'
 * directory with the first types, the DOS devices and the link to them. `\??` is no object: the look-up knows
 * it, and an enumeration of `\` never shows it (case 36).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { ensureDirectory, ensureSymbolicLink } from "./namedObjects";
import type { ObjectManager } from "./objectManager";
import type { ObjectStore } from "./objectStore";
import type { ObjectType } from "./objectType";

export interface FirstObjects {
  readonly typesDirectory: Address;
  readonly globalDosDevices: Address;
}

/** `\` has a name header, as in NT, but no directory and no name: its path is a rule. */
export function createRoot(store: ObjectStore, directoryType: ObjectType): Address {
  const root = store.create(directoryType, {
    named: true,
    bodySize: directoryType.options.bodySize,
    permanent: true,
    exclusive: false,
    kernel: true,
    maintainHandleCount: false,
    creatorProcessId: 0,
    recordCreator: false,
  });
  if (root === 0) throw new RangeError("no pool is left for the root directory");
  return root;
}

export function createFirstObjects(ob: ObjectManager): FirstObjects {
  const typesDirectory = ensureDirectory(ob, "\\ObjectTypes");
  for (const type of ob.types.all) ob.names.add(typesDirectory, type.address, type.name);
  const globalDosDevices = ensureDirectory(ob, "\\GLOBAL??");
  ensureSymbolicLink(ob, "\\DosDevices", "\\??");
  // Within `\??`, these lead to the global names whatever a session has of its own, and out of them all.
  ensureSymbolicLink(ob, "\\GLOBAL??\\Global", "\\GLOBAL??");
  ensureSymbolicLink(ob, "\\GLOBAL??\\GLOBALROOT", "");
  return { typesDirectory, globalDosDevices };
}
