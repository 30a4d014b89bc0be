/**
 * The writing program of "Contexts and Pools": sends each line of its input to the pipe, with the NUL at its end. The same
 * as usedriver2.c.
 */
import { LINE_BYTES, openPipe } from "./openPipe";
import type { Program } from "./program";

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** A line without its end, and with a NUL in its place: what strcspn, the assignment and strlen make of it. */
function terminated(line: Uint8Array): Uint8Array {
  const end = line.findIndex((byte) => byte === CARRIAGE_RETURN || byte === LINE_FEED || byte === 0);
  const length = end < 0 ? line.length : end;
  const text = new Uint8Array(length + 1);
  text.set(line.subarray(0, length));
  return text;
}

export const usedriver2: Program = {
  name: "usedriver2",
  usage: "[NAME]",
  description: "“Contexts and Pools”: writes each line that is typed to \\\\.\\Example\\NAME",
  *main(user, args) {
    const buffer = user.allocate(LINE_BYTES);
    const pipe = yield* openPipe(user, args);
    if (pipe === 0) return 1;
    for (;;) {
      const line = yield* user.gets(LINE_BYTES);
      if (line === undefined) break;
      const text = terminated(line);
      user.store(buffer, text);
      const written = yield* user.WriteFile(pipe, buffer, text.length);
      if (!written.ok) user.print(`write failed, error ${user.GetLastError()}\n`);
      else user.print(`wrote ${written.bytes} of ${text.length} bytes\n`);
    }
    yield* user.CloseHandle(pipe);
    return 0;
  },
};
