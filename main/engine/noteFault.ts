/** A fault of NtScope's own, found while it answered, as a line of the log: nothing goes wrong unseen. */
import type { Log } from "../log/log";
import type { Scheduler } from "../log/scheduler";

export function noteFault(log: Log, scheduler: Scheduler): (fault: { verb: string; error: unknown }) => void {
  return ({ verb, error }) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.note("report", `error: NtScope failed at ${verb}: ${text}`, scheduler.wallClock());
  };
}
