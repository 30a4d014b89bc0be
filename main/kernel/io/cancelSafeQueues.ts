/**
 * Cancel-safe IRP queues (wdm.h: IoCsqInitialize, IoCsqInsertIrp, IoCsqRemoveIrp, IoCsqRemoveNextIrp): the driver brings
 * the list and the lock, these routines the race between completing an IRP and cancelling it.
 * Source: "Cancel-Safe IRP Queues" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { structure } from "../../../native-bindings/abi/structure";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_CSQ } from "../../../native-bindings/abi/structures/sync";
import type { Pool } from "../ex/pool";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { CsqRoutines } from "./csqRoutines";
import type { DriverCalls } from "./driverCalls";
import type { IrpCancel } from "./irpCancel";
import { IoMarkIrpPending } from "./irpStack";

const IO_TYPE_CSQ_IRP_CONTEXT = 1;
const IO_TYPE_CSQ = 2;
const IO_TYPE_CSQ_EX = 3;
const FIRST_FAILURE = 0x8000_0000;

export const IO_CSQ_IRP_CONTEXT = structure("IO_CSQ_IRP_CONTEXT", 0x18, {
  Type: [0x0, "u32", "IO_TYPE_CSQ_IRP_CONTEXT"],
  Irp: [0x8, "pointer", "IRP in the queue, or NULL when it has left"],
  Csq: [0x10, "pointer", "the queue"],
});
const context = IO_CSQ_IRP_CONTEXT.offset;
const csqField = IO_CSQ.offset;
/** Irp->Tail.Overlay.DriverContext[3] is the queue's while the IRP is in it. */
const OWNER = IRP.offset.DriverContext + 3 * 8;
const CSQ_TAG = "Csq ";

