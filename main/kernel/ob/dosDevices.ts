/**
 * DOS device names of logon sessions: each session but the system's has a directory of its own, which is
 * searched first and gets what is created; behind it, as its shadow, stands `\GLOBAL??` (WDK, "Local and global
 * MS-DOS device names").
 */
import type { Address } from "../../../native-bindings/abi/address";
import { ensureDirectory, ensureSymbolicLink } from "./namedObjects";
import type { ObjectManager } from "./objectManager";

export function createLocalDosDevices(ob: ObjectManager, logonId: string): Address {
  let path = "";
  let directory = ob.root;
  for (const component of ["Sessions", "0", "DosDevices", logonId]) {
    path += `\\${component}`;
    directory = ensureDirectory(ob, path);
  }
  ob.directories.setShadow(directory, ob.globalDosDevices);
  ensureSymbolicLink(ob, `${path}\\Global`, "\\GLOBAL??");
  return directory;
}
