/** A file of this computer as programs in a prefix see it: Wine maps drive Z: to the root folder. */
import path from "node:path";

export function windowsPath(file: string): string {
  return `Z:${path.resolve(file).replace(/\//g, "\\")}`;
}
