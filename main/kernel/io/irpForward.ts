/**
 * IoForwardIrpSynchronously, IoSetCompletionRoutineEx (wdm.h): an IRP sent down and waited for, and a completion routine
 * whose driver stays until it has run.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { structure } from "../../../native-bindings/abi/structure";
import { KEVENT } from "../../../native-bindings/abi/structures/dispatcher";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Pool } from "../ex/pool";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { KeInitializeEvent, NotificationEvent } from "../ke/dispatcherObjects";
import type { Ke } from "../ke/ke";
import type { KernelModule } from "../ke/routines";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DriverCalls } from "./driverCalls";
import type { IrpDispatch } from "./irpDispatch";
import { IoCopyCurrentIrpStackLocationToNext, IoSetCompletionRoutine } from "./irpStack";

const FORWARD_TAG = "IoFw";

/** What IoSetCompletionRoutineEx puts in the place of the driver's context. */
const SAFE_COMPLETION = structure("IO_UNLOAD_SAFE_COMPLETION_CONTEXT", 0x18, {
  DeviceObject: [0x0, "pointer", "referenced until the routine has run"],
  Context: [0x8, "pointer", "the driver's context"],
  CompletionRoutine: [0x10, "pointer", "the driver's routine"],
});
const safe = SAFE_COMPLETION.offset;

export class IrpForward {
  readonly #setEvent: Address;
  readonly #callSafely: Address;

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    private readonly ob: ObjectManager,
    private readonly dispatcher: Dispatcher,
    private readonly dispatch: IrpDispatch,
    private readonly calls: DriverCalls,
    nt: KernelModule,
  ) {
    this.#setEvent = ke.routines.define(
      nt,
      "IopForwardCompletion",
      (_device: Address, _irp: Address, event: Address) => {
        dispatcher.KeSetEvent(event);
        return STATUS_MORE_PROCESSING_REQUIRED;
      },
    );
    this.#callSafely = ke.routines.define(
      nt,
      "IopUnloadSafeCompletion",
      (device: Address, irp: Address, context: Address) => this.#complete(device, irp, context),
    );
  }

  /** @returns 0 when the IRP has no stack location left, else 1: what came of it is in Irp->IoStatus */
  IoForwardIrpSynchronously(device: Address, irp: Address): MayWait<number> {
    const { memory } = this;
    if (memory.readU8(irp + IRP.offset.CurrentLocation) <= 1) return 0;
    const event = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, KEVENT.size, FORWARD_TAG);
    if (event === 0) return 0;
    KeInitializeEvent(memory, event, NotificationEvent, false);
    IoCopyCurrentIrpStackLocationToNext(memory, irp);
    IoSetCompletionRoutine(memory, irp, this.#setEvent, event, true, true, true);
    const sent = this.dispatch.IofCallDriver(device, irp);
    if (!isCoroutine(sent) && sent !== STATUS_PENDING) return this.#free(event);
    return this.ke.awaiting(this.#wait(sent, event));
  }

  *#wait(sent: MayWait<number>, event: Address): Coroutine<number> {
    const status = isCoroutine(sent) ? yield* sent : sent;
    if (status === STATUS_PENDING) {
      const wait = this.dispatcher.KeWaitForSingleObject(event);
      if (isCoroutine(wait)) yield* wait;
    }
    return this.#free(event);
  }

  #free(event: Address): number {
    this.pool.ExFreePoolWithTag(event, FORWARD_TAG);
    return 1;
  }

  /** @returns STATUS_INSUFFICIENT_RESOURCES when there is no pool for it: then nothing is set */
  IoSetCompletionRoutineEx(
    device: Address,
    irp: Address,
    routine: Address,
    context: Address,
    onSuccess: boolean,
    onError: boolean,
    onCancel: boolean,
  ): number {
    const { memory } = this;
    const block = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, SAFE_COMPLETION.size, FORWARD_TAG);
    if (block === 0) return STATUS_INSUFFICIENT_RESOURCES;
    this.ob.ObReferenceObject(device);
    memory.writePointer(block + safe.DeviceObject, device);
    memory.writePointer(block + safe.Context, context);
    memory.writePointer(block + safe.CompletionRoutine, routine);
    IoSetCompletionRoutine(memory, irp, this.#callSafely, block, onSuccess, onError, onCancel);
    return STATUS_SUCCESS;
  }

  #complete(device: Address, irp: Address, block: Address): number {
    const { memory } = this;
    const routine = memory.readPointer(block + safe.CompletionRoutine);
    const status = this.calls.call(routine, device, irp, memory.readPointer(block + safe.Context));
    this.ob.ObDereferenceObject(memory.readPointer(block + safe.DeviceObject));
    this.pool.ExFreePoolWithTag(block, FORWARD_TAG);
    return status;
  }
}
