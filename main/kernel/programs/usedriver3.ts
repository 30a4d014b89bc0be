/**
 * The reading program of "Contexts and Pools": reads from the pipe once for each line of its input (Enter). As in the
 * article, of several strings read at once only the first is shown. The same as usedriver3.c.
 */
import { cString, LINE_BYTES, openPipe } from "./openPipe";
import type { Program } from "./program";

export const usedriver3: Program = {
  name: "usedriver3",
  usage: "[NAME]",
  description:
    "“Contexts and Pools”: reads from \\\\.\\Example\\NAME at each Enter, and shows the first string of what came",
  *main(user, args) {
    const buffer = user.allocate(LINE_BYTES + 1);
    const pipe = yield* openPipe(user, args);
    if (pipe === 0) return 1;
    for (;;) {
      const line = yield* user.gets(LINE_BYTES);
      if (line === undefined) break;
      const read = yield* user.ReadFile(pipe, buffer, LINE_BYTES);
      if (!read.ok) user.print(`read failed, error ${user.GetLastError()}\n`);
      else user.print(`read ${read.bytes} bytes: `, cString(user.load(buffer, Math.min(read.bytes, LINE_BYTES))), "\n");
    }
    yield* user.CloseHandle(pipe);
    return 0;
  },
};
