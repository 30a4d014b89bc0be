/** Puts the table of the namespace's descriptors onto those of its directories and links that are there. */
import type { Address } from "../../../native-bindings/abi/address";
import { nameHash } from "../ob/nameIndex";
import type { ObjectManager } from "../ob/objectManager";
import { namespaceSecurity } from "./namespaceSecurity";
import type { Se } from "./se";

/** Not by way of the look-up: a link is itself meant, and nobody is to be asked. */
function find(ob: ObjectManager, path: string): Address {
  let at: Address = ob.root;
  for (const name of path.split("\\").filter((part) => part !== "")) {
    if (ob.typeOf(at) !== ob.directoryType) return 0;
    at = ob.directories.find(at, nameHash(name), name, 0, name.length, true);
    if (at === 0) return 0;
  }
  return at;
}

export function secureNamespace(ob: ObjectManager, se: Se): void {
  for (const [path, sddl] of namespaceSecurity) {
    const object = find(ob, path);
    if (object !== 0) se.secure(object, ob.typeOf(object), sddl);
  }
}
