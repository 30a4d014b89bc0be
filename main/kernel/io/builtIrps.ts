/**
 * IRPs that drivers make (wdm.h: IoAllocateIrp, IoReuseIrp, IoInitializeIrp, IoFreeIrp, IoMakeAssociatedIrp,
 * IoBuildDeviceIoControlRequest, IoBuildSynchronousFsdRequest, IoBuildAsynchronousFsdRequest).
 * Source: "Creating IRPs for Lower-Level Drivers", "Handling IRPs That a Driver Creates" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP_ASSOCIATED_IRP } from "../../../native-bindings/abi/irpFlags";
import {
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_INTERNAL_DEVICE_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import { type Ke, PASSIVE_LEVEL } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import { type Caller, KernelMode } from "../ob/caller";
import { type IrpBlock, irpSize } from "./irpBlock";
import type { IrpCompletion } from "./irpCompletion";
import type { IrpDelivery } from "./irpDelivery";
import { type IrpOrigin, IrpRecord } from "./irpRecord";
import { IoGetNextIrpStackLocation } from "./irpStack";
import type { Irps } from "./irps";
import type { IrpWatch } from "./irpWatch";
import type { IoReports } from "./reports";
import type { Transfers } from "./transfers";

const field = IRP.offset;
const location = IO_STACK_LOCATION.offset;

/** What IoBuildDeviceIoControlRequest takes. */
export interface ControlIrp {
  readonly code: number;
  readonly device: Address;
  readonly input: Address;
  /** In bytes. */
  readonly inputLength: number;
  readonly output: Address;
  /** In bytes. */
  readonly outputLength: number;
  /** IRP_MJ_INTERNAL_DEVICE_CONTROL instead of IRP_MJ_DEVICE_CONTROL. */
  readonly internal: boolean;
  /** KEVENT that is set at the end; 0 for none. */
  readonly event: Address;
  /** IO_STATUS_BLOCK that is filled in at the end. */
  readonly ioStatusBlock: Address;
}

/** What IoBuildSynchronousFsdRequest and IoBuildAsynchronousFsdRequest take. */
export interface FsdIrp {
  /** IRP_MJ_READ, WRITE, FLUSH_BUFFERS, SHUTDOWN, PNP, POWER. */
  readonly major: number;
  readonly device: Address;
  readonly buffer: Address;
  /** In bytes. */
  readonly length: number;
  readonly startingOffset: bigint;
  readonly event: Address;
  readonly ioStatusBlock: Address;
}

