/**
 * NT object paths as raw text: UTF-16 code units, components separated by `\`. Nothing is normalised here, because the
 * object manager does not normalise either: `\A\\B` and `\a` are other paths than `\A\B`.
 */

export const ROOT_PATH = "\\";

/** The components after the leading `\`. `\` has none; an empty component (`\A\\B`) is kept. */
export function splitPath(path: string): string[] {
  if (path === ROOT_PATH || path === "") return [];
  return (path.startsWith("\\") ? path.slice(1) : path).split("\\");
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith("\\") ? directory + name : `${directory}\\${name}`;
}

/** The directory that holds the object; the root's parent is the root. */
export function parentPath(path: string): string {
  const end = path.lastIndexOf("\\");
  return end <= 0 ? ROOT_PATH : path.slice(0, end);
}

/** The last component; empty for the root. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}

/** True when `path` is `ancestor` or lies below it, without case, as nearly all NT types compare. */
export function isWithin(path: string, ancestor: string): boolean {
  const low = path.toLowerCase();
  const above = ancestor.toLowerCase();
  if (low === above) return true;
  return low.startsWith(above.endsWith("\\") ? above : `${above}\\`);
}
