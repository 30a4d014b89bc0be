/**
 * Writes a file: into a new one beside it, renamed when it is complete, so that neither a full disk nor a cancelled save
 * costs the user the file that was there.
 */
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fail, ntscopeError, ok, type Result } from "../machine/result";

/**
 * @param what is saved, to begin a sentence with
 * @param write answers undefined when it was cancelled
 */
export async function replaceFile<T>(
  file: string,
  what: string,
  write: (handle: FileHandle) => Promise<T | undefined>,
): Promise<Result<T>> {
  if (!path.isAbsolute(file)) {
    return fail(ntscopeError("bad-path", "The file's path must be absolute."));
  }
  const temporary = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    const saved = await writeFile(temporary, write);
    if (saved !== undefined) {
      await rename(temporary, file);
      return ok(saved);
    }
    await rm(temporary, { force: true });
    return fail(ntscopeError("cancelled", "Saving was cancelled; no file was written."));
  } catch (error) {
    await rm(temporary, { force: true });
    const text = error instanceof Error ? error.message : String(error);
    return fail(ntscopeError("save-failed", `${what} could not be saved: ${text}`));
  }
}

async function writeFile<T>(
  file: string,
  write: (handle: FileHandle) => Promise<T | undefined>,
): Promise<T | undefined> {
  // "wx": never through a link that somebody put there.
  const handle = await open(file, "wx");
  try {
    const written = await write(handle);
    if (written !== undefined) await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}
