/** How a system call on a file ended, or that it has not ended yet. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { UserRequest } from "../../../native-bindings/abi/threadStates";
import type { IrpRecord } from "../io/irpRecord";
import type { Coroutine, WaitRequest } from "../ke/call";
import { KernelMode, type ProcessorMode } from "../ob/caller";

export interface IoDone {
  readonly pending: false;
  /** NTSTATUS */
  readonly status: number;
  /** IO_STATUS_BLOCK.Information: bytes of a read or a write, FILE_OPENED... of an open. */
  readonly information: number;
}

export interface IoPending<Done> {
  readonly pending: true;
  /** 0 while the request waits for its turn on a synchronous file. */
  readonly irp: Address;
  /** Called once, when no driver code runs any more; at once when it has ended already. */
  whenDone(callback: (done: Done) => void): void;
  /** Of one that waits for its turn: it ends with STATUS_CANCELLED and is never sent. */
  giveUp?(): void;
}

export type IoOutcome = IoDone | IoPending<IoDone>;

export function ioDone(status: number, information: number): IoDone {
  return { pending: false, status, information };
}

/** @param done what to say once the record is done */
export function ioPending<Done>(record: IrpRecord, done: () => Done): IoPending<Done> {
  return {
    pending: true,
    irp: record.irp,
    whenDone: (callback) => {
      if (record.isOver) callback(done());
      else record.addListener(() => callback(done()));
    },
  };
}

/**
 * Waits in the current thread until a request is over, as a caller does whose handle is synchronous.
 * @param name what the wait graph shows
 * @param cancel asks the driver to give the request up; called when the thread is to end, which has to have its request
 * back first, however long the driver keeps it
 */
export function* requestDone<Done>(
  pending: IoPending<Done>,
  mode: ProcessorMode,
  name: string,
  cancel: () => void = () => undefined,
): Coroutine<Done> {
  let answer: Done | undefined;
  const request = (waitMode: ProcessorMode): WaitRequest => ({
    objects: [],
    waitAll: false,
    alertable: false,
    reason: UserRequest,
    mode: waitMode,
    due: Number.POSITIVE_INFINITY,
    other: {
      kind: "Irp",
      name,
      address: pending.irp,
      begin: (resume) =>
        pending.whenDone((done) => {
          answer = done;
          resume(STATUS_SUCCESS);
        }),
    },
  });
  yield request(mode);
  if (answer !== undefined) return answer;
  cancel();
  // The driver may have ended it at once.
  while (answer === undefined) yield request(KernelMode);
  return answer;
}
