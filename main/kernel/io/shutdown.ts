/**
 * IRP_MJ_SHUTDOWN for devices that asked for it (wdm.h: IoRegisterShutdownNotification,
 * IoRegisterLastChanceShutdownNotification): the newest first, those of the last chance after all the others.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_SHUTDOWN_REGISTERED } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_SHUTDOWN } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { Coroutine } from "../ke/call";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DeviceRecords } from "./deviceRecords";
import type { StackRequests } from "./stackRequests";

const FLAGS = DEVICE_OBJECT.offset.Flags;

export class Shutdown {
  /** Newest first. */
  readonly #first: Address[] = [];
  readonly #last: Address[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly records: DeviceRecords,
    private readonly requests: StackRequests,
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
    let count = 0;
    for (const queue of [this.#first, this.#last]) {
      for (let device = queue.shift(); device !== undefined; device = queue.shift()) {
        // What Windows would call there is no driver any more.
        if (this.records.isLive(device)) yield* this.requests.send(device, IRP_MJ_SHUTDOWN, 0);
        this.ob.ObDereferenceObject(device);
        count += 1;
      }
    }
    return count;
  }
}
