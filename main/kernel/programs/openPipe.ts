/** What usedriver2 and usedriver3 begin with: the pipe that the command line names, opened. The same as openPipe.h. */
import { GENERIC_READ, GENERIC_WRITE } from "../../../native-bindings/abi/access";
import type { Coroutine } from "../ke/call";
import type { UserCalls } from "./userCalls";

/** MAX_PATH, with the NUL. */
const MAX_PATH = 260;

/** The lines that are typed: `char line[1024]`. */
export const LINE_BYTES = 1024;

/** `usedriver2 HELLO` opens `\\.\Example\HELLO`; without a name it is the device itself, whose name is empty. */
export function* openPipe(user: UserCalls, [name]: readonly string[]): Coroutine<number> {
  const path = (name === undefined ? "\\\\.\\Example" : `\\\\.\\Example\\${name}`).slice(0, MAX_PATH - 1);
  const pipe = yield* user.CreateFile(path, { desiredAccess: (GENERIC_READ | GENERIC_WRITE) >>> 0 });
  if (pipe === 0) user.print(`${path} can't be opened, error ${user.GetLastError()}\n`);
  else user.print(`opened ${path}\n`);
  return pipe;
}

/** Up to what C takes for the end of a string. */
export function cString(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
