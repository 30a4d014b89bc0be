/**
 * From the path a program gives to CreateFile to the name the object manager looks up.
 * Source: "Naming Files, Paths, and Namespaces" and "File path formats on Windows systems" (Microsoft); the reserved
 * device names as Windows 10 takes them (also with an extension, also at the end of a directory path).
 */
import {
  ERROR_FILENAME_EXCED_RANGE,
  ERROR_INVALID_NAME,
  ERROR_PATH_NOT_FOUND,
} from "../../../native-bindings/abi/win32/codes";

/** `failure` is a Win32 error. */
export type Win32PathResult = { readonly ntPath: string } | { readonly failure: number };

/** A UNICODE_STRING counts bytes in 16 bits and leaves room for a final NUL. */
const MAXIMUM_UNITS = 32_766;

const reservedNames = /^(?:con|prn|aux|nul|com[1-9\u00b9\u00b2\u00b3]|lpt[1-9\u00b9\u00b2\u00b3]|conin\$|conout\$)$/i;

function isSeparator(unit: string | undefined): boolean {
  return unit === "\\" || unit === "/";
}

/** "." and ".." taken out, ".." never above the root; spaces and dots at the end of the last component dropped. */
function collapse(path: string): string {
  const components = path.split(/[\\/]+/);
  const endsWithSeparator = isSeparator(path.at(-1));
  const kept: string[] = [];
  for (const [index, component] of components.entries()) {
    if (component === "" || component === ".") continue;
    if (component === "..") {
      kept.pop();
      continue;
    }
    const isLast = index === components.length - 1;
    const name = isLast ? component.replace(/[. ]+$/, "") : component.replace(/\.$/, "");
    if (name !== "") kept.push(name);
  }
  return kept.join("\\") + (endsWithSeparator && kept.length > 0 ? "\\" : "");
}

/** "nul", "nul.txt" and "C:\dir\NUL " are the device; "\\.\nul" needs no such rule. */
function reservedDevice(path: string): string | undefined {
  const last = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1).replace(/^[A-Za-z]:/, "");
  const base = (/^[^.:]*/.exec(last)?.[0] ?? "").trimEnd();
  return reservedNames.test(base) ? base : undefined;
}

function convert(path: string, currentDirectory: string): string {
  if (path.startsWith("\\\\?\\") || path.startsWith("\\??\\")) return `\\??\\${path.slice(4)}`;
  if (isSeparator(path[0]) && isSeparator(path[1])) {
    const isDevice = (path[2] === "." || path[2] === "?") && (path.length === 3 || isSeparator(path[3]));
    return isDevice ? `\\??\\${collapse(path.slice(4))}` : `\\??\\UNC\\${collapse(path.slice(2))}`;
  }
  const device = reservedDevice(path);
  if (device !== undefined) return `\\??\\${device}`;
  const currentDrive = currentDirectory.slice(0, 2);
  if (isSeparator(path[0])) return `\\??\\${currentDrive}\\${collapse(path)}`;
  if (!/^[A-Za-z]:/.test(path)) return `\\??\\${currentDrive}\\${collapse(`${currentDirectory.slice(2)}\\${path}`)}`;
  const drive = path.slice(0, 2);
  const rest = path.slice(2);
  const isOnCurrentDrive = drive.toUpperCase() === currentDrive.toUpperCase();
  const base = isSeparator(rest[0]) || !isOnCurrentDrive ? "" : currentDirectory.slice(2);
  return `\\??\\${drive}\\${collapse(rest === "" ? base : `${base}\\${rest}`)}`;
}

/**
 * @param currentDirectory with a drive letter, such as "C:\\Windows"
 * A NUL cannot be in the text that Win32 takes; it is refused here rather than cut off.
 */
export function win32PathToNtPath(path: string, currentDirectory: string): Win32PathResult {
  if (path.trimEnd() === "") return { failure: ERROR_PATH_NOT_FOUND };
  if (path.includes("\0")) return { failure: ERROR_INVALID_NAME };
  const ntPath = convert(path, currentDirectory);
  return ntPath.length > MAXIMUM_UNITS ? { failure: ERROR_FILENAME_EXCED_RANGE } : { ntPath };
}