export class CancelSafeQueues {
  /** Where the driver's CsqAcquireLock puts the IRQL: read at once, so one place does. */
  #irqlSlot = 0;

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    private readonly calls: DriverCalls,
    private readonly cancel: IrpCancel,
    /** Address of a cancel routine of the kernel's that calls {@link didCancel}. */
    private readonly cancelRoutine: Address,
  ) {}

  /** @param extended CsqInsertIrp is a CsqInsertIrpEx: it answers an NTSTATUS and may refuse */
  IoCsqInitialize(csq: Address, routines: CsqRoutines, extended = false): number {
    const { memory } = this;
    memory.fill(csq, IO_CSQ.size, 0);
    memory.writeU32(csq + csqField.Type, extended ? IO_TYPE_CSQ_EX : IO_TYPE_CSQ);
    memory.writePointer(csq + csqField.CsqInsertIrp, routines.insertIrp);
    memory.writePointer(csq + csqField.CsqRemoveIrp, routines.removeIrp);
    memory.writePointer(csq + csqField.CsqPeekNextIrp, routines.peekNextIrp);
    memory.writePointer(csq + csqField.CsqAcquireLock, routines.acquireLock);
    memory.writePointer(csq + csqField.CsqReleaseLock, routines.releaseLock);
    memory.writePointer(csq + csqField.CsqCompleteCanceledIrp, routines.completeCanceledIrp);
    return STATUS_SUCCESS;
  }

  /**
   * Marks the IRP pending and queues it; completes it at once when it was cancelled meanwhile.
   * @param irpContext IO_CSQ_IRP_CONTEXT by which IoCsqRemoveIrp finds it; 0 for none
   * @returns STATUS_SUCCESS, or what a CsqInsertIrpEx refused it with: then it is the caller's still
   */
  IoCsqInsertIrp(csq: Address, irp: Address, irpContext: Address, insertContext: Address = 0): number {
    const { memory, cancel } = this;
    if (irpContext === 0) {
      memory.writePointer(irp + OWNER, csq);
    } else {
      memory.writeU32(irpContext + context.Type, IO_TYPE_CSQ_IRP_CONTEXT);
      memory.writePointer(irpContext + context.Irp, irp);
      memory.writePointer(irpContext + context.Csq, csq);
      memory.writePointer(irp + OWNER, irpContext);
    }
    const irql = this.#acquire(csq);
    IoMarkIrpPending(memory, irp);
    const inserted = this.#call(csq + csqField.CsqInsertIrp, csq, irp, insertContext) >>> 0;
    if (memory.readU32(csq + csqField.Type) === IO_TYPE_CSQ_EX && inserted >= FIRST_FAILURE) {
      this.#release(csq, irql);
      return inserted;
    }
    cancel.IoSetCancelRoutine(irp, this.cancelRoutine);
    // Cancelled before it had the routine: whoever takes that out again ends the IRP.
    if (memory.readU8(irp + IRP.offset.Cancel) !== 0 && cancel.IoSetCancelRoutine(irp, 0) !== 0) {
      this.#takeOut(csq, irp);
      this.#release(csq, irql);
      this.#call(csq + csqField.CsqCompleteCanceledIrp, csq, irp, 0);
      return STATUS_SUCCESS;
    }
    this.#release(csq, irql);
    return STATUS_SUCCESS;
  }

  /** @returns the next IRP that CsqPeekNextIrp finds for `peekContext`, out of the queue; 0 for none */
  IoCsqRemoveNextIrp(csq: Address, peekContext: Address): Address {
    const irql = this.#acquire(csq);
    let irp = 0;
    do {
      irp = this.#call(csq + csqField.CsqPeekNextIrp, csq, irp, peekContext);
      // One without its routine is being cancelled, and waits for the lock.
    } while (irp !== 0 && this.cancel.IoSetCancelRoutine(irp, 0) === 0);
    if (irp !== 0) this.#takeOut(csq, irp);
    this.#release(csq, irql);
    return irp;
  }

  /** @returns the IRP of the context, out of the queue; 0 when it has left it already */
  IoCsqRemoveIrp(csq: Address, irpContext: Address): Address {
    const irql = this.#acquire(csq);
    const irp = this.memory.readPointer(irpContext + context.Irp);
    const isOurs = irp !== 0 && this.cancel.IoSetCancelRoutine(irp, 0) !== 0;
    if (isOurs) this.#takeOut(csq, irp);
    this.#release(csq, irql);
    return isOurs ? irp : 0;
  }

  /** The cancel routine of every IRP in such a queue. */
  didCancel(irp: Address): void {
    const { memory } = this;
    this.cancel.IoReleaseCancelSpinLock(memory.readU8(irp + IRP.offset.CancelIrql));
    const owner = memory.readPointer(irp + OWNER);
    const hasContext = memory.readU32(owner) === IO_TYPE_CSQ_IRP_CONTEXT;
    const csq = hasContext ? memory.readPointer(owner + context.Csq) : owner;
    const irql = this.#acquire(csq);
    this.#takeOut(csq, irp);
    this.#release(csq, irql);
    this.#call(csq + csqField.CsqCompleteCanceledIrp, csq, irp, 0);
  }

  #takeOut(csq: Address, irp: Address): void {
    const { memory } = this;
    this.#call(csq + csqField.CsqRemoveIrp, csq, irp, 0);
    const owner = memory.readPointer(irp + OWNER);
    if (owner !== csq) memory.writePointer(owner + context.Irp, 0);
    memory.writePointer(irp + OWNER, 0);
  }

  #acquire(csq: Address): number {
    if (this.#irqlSlot === 0) this.#irqlSlot = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, 8, CSQ_TAG);
    this.memory.writeU8(this.#irqlSlot, this.ke.irql);
    this.#call(csq + csqField.CsqAcquireLock, csq, this.#irqlSlot, 0);
    return this.memory.readU8(this.#irqlSlot);
  }

  #release(csq: Address, irql: number): void {
    this.#call(csq + csqField.CsqReleaseLock, csq, irql, 0);
  }

  #call(pointer: Address, first: Address, second: Address, third: Address): Address {
    return this.calls.callForAddress(this.memory.readPointer(pointer), first, second, third);
  }
}
