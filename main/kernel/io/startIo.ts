/**
 * Requests one at a time through DriverStartIo (ntifs.h: IoStartPacket, IoStartNextPacket, IoSetStartIoAttributes), over
 * the device's own queue.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DEVICE_OBJECT, DEVOBJ_EXTENSION } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { DISPATCH_LEVEL, type Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DeviceQueues } from "./deviceQueues";
import type { DriverCalls } from "./driverCalls";
import type { IrpCancel } from "./irpCancel";
import type { IoReports } from "./reports";

const { DeviceQueue: QUEUE, CurrentIrp: CURRENT_IRP, DriverObject: DRIVER } = DEVICE_OBJECT.offset;
const { StartIoFlags: FLAGS, StartIoCount: COUNT, StartIoKey: KEY } = DEVOBJ_EXTENSION.offset;
const { DeviceQueueEntry: ENTRY, CancelRoutine: CANCEL_ROUTINE, Cancel: CANCEL } = IRP.offset;

/** Of DEVOBJ_EXTENSION.StartIoFlags (the kernel's own names). */
const STARTIO_REQUESTED = 0x1;
const STARTIO_REQUESTED_BY_KEY = 0x2;
const STARTIO_CANCELABLE = 0x4;
const STARTIO_DEFERRED = 0x8;
const STARTIO_NO_CANCEL = 0x10;

