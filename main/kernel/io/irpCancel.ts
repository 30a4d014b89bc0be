/**
 * Cancelling requests (wdm.h: IoSetCancelRoutine, IoCancelIrp, IoAcquireCancelSpinLock).
 * Source: "Canceling IRPs", "Implementing a Cancel Routine" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import { DISPATCH_LEVEL, type Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DriverCalls } from "./driverCalls";
import type { Irps } from "./irps";
import type { IrpWatch } from "./irpWatch";
import type { IoReports } from "./reports";

const CANCEL_STATE_IN_COMPLETED_IRP = 0x48;
const SPIN_LOCK_ALREADY_OWNED = 0x0f;
const SPIN_LOCK_NOT_OWNED = 0x10;

const {
  Cancel: CANCEL,
  CancelIrql: CANCEL_IRQL,
  CancelRoutine: CANCEL_ROUTINE,
  CurrentStackLocation: CURRENT_STACK,
} = IRP.offset;
const DEVICE = IO_STACK_LOCATION.offset.DeviceObject;

export class IrpCancel {
  /** The system's one cancel spin lock. */
  #isLocked = false;

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly calls: DriverCalls,
    private readonly irps: Irps,
    private readonly reports: IoReports,
    private readonly watch: IrpWatch,
  ) {}

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** @returns the routine that was set before; 0 for none. Whoever gets it out of the IRP owns the IRP. */
  IoSetCancelRoutine(irp: Address, routine: Address): Address {
    const before = this.memory.readPointer(irp + CANCEL_ROUTINE);
    this.memory.writePointer(irp + CANCEL_ROUTINE, routine);
    return before;
  }

  /** @returns the IRQL before, for {@link IoReleaseCancelSpinLock} */
  IoAcquireCancelSpinLock(): number {
    if (this.#isLocked) {
      this.ke.bugCheck(SPIN_LOCK_ALREADY_OWNED, [0, 0, 0, 0], {
        rule:
          "The cancel spin lock was acquired while it was held: a deadlock on Windows. A cancel routine is called with it " +
          "held, and begins with IoReleaseCancelSpinLock(Irp->CancelIrql).",
        routine: "IoAcquireCancelSpinLock",
      });
    }
    const irql = this.ke.KeRaiseIrql(DISPATCH_LEVEL);
    this.#isLocked = true;
    return irql;
  }

  IoReleaseCancelSpinLock(irql: number): void {
    if (!this.#isLocked) {
      this.ke.bugCheck(SPIN_LOCK_NOT_OWNED, [0, 0, 0, 0], {
        rule: "IoReleaseCancelSpinLock was called while nobody held the cancel spin lock.",
        routine: "IoReleaseCancelSpinLock",
      });
    }
    this.#isLocked = false;
    this.ke.KeLowerIrql(irql);
  }

  /**
   * Case 83: marks the IRP and calls its cancel routine, once, with the cancel lock held.
   * @returns false when there was no routine to call
   */
  IoCancelIrp(irp: Address): boolean {
    const { memory, ke } = this;
    const record = this.irps.find(irp);
    if (record === undefined) {
      return ke.bugCheck(CANCEL_STATE_IN_COMPLETED_IRP, [irp, 0, 0, 0], {
        rule: "IoCancelIrp was called for an IRP that has been completed.",
        routine: "IoCancelIrp",
      });
    }
    const irql = this.IoAcquireCancelSpinLock();
    memory.writeU8(irp + CANCEL, 1);
    const routine = this.IoSetCancelRoutine(irp, 0);
    const frame = this.watch.onCancelCall?.(record, routine);
    if (routine === 0) {
      if (frame !== undefined) this.watch.onCancelReturn?.(frame);
      this.IoReleaseCancelSpinLock(irql);
      return false;
    }
    memory.writeU8(irp + CANCEL_IRQL, irql);
    const device = memory.readPointer(memory.readPointer(irp + CURRENT_STACK) + DEVICE);
    this.calls.call(routine, device, irp, 0);
    if (frame !== undefined) this.watch.onCancelReturn?.(frame);
    if (this.#isLocked) {
      this.reports.cancelLockKept(record.device, record.major);
      this.IoReleaseCancelSpinLock(irql);
    }
    return true;
  }
}
