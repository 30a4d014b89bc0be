/**
 * IofCompleteRequest: takes an IRP back up its stack, calls the completion routines on the way and ends the request.
 * Source: "Completing IRPs", "Implementing an IoCompletion Routine" (Windows Driver Kit).
 */

import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { MULTIPLE_IRP_COMPLETE_REQUESTS } from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING } from "../../../native-bindings/abi/ntstatus/codes";
import {
  SL_INVOKE_ON_CANCEL,
  SL_INVOKE_ON_ERROR,
  SL_INVOKE_ON_SUCCESS,
  SL_PENDING_RETURNED,
} from "../../../native-bindings/abi/stackLocationFlags";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Ke } from "../ke/ke";
import type { Fields } from "../mem/fields";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DriverCalls } from "./driverCalls";
import type { IrpRecord } from "./irpRecord";
import { IoMarkIrpPending } from "./irpStack";
import type { Irps } from "./irps";
import type { IrpWatch } from "./irpWatch";
import type { IoReports } from "./reports";
import type { Transfers } from "./transfers";

const {
  StackCount: STACK_COUNT,
  CurrentLocation: CURRENT_LOCATION,
  CurrentStackLocation: CURRENT_STACK,
  PendingReturned: PENDING_RETURNED,
  CancelRoutine: CANCEL_ROUTINE,
  Cancel: CANCEL,
  MasterIrp: MASTER,
  IrpCount: PARTS,
  "IoStatus.Status": STATUS,
  "IoStatus.Information": INFORMATION,
} = IRP.offset;
const {
  Control: CONTROL,
  CompletionRoutine: ROUTINE,
  Context: CONTEXT,
  DeviceObject: DEVICE,
} = IO_STACK_LOCATION.offset;
const LOCATION_SIZE = IO_STACK_LOCATION.size;

