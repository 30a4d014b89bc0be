/** How a system call on a file ended, or that it has not ended yet. */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpRecord } from "../io/irpRecord";

export interface IoDone {
  readonly pending: false;
  /** NTSTATUS */
  readonly status: number;
  /** IO_STATUS_BLOCK.Information: bytes of a read or a write, FILE_OPENED... of an open. */
  readonly information: number;
}

export interface IoPending<Done> {
  readonly pending: true;
  readonly irp: Address;
  /** Called once, when no driver code runs any more; at once when it has ended already. */
  whenDone(callback: (done: Done) => void): void;
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
      if (record.done) callback(done());
      else record.addListener(() => callback(done()));
    },
  };
}
