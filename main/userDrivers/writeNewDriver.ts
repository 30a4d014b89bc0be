/** A new driver's files on this computer. What is there already is never overwritten. */
import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { DRIVER_NAME, newDriverFiles } from "./newDriver";

export interface WrittenDriver {
  /** Full path of the driver itself, for `binPath=`. */
  readonly driver: string;
  /** Full paths of all that was written. */
  readonly files: readonly string[];
}

/**
 * Writes all files or, where one of them is there already, none.
 * @param name as DRIVER_NAME has it, or `bad-name`
 * @param folder absolute; made where there is none
 * @param isScript JavaScript; TypeScript without it
 */
export async function writeNewDriver(name: string, folder: string, isScript: boolean): Promise<Result<WrittenDriver>> {
  if (!isDriverName(name)) return fail(ntscopeError("bad-name", badNameMessage));
  const files = newDriverFiles(name, folder, isScript).map((file) => ({ ...file, path: path.join(folder, file.name) }));
  for (const file of files) {
    if (await exists(file.path)) {
      return fail(ntscopeError("file-exists", `${file.path} is there already; no file was written.`));
    }
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const file of files) await writeFile(file.path, file.text, { flag: "wx" });
  } catch (error) {
    return fail(ntscopeError("cannot-write", `${folder}: ${(error as Error).message}`));
  }
  const paths = files.map((file) => file.path);
  return ok({ driver: paths[0] as string, files: paths });
}

export function isDriverName(name: string): boolean {
  return DRIVER_NAME.test(name);
}

export const badNameMessage = "A driver's name begins with a letter and has letters, digits, _ and -, at most 32.";

async function exists(file: string): Promise<boolean> {
  try {
    await access(file, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}
