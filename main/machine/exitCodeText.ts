/** A process's exit code for people: an NTSTATUS in hex, with what it means where that is known. */

const meanings: ReadonlyMap<number, string> = new Map([
  // STATUS_CONTROL_C_EXIT
  [0xc000_013a, "stopped"],
  // DBG_TERMINATE_PROCESS
  [0x4001_0004, "the machine was restarted"],
]);

/** From here on it is no count and no error number of a program's own, but an NTSTATUS. */
const FIRST_STATUS = 0x4000_0000;

export function exitCodeText(exitCode: number): string {
  const text = exitCode < FIRST_STATUS ? String(exitCode) : `0x${exitCode.toString(16).toUpperCase()}`;
  const meaning = meanings.get(exitCode);
  return meaning === undefined ? text : `${text} (${meaning})`;
}
