/**
 * An agent's key: 32 random bytes that both sides know. TLS takes it as its pre-shared key, so it proves each side to
 * the other and never crosses the wire. Written as base64url, 43 characters.
 */
import { randomBytes } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { fail, ntscopeError, ok, type Result } from "../machine/result";

export const KEY_BYTES = 32;

/** Rights of others than the owner, in a Unix mode. */
const OTHERS = 0o077;

export function makeAgentKey(): Uint8Array {
  return new Uint8Array(randomBytes(KEY_BYTES));
}

export function agentKeyText(key: Uint8Array): string {
  return Buffer.from(key).toString("base64url");
}

/** Undefined for what is no key. Only the one way to write a key is taken, so that no two texts mean the same key. */
export function parseAgentKey(text: string): Uint8Array | undefined {
  const key = new Uint8Array(Buffer.from(text, "base64url"));
  return key.byteLength === KEY_BYTES && agentKeyText(key) === text ? key : undefined;
}

/** The key in a file. On Unix a file that others can read is refused, as ssh does with its keys. */
export async function readAgentKeyFile(path: string): Promise<Result<Uint8Array>> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
      return fail(
        ntscopeError("key-exposed", `${path} can be read by others than its owner: chmod 600 it, or make a new key.`),
      );
    }
    text = await readFile(path, "utf8");
  } catch (error) {
    return fail(ntscopeError("no-key", `The key file cannot be read: ${(error as Error).message}.`));
  }
  const key = parseAgentKey(text.trim());
  return key ? ok(key) : fail(ntscopeError("bad-key", `${path} holds no key of an ntscope agent.`));
}

/** Makes a new key in a file that only its owner can read. A file that is there already is never written over. */
export async function makeAgentKeyFile(path: string): Promise<Result<Uint8Array>> {
  const key = makeAgentKey();
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${agentKeyText(key)}\n`);
    } finally {
      await file.close();
    }
    return ok(key);
  } catch (error) {
    return fail(ntscopeError("no-key", `The key file cannot be made: ${(error as Error).message}.`));
  }
}

/** What an agent does with `--key-file`: takes the key that is there, and makes one at the first start. */
export async function readOrMakeAgentKeyFile(path: string): Promise<Result<{ key: Uint8Array; made: boolean }>> {
  const made = await makeAgentKeyFile(path);
  if (made.ok) return ok({ key: made.value, made: true });
  const read = await readAgentKeyFile(path);
  if (read.ok) return ok({ key: read.value, made: false });
  // No file to read and none could be made: why it could not is what helps.
  return read.error.name === "no-key" ? made : read;
}
