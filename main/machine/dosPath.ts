/**
 * The path language of Win32, turned into NT paths: what RtlDosPathNameToNtPathName does for CreateFile. What a person
 * types differs in two ways. There is no current directory, so a path that needs one is refused with a sentence; and a
 * single leading `\` means an NT path, as every tool of this kind takes it.
 * Source: "Naming Files, Paths, and Namespaces" (Win32), "File path formats on Windows systems" (.NET), and the rules
 * for reserved names as Windows 10 applies them.
 */
import { fail, ok, type Result } from "./result";

/**
 * `nt`: given as NT path. `verbatim`: `\\?\X` or `\??\X`, passed on as it is. `device`: `\\.\X`. `drive`: `C:\x` or
 * `C:`, or what the current directory made such a path.
 * `unc`: `\\server\share`. `reserved`: `NUL`, `CON`, `COM1` and the like, wherever they stand.
 */
export type PathKind = "nt" | "verbatim" | "device" | "drive" | "unc" | "reserved";

export interface ParsedPath {
  kind: PathKind;
  ntPath: string;
}

/** A UNICODE_STRING counts bytes in 16 bits, and RtlDosPathNameToNtPathName leaves room for a NUL. */
const MAX_UNITS = 32_766;

const DRIVE = /^[a-z]:/i;

/** Of which nothing needs normalising: what nearly all device paths are. */
const SINGLE_COMPONENT = /^[^\\/]*[^\\/. ]$/;

const RESERVED_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³])$/i;

function syntaxError(message: string): { ok: false; error: import("./result").StatusError } {
  return fail({
    domain: "nt",
    code: 0xc000003b,
    status: "0xC000003B",
    name: "STATUS_OBJECT_PATH_SYNTAX_BAD",
    message,
  });
}

function isSeparator(text: string, index: number): boolean {
  const unit = text[index];
  return unit === "\\" || unit === "/";
}

function converted(kind: PathKind, ntPath: string): Result<ParsedPath> {
  if (ntPath.length > MAX_UNITS) {
    return fail({
      domain: "nt",
      code: 0xc0000106,
      status: "0xC0000106",
      name: "STATUS_NAME_TOO_LONG",
      message: `The path has ${ntPath.length} characters; Windows takes at most ${MAX_UNITS}.`,
    });
  }
  return ok({ kind, ntPath });
}

/** A component inside the path loses one final dot, the last one all its final dots and spaces. */
function trimComponent(component: string, last: boolean): string {
  if (last) return component.replace(/[. ]+$/, "");
  return component.endsWith(".") && !component.endsWith("..") ? component.slice(0, -1) : component;
}

/** What GetFullPathName does below a path's fixed prefix: `/` to `\`, `.` and `..` resolved, runs of `\` made one. */
function normalise(path: string): string {
  if (SINGLE_COMPONENT.test(path)) return path;
  const parts = path.split(/[\\/]/);
  const kept: string[] = [];
  parts.forEach((part, index) => {
    if (part === "" || part === ".") return;
    if (part === "..") kept.pop();
    else {
      const trimmed = trimComponent(part, index === parts.length - 1);
      if (trimmed !== "") kept.push(trimmed);
    }
  });
  const trailing = kept.length > 0 && path.length > 0 && isSeparator(path, path.length - 1);
  return kept.join("\\") + (trailing ? "\\" : "");
}

/** The reserved device that a DOS path's last component means (`C:\dir\nul.txt` is NUL), as it is spelled there. */
export function reservedDeviceIn(path: string): string | undefined {
  const component = path.replace(DRIVE, "").slice(-MAX_UNITS).split(/[\\/]/).at(-1) ?? "";
  const name = (/^[^.:]*/.exec(component)?.[0] ?? "").replace(/ +$/, "");
  return RESERVED_NAME.test(name) ? name : undefined;
}

/** Paths that begin with two separators. */
function parseDoubled(text: string): Result<ParsedPath> {
  if (text.startsWith("\\\\?\\")) return converted("verbatim", `\\??\\${text.slice(4)}`);
  const third = text[2];
  if ((third === "." || third === "?") && (text.length === 3 || isSeparator(text, 3))) {
    return converted("device", `\\??\\${normalise(text.slice(4))}`);
  }
  const rest = normalise(text.slice(2));
  if (rest === "") return syntaxError("A path of the form \\\\server\\share names a server; none is given here.");
  return converted("unc", `\\??\\UNC\\${rest}`);
}

function parseDrive(text: string): Result<ParsedPath> {
  const drive = text.slice(0, 2);
  if (text.length === 2) return converted("drive", `\\??\\${drive}`);
  if (!isSeparator(text, 2)) {
    return syntaxError(
      `"${drive}" without a backslash after it is relative to the drive's current directory, and there is none here: ` +
        `write ${drive}\\...`,
    );
  }
  return converted("drive", `\\??\\${drive}\\${normalise(text.slice(3))}`);
}

/** A path that begins neither with two separators nor with a reserved name, seen from a directory such as `C:\Windows`. */
function parseFrom(directory: string, text: string): Result<ParsedPath> {
  const currentDrive = directory.slice(0, 2);
  const hasDrive = DRIVE.test(text);
  const drive = hasDrive ? text.slice(0, 2) : currentDrive;
  const rest = hasDrive ? text.slice(2) : text;
  // The current directories of other drives are environment variables that nothing here sets: their roots.
  const isOther = drive.toUpperCase() !== currentDrive.toUpperCase();
  const base = isSeparator(rest, 0) || isOther ? "" : `${directory.slice(2)}${rest === "" ? "" : "\\"}`;
  return converted("drive", `\\??\\${drive}\\${normalise(base + rest)}`);
}

/**
 * Turns a Win32 path into the NT path that CreateFile would ask for.
 * @param currentDirectory with a drive letter, such as "C:\\Windows"; undefined: there is none
 * @returns STATUS_OBJECT_PATH_SYNTAX_BAD with a sentence for an empty path, a server without a name, and relative paths
 *   without a current directory; STATUS_NAME_TOO_LONG beyond 32,766 units
 */
export function dosPathToNtPath(text: string, currentDirectory?: string): Result<ParsedPath> {
  if (isSeparator(text, 0) && isSeparator(text, 1)) return parseDoubled(text);
  if (/^ *$/.test(text))
    return syntaxError("The path is empty. Object paths begin with a backslash, such as \\Device.");
  if (text.startsWith("\\??\\")) return converted("verbatim", text);
  const reserved = reservedDeviceIn(text);
  if (reserved !== undefined) return converted("reserved", `\\??\\${reserved}`);
  if (currentDirectory !== undefined) return parseFrom(currentDirectory, text);
  if (DRIVE.test(text)) return parseDrive(text);
  if (isSeparator(text, 0)) {
    return syntaxError("Object paths are written with backslashes: \\Device\\Null.");
  }
  return syntaxError(
    "The path is relative, and there is no current directory here. Begin it with a backslash (\\Device\\Null), with a " +
      "drive (C:\\) or with \\\\.\\.",
  );
}

/**
 * A path as a person types or pastes it: NT when it begins with one backslash (`\??\X` too), else Win32's. A pair of
 * double quotes around it is taken off, since shells and Explorer's "Copy as path" leave them there.
 */
export function parseUserPath(text: string): Result<ParsedPath> {
  const path = /^"(.+)"$/s.exec(text)?.[1] ?? text;
  if (path.startsWith("\\") && !isSeparator(path, 1)) return ok({ kind: "nt", ntPath: path });
  return dosPathToNtPath(path);
}
