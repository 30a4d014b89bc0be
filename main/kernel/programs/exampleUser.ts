/** The programs of "Windows Drivers in Rust": the `main.rs` of "Creating Devices" and that of "Reading and Writing". */
import { GENERIC_READ, GENERIC_WRITE } from "../../../native-bindings/abi/access";
import type { Program } from "./program";
import { failedToWriteAll, failedWithOsError } from "./rustError";

/** As the articles have it: Win32 passes such a path on as it is. */
const PATH = "\\??\\Example";
/** std::fs::OpenOptions lets others delete too. */
const FILE_SHARE_ALL = 7;
const HELLO = "Hello, world!";
const READ_BYTES = 4096;

/** Undefined for what is no UTF-8. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `{:x?}` of a slice. */
function hexDebug(bytes: Uint8Array): string {
  return `[${Array.from(bytes, (byte) => byte.toString(16)).join(", ")}]`;
}

export const exampleUser: Program = {
  name: "example-user",
  usage: "",
  description: "“Creating Devices”: opens \\??\\Example and closes it",
  *main(user) {
    const file = yield* user.CreateFile(PATH, { desiredAccess: GENERIC_READ, shareMode: FILE_SHARE_ALL });
    if (file === 0) return failedWithOsError(user);
    yield* user.CloseHandle(file);
    return 0;
  },
};

export const exampleRwUser: Program = {
  name: "example-rw-user",
  usage: "",
  description: "“Reading and Writing”: writes “Hello, world!” to \\??\\Example, and reads it back",
  *main(user) {
    const desiredAccess = (GENERIC_READ | GENERIC_WRITE) >>> 0;
    const file = yield* user.CreateFile(PATH, { desiredAccess, shareMode: FILE_SHARE_ALL });
    if (file === 0) return failedWithOsError(user);
    const text = new TextEncoder().encode(HELLO);
    const from = user.allocate(text.length);
    user.store(from, text);
    for (let at = 0; at < text.length; ) {
      const written = yield* user.WriteFile(file, from + at, text.length - at);
      if (!written.ok || written.bytes === 0) {
        const code = written.ok ? failedToWriteAll(user) : failedWithOsError(user);
        yield* user.CloseHandle(file);
        return code;
      }
      at += written.bytes;
    }
    const data = user.allocate(READ_BYTES);
    const read = yield* user.ReadFile(file, data, READ_BYTES);
    if (!read.ok) {
      const code = failedWithOsError(user);
      yield* user.CloseHandle(file);
      return code;
    }
    const bytes = user.load(data, Math.min(read.bytes, READ_BYTES));
    const shown = utf8(bytes);
    user.print(`read ${read.bytes} bytes: `, shown === undefined ? hexDebug(bytes) : `"${shown}"`, "\n");
    yield* user.CloseHandle(file);
    return 0;
  },
};
