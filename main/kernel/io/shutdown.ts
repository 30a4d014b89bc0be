/**
 * IRP_MJ_SHUTDOWN for devices that asked for it (wdm.h: IoRegisterShutdownNotification,
 * IoRegisterLastChanceShutdownNotification): the newest first, those of the last chance after all the others.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_SHUTDOWN_REGISTERED } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_SHUTDOWN } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { KEVENT } from "../../../native-bindings/abi/structures/dispatcher";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import type { Pool } from "../ex/pool";
import { type Coroutine, isCoroutine } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { KeInitializeEvent, NotificationEvent } from "../ke/dispatcherObjects";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { BuiltIrps } from "./builtIrps";
import type { DeviceRecords } from "./deviceRecords";
import type { IrpDispatch } from "./irpDispatch";

const SHUTDOWN_TAG = "IoSh";
const FLAGS = DEVICE_OBJECT.offset.Flags;

export class Shutdown {
  /** Newest first. */
  readonly #first: Address[] = [];
  readonly #last: Address[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ob: ObjectManager,
    private readonly dispatcher: Dispatcher,
    private readonly records: DeviceRecords,
    private readonly dispatch: IrpDispatch,
    private readonly irps: BuiltIrps,
  ) {}

  IoRegisterShutdownNotification(device: Address): number {
    return this.#register(this.#first, device);
  }

  /** After file systems are flushed: no paged code, no disk any more. */
  IoRegisterLastChanceShutdownNotification(device: Address): number {
    return this.#register(this.#last, device);
  }

  #register(queue: Address[], device: Address): number {
    const { memory } = this;
    this.ob.ObReferenceObject(device);
    memory.writeU32(device + FLAGS, memory.readU32(device + FLAGS) | DO_SHUTDOWN_REGISTERED);
    queue.unshift(device);
    return STATUS_SUCCESS;
  }

  IoUnregisterShutdownNotification(device: Address): void {
    const { memory } = this;
    for (const queue of [this.#first, this.#last]) {
      for (let at = queue.indexOf(device); at >= 0; at = queue.indexOf(device)) {
        queue.splice(at, 1);
        this.ob.ObDereferenceObject(device);
      }
    }
    memory.writeU32(device + FLAGS, memory.readU32(device + FLAGS) & ~DO_SHUTDOWN_REGISTERED);
  }

  /** Tells all of them, one after the other. @returns how many */
  *notify(): Coroutine<number> {
    const block = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, KEVENT.size + IO_STATUS_BLOCK.size, SHUTDOWN_TAG);
    let count = 0;
    for (const queue of [this.#first, this.#last]) {
      for (let device = queue.shift(); device !== undefined; device = queue.shift()) {
        // What Windows would call there is no driver any more.
        if (this.records.isLive(device)) yield* this.#tell(device, block);
        this.ob.ObDereferenceObject(device);
        count += 1;
      }
    }
    this.pool.ExFreePoolWithTag(block, SHUTDOWN_TAG);
    return count;
  }

  *#tell(device: Address, event: Address): Coroutine<undefined> {
    KeInitializeEvent(this.memory, event, NotificationEvent, false);
    const top = this.records.top(device);
    const ioStatusBlock = event + KEVENT.size;
    const request = {
      major: IRP_MJ_SHUTDOWN,
      device: top,
      buffer: 0,
      length: 0,
      startingOffset: 0n,
      event,
      ioStatusBlock,
    };
    const irp = this.irps.IoBuildSynchronousFsdRequest(request);
    if (irp === 0) return undefined;
    const sent = this.dispatch.IofCallDriver(top, irp);
    const status = isCoroutine(sent) ? yield* sent : sent;
    if (status !== STATUS_PENDING) return undefined;
    const wait = this.dispatcher.KeWaitForSingleObject(event);
    if (isCoroutine(wait)) yield* wait;
    return undefined;
  }
}
