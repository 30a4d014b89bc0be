/** A request that waits for its turn on a synchronous file, as its caller sees it: under way, without an IRP so far. */
import type { WaitingTurn } from "../io/fileTurns";
import type { FileContext } from "./fileContext";
import type { IoDone, IoOutcome, IoPending } from "./ioOutcome";

/** @param issue called when the turn has come (STATUS_SUCCESS) or never will, in the thread that waits */
export function laterTurn(
  { io }: FileContext,
  waiting: WaitingTurn,
  issue: (status: number) => IoOutcome,
): IoPending<IoDone> {
  let outcome: IoOutcome | undefined;
  let listeners: ((done: IoDone) => void)[] = [];
  waiting.status.whenDone((status) => {
    outcome = issue(status);
    const told = listeners;
    listeners = [];
    for (const listener of told) tell(outcome, listener);
  });
  function tell(ended: IoOutcome, listener: (done: IoDone) => void): void {
    if (ended.pending) ended.whenDone(listener);
    // Those outside the kernel hear of it when no driver code runs any more.
    else io.completion.tellLater(() => listener(ended));
  }
  return {
    pending: true,
    get irp() {
      return outcome?.pending === true ? outcome.irp : 0;
    },
    whenDone: (callback) => {
      if (outcome === undefined) listeners.push(callback);
      else tell(outcome, callback);
    },
    giveUp: () => waiting.giveUp(),
  };
}