export class IrpCompletion {
  /** Ended requests that someone outside the kernel waits for. */
  readonly #queue: (readonly (() => void)[])[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly calls: DriverCalls,
    private readonly irps: Irps,
    private readonly transfers: Transfers,
    private readonly reports: IoReports,
    private readonly watch: IrpWatch,
  ) {}

  IofCompleteRequest(irp: Address): void {
    const record = this.irps.find(irp) ?? this.stale(irp, "IofCompleteRequest");
    const { fields } = record.block;
    if (fields.readU8(CURRENT_LOCATION) > fields.readU8(STACK_COUNT) + 1) this.stale(irp, "IofCompleteRequest");
    const status = fields.readU32(STATUS);
    if (status === STATUS_PENDING) this.reports.completedWithPending(irp);
    if (fields.readPointer(CANCEL_ROUTINE) !== 0) this.reports.completedWithCancelRoutine(irp);
    const way = this.#walkUp(record);
    if (way !== "kept") this.#end(record, way === "straight" ? status : undefined);
  }

  /** @returns "kept" when a completion routine kept the IRP, "straight" when there was none to call */
  #walkUp(record: IrpRecord): "kept" | "called" | "straight" {
    const { memory } = this;
    const { fields } = record.block;
    let way: "called" | "straight" = "straight";
    const count = fields.readU8(STACK_COUNT);
    let location = fields.readU8(CURRENT_LOCATION);
    while (location <= count) {
      const stack = fields.readPointer(CURRENT_STACK);
      const control = memory.readU8(stack + CONTROL);
      const pending = (control & SL_PENDING_RETURNED) !== 0;
      const isTop = location === count;
      fields.writeU8(PENDING_RETURNED, pending ? 1 : 0);
      fields.writeU8(CURRENT_LOCATION, location + 1);
      fields.writePointer(CURRENT_STACK, stack + LOCATION_SIZE);
      if (isTop) record.markedPending = pending;
      if (this.#wantsCall(fields, control, stack)) {
        if (way === "straight") this.#tellCompletion(record);
        way = "called";
        const device = isTop ? 0 : memory.readPointer(stack + LOCATION_SIZE + DEVICE);
        if (!this.#callRoutine(record, stack, device, location)) return "kept";
        location = fields.readU8(CURRENT_LOCATION);
      } else {
        memory.fill(stack, LOCATION_SIZE, 0);
        if (pending && !isTop) IoMarkIrpPending(memory, record.irp);
        location++;
      }
    }
    return way;
  }

  #tellCompletion(record: IrpRecord): void {
    const { fields } = record.block;
    this.watch.onComplete?.(record, fields.readU32(STATUS), fields.readPointer(INFORMATION));
  }

  #wantsCall(fields: Fields, control: number, stack: Address): boolean {
    if ((control & (SL_INVOKE_ON_SUCCESS | SL_INVOKE_ON_ERROR | SL_INVOKE_ON_CANCEL)) === 0) return false;
    if (this.memory.readPointer(stack + ROUTINE) === 0) return false;
    const failed = fields.readI32(STATUS) < 0;
    if ((control & (failed ? SL_INVOKE_ON_ERROR : SL_INVOKE_ON_SUCCESS)) !== 0) return true;
    return (control & SL_INVOKE_ON_CANCEL) !== 0 && fields.readU8(CANCEL) !== 0;
  }

  /** The location is cleared first: the routine may send the IRP down again. */
  #callRoutine(record: IrpRecord, stack: Address, device: Address, location: number): boolean {
    const { memory, watch } = this;
    const routine = memory.readPointer(stack + ROUTINE);
    const context = memory.readPointer(stack + CONTEXT);
    memory.fill(stack, LOCATION_SIZE, 0);
    const frame = watch.onCompletionCall?.(record, location, routine);
    const status = this.calls.call(routine, device, record.irp, context);
    if (frame !== undefined) watch.onCompletionReturn?.(frame, status);
    return status !== STATUS_MORE_PROCESSING_REQUIRED;
  }

  /** All drivers have had it: the data goes to the caller, the IRP is freed, whoever waits is told. */
  #end(record: IrpRecord, completedWith: number | undefined): void {
    const { fields } = record.block;
    record.status = fields.readU32(STATUS);
    record.information = fields.readPointer(INFORMATION);
    this.transfers.finish(record);
    record.done = true;
    this.watch.onEnd?.(record, record.status, record.information, completedWith);
    record.deliver?.(record);
    const master = record.origin === "associated" ? fields.readPointer(MASTER) : 0;
    this.irps.free(record);
    if (record.origin === "driver") this.reports.driverIrpNotKept(record.irp);
    if (!record.isRunning) this.settle(record);
    if (master !== 0) this.#endPart(master);
  }

  /** A part of a master IRP is done; the last one completes it. */
  #endPart(master: Address): void {
    const { memory } = this;
    const left = memory.readI32(master + PARTS) - 1;
    memory.writeI32(master + PARTS, left);
    if (left === 0) this.IofCompleteRequest(master);
  }

  /** Completed, and back from the dispatch routine: the I/O manager finishes, and whoever waits is told. */
  settle(record: IrpRecord): void {
    record.finish?.(record);
    if (record.whenDone !== undefined) this.#queue.push(record.whenDone);
  }

  /** For {@link deliver}: what an end that is no IRP's means to those outside. */
  tellLater(callback: () => void): void {
    this.#queue.push([callback]);
  }

  /** Tells those outside the kernel who wait. To be called when no driver code is on the stack. */
  deliver(): void {
    while (this.#queue.length > 0) {
      for (const callback of this.#queue.shift() ?? []) callback();
    }
  }

  /** Never returns. */
  stale(irp: Address, routine: string): never {
    const rule = this.irps.wasIrp(irp)
      ? `${routine} was called for an IRP that had been completed. After IoCompleteRequest it belongs to the I/O manager.`
      : `${routine} was called with ${addressToHex(irp)}, which is no IRP.`;
    return this.ke.bugCheck(MULTIPLE_IRP_COMPLETE_REQUESTS, [irp, 0, 0, 0], { rule, routine });
  }
}
