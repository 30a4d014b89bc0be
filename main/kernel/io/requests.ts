/**
 * Requests that the I/O manager makes itself: an IRP for the top of a device stack, and what its dispatch routine made
 * of it.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { APC_INDEX_MISMATCH } from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_PENDING } from "../../../native-bindings/abi/ntstatus/codes";
import { SL_PENDING_RETURNED } from "../../../native-bindings/abi/stackLocationFlags";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { Later } from "../ke/later";
import type { KeThread } from "../ke/threadControl";
import type { KernelMemory } from "../mem/kernelMemory";
import { type Caller, UserMode } from "../ob/caller";
import { locationOffset, STACK_LOCATION_SIZE } from "./irpBlock";
import type { IrpCompletion } from "./irpCompletion";
import type { IrpDispatch } from "./irpDispatch";
import { IrpRecord } from "./irpRecord";
import type { Irps } from "./irps";
import type { IoReports } from "./reports";

const {
  RequestorMode: REQUESTOR_MODE,
  Thread: THREAD,
  OriginalFileObject: ORIGINAL_FILE,
  CurrentLocation: CURRENT_LOCATION,
  CurrentStackLocation: CURRENT_STACK,
} = IRP.offset;
const { FileObject: LOCATION_FILE, Control: LOCATION_CONTROL } = IO_STACK_LOCATION.offset;
const DEVICE_STACK_SIZE = DEVICE_OBJECT.offset.StackSize;

export class IoRequests {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly caller: Caller,
    private readonly irps: Irps,
    private readonly dispatch: IrpDispatch,
    private readonly completion: IrpCompletion,
    private readonly reports: IoReports,
    private readonly currentThread: () => KeThread,
    /** Takes a routine that waits to its end, in the current thread. */
    private readonly finish: (dispatch: Coroutine<number>) => number | Later<number>,
  ) {}

  /**
   * An IRP for `device`, which is the top of its stack, in the name of the current thread. The stack location of its
   * driver is the next one; see {@link location}.
   * @returns undefined when the pool is exhausted
   */
  create(device: Address, file: Address, major: number): IrpRecord | undefined {
    const { memory, caller } = this;
    const stackSize = memory.readU8(device + DEVICE_STACK_SIZE);
    const block = this.irps.allocate(stackSize);
    if (block === undefined) return undefined;
    const { fields } = block;
    fields.writeU8(REQUESTOR_MODE, caller.mode);
    fields.writePointer(THREAD, caller.thread);
    fields.writePointer(ORIGINAL_FILE, file);
    const location = locationOffset(stackSize);
    fields.writeU8(location, major);
    fields.writePointer(location + LOCATION_FILE, file);
    const record = new IrpRecord(
      block,
      "system",
      major,
      device,
      file,
      caller.process.object,
      caller.thread,
      memory.translation.user,
    );
    return this.irps.track(record);
  }

  /** The top driver's stack location of an IRP that has not been sent yet. */
  location(irp: Address): Address {
    return this.memory.readPointer(irp + CURRENT_STACK) - STACK_LOCATION_SIZE;
  }

  /** An IRP that could not be set up. */
  abandon(record: IrpRecord): void {
    this.irps.free(record);
  }

  /**
   * Sends the IRP.
   * @returns what the driver returned; STATUS_PENDING only while the request is not over, be it that the driver has the
   * IRP or that its dispatch routine waits
   */
  send(record: IrpRecord): number {
    const answer = this.dispatch.IofCallDriver(record.device, record.irp);
    if (typeof answer === "number") return this.#judge(record, answer);
    record.isRunning = true;
    const later = this.finish(answer);
    if (typeof later === "number") this.#didReturn(record, later);
    else later.whenDone((status) => this.#didReturn(record, status));
    return record.isOver ? record.status : STATUS_PENDING;
  }

  /** A dispatch routine that had to wait has returned. Case 72: what it returned counts, whatever the IRP says. */
  #didReturn(record: IrpRecord, returned: number): void {
    record.isRunning = false;
    const status = this.#judge(record, returned);
    if (status === STATUS_PENDING && !record.done) return;
    record.status = status;
    this.completion.settle(record);
  }

  #judge(record: IrpRecord, status: number): number {
    if (this.currentThread().control.apcDisable !== 0 && this.caller.mode === UserMode) this.#apcsDisabled(record);
    const marked = record.done ? record.markedPending : isMarked(record);
    if (status === STATUS_PENDING) {
      if (marked === false) this.reports.pendingNotMarked(record.device, record.major);
      return record.done ? record.status : status;
    }
    if (marked) this.reports.markedNotReturned(record.device, record.major, status);
    if (!record.done) this.reports.notCompleted(record.device, record.major, status);
    return status;
  }

  /** Windows notices it on the way back to user mode. */
  #apcsDisabled(record: IrpRecord): never {
    const { control } = this.currentThread();
    const held = control.mutants.size > 0 ? "a mutex was not released" : "KeLeaveCriticalRegion was left out";
    return this.ke.bugCheck(APC_INDEX_MISMATCH, [record.irp, 0, control.apcDisable >>> 0, 0], {
      rule: `A driver returned from a request with APCs disabled: ${held}.`,
      routine: "KiSystemServiceExit",
    });
  }
}

/** Undefined when a lower driver has the IRP: then the mark comes up with its completion. */
function isMarked({ block: { fields, stackSize } }: IrpRecord): boolean | undefined {
  if (fields.readU8(CURRENT_LOCATION) !== stackSize) return undefined;
  return (fields.readU8(locationOffset(stackSize) + LOCATION_CONTROL) & SL_PENDING_RETURNED) !== 0;
}