export class BuiltIrps {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly caller: Caller,
    private readonly irps: Irps,
    private readonly completion: IrpCompletion,
    private readonly transfers: Transfers,
    private readonly delivery: IrpDelivery,
    private readonly reports: IoReports,
    private readonly watch: IrpWatch,
  ) {}

  /** @returns 0 when the pool is exhausted */
  IoAllocateIrp(stackSize: number): Address {
    return this.#allocate(stackSize, "driver", 0, 0)?.irp ?? 0;
  }

  #allocate(stackSize: number, origin: IrpOrigin, major: number, device: Address): IrpRecord | undefined {
    const block = this.irps.allocate(stackSize);
    return block && this.#track(block, origin, major, device);
  }

  #track(block: IrpBlock, origin: IrpOrigin, major: number, device: Address): IrpRecord {
    const { process, thread } = this.caller;
    const { user } = this.memory.translation;
    return this.irps.track(new IrpRecord(block, origin, major, device, 0, process.object, thread, user));
  }

  /** Of an IRP from IoAllocateIrp that the driver has got back. */
  IoReuseIrp(irp: Address, status: number): void {
    const record = this.irps.find(irp) ?? this.completion.stale(irp, "IoReuseIrp");
    this.irps.reinitialize(record, this.irps.stackCount(irp));
    this.memory.writeU32(irp + field["IoStatus.Status"], status);
  }

  /** In the driver's own memory. @param packetSize IoSizeOfIrp(stackSize), in bytes */
  IoInitializeIrp(irp: Address, packetSize: number, stackSize: number): void {
    const known = this.irps.find(irp);
    const needed = irpSize(stackSize);
    if (packetSize < needed) {
      const message = `IoInitializeIrp was given ${packetSize} bytes for ${stackSize} stack locations, which need ${needed}: use IoSizeOfIrp.`;
      this.reports.report("irpTooSmall", message);
    }
    if (known === undefined) {
      this.#track(this.irps.adopt(irp, stackSize), "driver", 0, 0);
      return;
    }
    if (!known.block.isForeign) {
      this.reports.report(
        "initializedAllocatedIrp",
        "IoInitializeIrp was called for an IRP from IoAllocateIrp, which leaks it on Windows; use IoReuseIrp.",
      );
    }
    this.irps.reinitialize(known, stackSize);
  }

  IoFreeIrp(irp: Address): void {
    const record = this.irps.find(irp) ?? this.completion.stale(irp, "IoFreeIrp");
    if (record.origin === "threaded") {
      this.reports.report(
        "threadedIrpFreed",
        "IoFreeIrp was called for an IRP of IoBuildSynchronousFsdRequest or IoBuildDeviceIoControlRequest, which is in its " +
          "thread's list; the I/O manager frees it when it is completed.",
      );
    }
    const { fields } = record.block;
    const { "IoStatus.Status": status, "IoStatus.Information": information } = field;
    this.watch.onEnd?.(record, fields.readU32(status), fields.readPointer(information), undefined);
    this.irps.free(record);
  }

  /** A part of `master`, whose IrpCount the driver sets; the last part completes it. @returns 0 when the pool is exhausted */
  IoMakeAssociatedIrp(master: Address, stackSize: number): Address {
    const { memory } = this;
    const record = this.#allocate(stackSize, "associated", 0, 0);
    if (record === undefined) return 0;
    const { irp } = record;
    memory.writeU32(irp + field.Flags, IRP_ASSOCIATED_IRP);
    memory.writePointer(irp + field.MasterIrp, master);
    memory.writePointer(irp + field.Thread, memory.readPointer(master + field.Thread));
    return irp;
  }

  /** @returns an IRP that the I/O manager ends and frees; 0 when the buffers are bad or the pool is exhausted */
  IoBuildDeviceIoControlRequest(request: ControlIrp): Address {
    const { memory } = this;
    const { code, input, inputLength, output, outputLength } = request;
    const major = request.internal ? IRP_MJ_INTERNAL_DEVICE_CONTROL : IRP_MJ_DEVICE_CONTROL;
    const record = this.#threaded("IoBuildDeviceIoControlRequest", major, request);
    if (record === undefined) return 0;
    const { irp } = record;
    record.length = outputLength;
    const next = IoGetNextIrpStackLocation(memory, irp);
    const buffers = { method: code & 3, input, inputLength, output, outputLength };
    if (this.transfers.prepareControl(next, record, buffers) !== STATUS_SUCCESS) return this.#refuse(record);
    memory.writeU8(next + location.MajorFunction, major);
    memory.writeU32(next + location["Parameters.DeviceIoControl.OutputBufferLength"], outputLength);
    memory.writeU32(next + location["Parameters.DeviceIoControl.InputBufferLength"], inputLength);
    memory.writeU32(next + location["Parameters.DeviceIoControl.IoControlCode"], code);
    record.deliver = this.delivery.deliver;

    return irp;
  }

  /** @returns as IoBuildDeviceIoControlRequest */
  IoBuildSynchronousFsdRequest(request: FsdIrp): Address {
    const record = this.#threaded("IoBuildSynchronousFsdRequest", request.major, request);
    if (record === undefined || !this.#prepareFsd(record, request)) return this.#refuse(record);
    record.deliver = this.delivery.deliver;
    return record.irp;
  }

  /** @returns an IRP that the driver's completion routine frees, with its MDL or system buffer; 0 as above */
  IoBuildAsynchronousFsdRequest(request: FsdIrp): Address {
    const { memory } = this;
    const stackSize = memory.readU8(request.device + DEVICE_OBJECT.offset.StackSize);
    const record = this.#allocate(stackSize, "driver", request.major, 0);
    if (record === undefined || !this.#prepareFsd(record, request)) return this.#refuse(record);
    memory.writePointer(record.irp + field.UserIosb, request.ioStatusBlock);
    memory.writePointer(record.irp + field.Thread, this.caller.thread);
    return record.irp;
  }

  #threaded(
    routine: string,
    major: number,
    { device, event, ioStatusBlock }: { device: Address; event: Address; ioStatusBlock: Address },
  ): IrpRecord | undefined {
    const { memory, ke } = this;
    if (ke.irql > PASSIVE_LEVEL)
      this.reports.atWrongIrql(routine, ke.irql, "PASSIVE_LEVEL: its end needs an APC", device);
    const record = this.#allocate(memory.readU8(device + DEVICE_OBJECT.offset.StackSize), "threaded", major, device);
    if (record === undefined) return undefined;
    memory.writePointer(record.irp + field.UserEvent, event);
    memory.writePointer(record.irp + field.UserIosb, ioStatusBlock);
    memory.writePointer(record.irp + field.Thread, this.caller.thread);
    memory.writeU8(record.irp + field.RequestorMode, KernelMode);
    return record;
  }

  /** @returns whether there is a buffer for it; the IRP is to be freed if not */
  #prepareFsd(record: IrpRecord, { major, device, buffer, length, startingOffset }: FsdIrp): boolean {
    const { memory } = this;
    const { irp } = record;
    const next = IoGetNextIrpStackLocation(memory, irp);
    memory.writeU8(next + location.MajorFunction, major);
    if (major !== IRP_MJ_READ && major !== IRP_MJ_WRITE) return true;
    record.length = length;
    const isRead = major === IRP_MJ_READ;
    const flags = memory.readU32(device + DEVICE_OBJECT.offset.Flags);
    if (this.transfers.prepare(record, flags, buffer, isRead) !== STATUS_SUCCESS) return false;
    memory.writeU32(next + location["Parameters.Read.Length"], length);
    memory.writeU64(next + location["Parameters.Read.ByteOffset"], startingOffset);
    return true;
  }

  #refuse(record: IrpRecord | undefined): Address {
    if (record !== undefined) this.irps.free(record);
    return 0;
  }
}