export class StartIo {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly queues: DeviceQueues,
    private readonly calls: DriverCalls,
    private readonly cancel: IrpCancel,
    private readonly reports: IoReports,
  ) {}

  /**
   * @param deferred StartIo does not call itself through IoStartNextPacket
   * @param nonCancelable an IRP loses its cancel routine before StartIo has it
   */
  IoSetStartIoAttributes(device: Address, deferred: boolean, nonCancelable: boolean): void {
    const flags = (deferred ? STARTIO_DEFERRED : 0) | (nonCancelable ? STARTIO_NO_CANCEL : 0);
    this.#setFlags(device, flags, STARTIO_DEFERRED | STARTIO_NO_CANCEL);
  }

  /** Calls StartIo for the IRP when the device is idle, else queues it. @param key sorts the queue */
  IoStartPacket(device: Address, irp: Address, key: number | undefined, cancelRoutine: Address): void {
    const { memory, ke, cancel } = this;
    const irql = ke.KeRaiseIrql(DISPATCH_LEVEL);
    const lock = cancelRoutine === 0 ? 0 : cancel.IoAcquireCancelSpinLock();
    if (cancelRoutine !== 0) memory.writePointer(irp + CANCEL_ROUTINE, cancelRoutine);
    const queue = device + QUEUE;
    const entry = irp + ENTRY;
    const wasBusy =
      key === undefined
        ? this.queues.KeInsertDeviceQueue(queue, entry)
        : this.queues.KeInsertByKeyDeviceQueue(queue, entry, key);
    if (!wasBusy) {
      memory.writePointer(device + CURRENT_IRP, irp);
      if (cancelRoutine !== 0) this.#releaseFor(device, irp, lock);
      this.#start(device, irp);
    } else if (cancelRoutine !== 0) {
      this.#releaseOrCancel(device, irp, lock);
    }
    ke.KeLowerIrql(irql);
  }

  #releaseFor(device: Address, irp: Address, lock: number): void {
    if ((this.#flags(device) & STARTIO_NO_CANCEL) !== 0) this.cancel.IoSetCancelRoutine(irp, 0);
    this.cancel.IoReleaseCancelSpinLock(lock);
  }

  /** An IRP that was cancelled before it had its routine is cancelled now. */
  #releaseOrCancel(device: Address, irp: Address, lock: number): void {
    const { memory, cancel } = this;
    const routine = memory.readU8(irp + CANCEL) === 0 ? 0 : cancel.IoSetCancelRoutine(irp, 0);
    if (routine === 0) {
      cancel.IoReleaseCancelSpinLock(lock);
      return;
    }
    memory.writeU8(irp + IRP.offset.CancelIrql, lock);
    this.calls.call(routine, device, irp, 0);
  }

  /** @param key asks for the first request with at least this key */
  IoStartNextPacket(device: Address, cancelable: boolean, key: number | undefined): void {
    const routine = key === undefined ? "IoStartNextPacket" : "IoStartNextPacketByKey";
    if (this.ke.irql !== DISPATCH_LEVEL) this.reports.atWrongIrql(routine, this.ke.irql, "DISPATCH_LEVEL", device);
    if ((this.#flags(device) & STARTIO_DEFERRED) === 0) this.#next(device, cancelable, key);
    else this.#defer(device, cancelable, key);
  }

  #next(device: Address, cancelable: boolean, key: number | undefined): void {
    const { memory, queues, cancel } = this;
    const lock = cancelable ? cancel.IoAcquireCancelSpinLock() : 0;
    memory.writePointer(device + CURRENT_IRP, 0);
    const queue = device + QUEUE;
    const entry = key === undefined ? queues.KeRemoveDeviceQueue(queue) : queues.KeRemoveByKeyDeviceQueue(queue, key);
    if (entry === 0) {
      if (cancelable) cancel.IoReleaseCancelSpinLock(lock);
      return;
    }
    const irp = entry - ENTRY;
    memory.writePointer(device + CURRENT_IRP, irp);
    if (cancelable) this.#releaseFor(device, irp, lock);
    this.#start(device, irp);
  }

  /** While StartIo runs a further call is only noted; it is carried out when StartIo has returned. */
  #defer(device: Address, cancelable: boolean, key: number | undefined): void {
    this.#noteRequest(device, cancelable, key);
    if (this.#count(device) > 0) return;
    this.#addToCount(device, 1);
    this.#carryOut(device);
    this.#addToCount(device, -1);
  }

  #noteRequest(device: Address, cancelable: boolean, key: number | undefined): void {
    const requested = key === undefined ? STARTIO_REQUESTED : STARTIO_REQUESTED_BY_KEY;
    this.#setFlags(device, requested | (cancelable ? STARTIO_CANCELABLE : 0), STARTIO_CANCELABLE);
    if (key !== undefined) this.memory.writeU32(this.#extension(device) + KEY, key);
  }

  #carryOut(device: Address): void {
    const requested = STARTIO_REQUESTED | STARTIO_REQUESTED_BY_KEY;
    for (let flags = this.#flags(device); (flags & requested) !== 0; flags = this.#flags(device)) {
      const byKey = (flags & STARTIO_REQUESTED_BY_KEY) !== 0;
      this.#setFlags(device, 0, requested | STARTIO_CANCELABLE);
      const key = byKey ? this.memory.readU32(this.#extension(device) + KEY) : undefined;
      this.#next(device, (flags & STARTIO_CANCELABLE) !== 0, key);
    }
  }

  #start(device: Address, irp: Address): void {
    const { memory } = this;
    const isDeferred = (this.#flags(device) & STARTIO_DEFERRED) !== 0;
    if (isDeferred) this.#addToCount(device, 1);
    const driver = memory.readPointer(device + DRIVER);
    this.calls.call(memory.readPointer(driver + DRIVER_OBJECT.offset.DriverStartIo), device, irp, 0);
    if (!isDeferred) return;
    this.#addToCount(device, -1);
    if (this.#count(device) > 0) return;
    this.#addToCount(device, 1);
    this.#carryOut(device);
    this.#addToCount(device, -1);
  }

  #extension(device: Address): Address {
    return this.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceObjectExtension);
  }

  #flags(device: Address): number {
    return this.memory.readU32(this.#extension(device) + FLAGS);
  }

  #setFlags(device: Address, set: number, clear: number): void {
    this.memory.writeU32(this.#extension(device) + FLAGS, (this.#flags(device) & ~clear) | set);
  }

  #count(device: Address): number {
    return this.memory.readI32(this.#extension(device) + COUNT);
  }

  #addToCount(device: Address, by: 1 | -1): void {
    this.memory.writeI32(this.#extension(device) + COUNT, this.#count(device) + by);
  }
}
