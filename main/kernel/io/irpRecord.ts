/**
 * What the I/O manager remembers of an IRP beside the IRP: who waits for it and how it ended. The IRP itself is
 * freed by its completion, often before the dispatch routine returns, so its result must be kept elsewhere.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { UserSpace } from "../mem/userSpace";
import type { TracedIrp } from "../trace/tracedIrp";
import type { IrpBlock } from "./irpBlock";

/**
 * Who made the IRP decides what its completion does: a system call; a driver that keeps it ("driver"); a driver that
 * leaves its end to the I/O manager ("threaded": IoBuildSynchronousFsdRequest...); a part of another IRP ("associated").
 */
export type IrpOrigin = "system" | "driver" | "threaded" | "associated";

export class IrpRecord {
  /** IoCompleteRequest came to its end. */
  done = false;
  /** Its dispatch routine has not returned: the thread waits in it. */
  isRunning = false;
  /** NTSTATUS that the IRP was completed with. */
  status = 0;
  information = 0;
  /** The top driver's stack location was marked pending. */
  markedPending = false;
  /** Bytes of the caller's buffer: what is copied back can't be more. */
  length = 0;
  /** Told of the end before the IRP is freed: the caller's event, IO_STATUS_BLOCK... */
  deliver: ((record: IrpRecord) => void) | undefined = undefined;
  /** Run when the kernel is left after the completion. */
  whenDone: (() => void)[] | undefined = undefined;
  /** Run at once when the IRP is done: what the I/O manager itself still has to do. */
  finish: ((record: IrpRecord) => void) | undefined = undefined;
  /** The trace's own; undefined while it is not traced. */
  trace: TracedIrp | undefined = undefined;

  /** Nothing more is to come: completed, and the dispatch routine has returned. */
  get isOver(): boolean {
    return this.done && !this.isRunning;
  }

  addListener(listener: () => void): void {
    this.whenDone = [...(this.whenDone ?? []), listener];
  }

  get irp(): Address {
    return this.block.irp;
  }

  constructor(
    readonly block: IrpBlock,
    readonly origin: IrpOrigin,
    /** IRP_MJ_xxx of the request as it was issued. */
    readonly major: number,
    /** The top of the stack that it was sent to; 0 when a driver decides. */
    readonly device: Address,
    readonly file: Address,
    readonly process: Address,
    readonly thread: Address,
    /** The address space that the caller's buffer is in. */
    readonly space: UserSpace | undefined,
  ) {}
}
