/**
 * Requests that the kernel itself makes to a device stack and waits for: IRP_MJ_PNP, IRP_MJ_POWER. They begin with
 * STATUS_NOT_SUPPORTED, which a driver that does not know them must leave ("Handling IRPs": Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_NOT_SUPPORTED,
  STATUS_PENDING,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { KEVENT } from "../../../native-bindings/abi/structures/dispatcher";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Pool } from "../ex/pool";
import { type Coroutine, isCoroutine } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { KeInitializeEvent, NotificationEvent } from "../ke/dispatcherObjects";
import type { KernelMemory } from "../mem/kernelMemory";
import type { BuiltIrps } from "./builtIrps";
import type { DeviceRecords } from "./deviceRecords";
import type { IrpDispatch } from "./irpDispatch";
import { IoGetNextIrpStackLocation } from "./irpStack";

const REQUEST_TAG = "IoRq";

export class StackRequests {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly dispatcher: Dispatcher,
    private readonly records: DeviceRecords,
    private readonly dispatch: IrpDispatch,
    private readonly irps: BuiltIrps,
  ) {}

  /**
   * To the top of the stack that `device` is in.
   * @param fill puts the parameters into the stack location
   * @returns what came of it
   */
  *send(
    device: Address,
    major: number,
    minor: number,
    fill: (location: Address) => void = () => undefined,
  ): Coroutine<number> {
    const { memory, pool } = this;
    const event = pool.ExAllocatePoolWithTag(NonPagedPoolNx, KEVENT.size + IO_STATUS_BLOCK.size, REQUEST_TAG);
    if (event === 0) return STATUS_INSUFFICIENT_RESOURCES;
    KeInitializeEvent(memory, event, NotificationEvent, false);
    const top = this.records.top(device);
    const ioStatusBlock = event + KEVENT.size;
    const parameters = { major, device: top, buffer: 0, length: 0, startingOffset: 0n, event, ioStatusBlock };
    const irp = this.irps.IoBuildSynchronousFsdRequest(parameters);
    if (irp === 0) {
      pool.ExFreePoolWithTag(event, REQUEST_TAG);
      return STATUS_INSUFFICIENT_RESOURCES;
    }
    memory.writeU32(irp + IRP.offset["IoStatus.Status"], STATUS_NOT_SUPPORTED);
    const location = IoGetNextIrpStackLocation(memory, irp);
    memory.writeU8(location + IO_STACK_LOCATION.offset.MinorFunction, minor);
    fill(location);
    const sent = this.dispatch.IofCallDriver(top, irp);
    let status = isCoroutine(sent) ? yield* sent : sent;
    if (status === STATUS_PENDING) {
      const wait = this.dispatcher.KeWaitForSingleObject(event);
      if (isCoroutine(wait)) yield* wait;
      status = memory.readU32(ioStatusBlock + IO_STATUS_BLOCK.offset.Status);
    }
    pool.ExFreePoolWithTag(event, REQUEST_TAG);
    return status;
  }
}
