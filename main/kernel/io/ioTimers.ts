/**
 * A driver's routine called once a second (ntddk.h: IoInitializeTimer, IoStartTimer, IoStopTimer), and the DPC that every
 * device has (IoInitializeDpcRequest, IoRequestDpc).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IO_TYPE_TIMER } from "../../../native-bindings/abi/ioTypes";
import { STATUS_INSUFFICIENT_RESOURCES, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { structure } from "../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { KDPC } from "../../../native-bindings/abi/structures/deviceQueue";
import { KTIMER } from "../../../native-bindings/abi/structures/dispatcher";
import { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import type { Pool } from "../ex/pool";
import { KeInitializeTimerEx } from "../ke/dispatcherObjects";
import type { Dpcs } from "../ke/dpcs";
import type { Timers } from "../ke/timers";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DriverCalls } from "./driverCalls";

/** NT keeps the structure to itself; its public symbols show these members. */
const IO_TIMER = structure("IO_TIMER", 0x30, {
  Type: [0x0, "i16", "IO_TYPE_TIMER"],
  TimerFlag: [0x2, "u16", "1 while it runs"],
  TimerList: [0x8, LIST_ENTRY, "all timers; unused here"],
  TimerRoutine: [0x18, "pointer", "the driver's routine"],
  Context: [0x20, "pointer", "its second argument"],
  DeviceObject: [0x28, "pointer", "its first argument"],
});
const timer = IO_TIMER.offset;
const TIMER_TAG = "IoTi";
const PERIOD_MILLISECONDS = 1000;
const FIRST_DUE = -10_000_000n;

export class IoTimers {
  /** Devices whose timers run. */
  readonly #running = new Set<Address>();
  /** The one timer behind them all, and its DPC; made when the first is started. */
  #clock = 0;

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly timers: Timers,
    private readonly dpcs: Dpcs,
    private readonly calls: DriverCalls,
    /** Address of a DPC routine of the kernel's that calls {@link tick}. */
    private readonly dispatch: Address,
  ) {}

  /** @param routine IO_TIMER_ROUTINE: called with the device and the context at DISPATCH_LEVEL, once a second while it runs */
  IoInitializeTimer(device: Address, routine: Address, context: Address): number {
    const { memory } = this;
    let at = memory.readPointer(device + DEVICE_OBJECT.offset.Timer);
    if (at === 0) {
      at = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, IO_TIMER.size, TIMER_TAG);
      if (at === 0) return STATUS_INSUFFICIENT_RESOURCES;
      memory.fill(at, IO_TIMER.size, 0);
      memory.writeU16(at + timer.Type, IO_TYPE_TIMER);
      memory.writePointer(at + timer.DeviceObject, device);
      memory.writePointer(device + DEVICE_OBJECT.offset.Timer, at);
    }
    memory.writePointer(at + timer.TimerRoutine, routine);
    memory.writePointer(at + timer.Context, context);
    return STATUS_SUCCESS;
  }

  IoStartTimer(device: Address): void {
    this.#setRunning(device, true);
  }

  IoStopTimer(device: Address): void {
    this.#setRunning(device, false);
  }

  /** What IoDeleteDevice does for the driver. */
  didDeleteDevice(device: Address): void {
    const at = this.memory.readPointer(device + DEVICE_OBJECT.offset.Timer);
    if (at === 0) return;
    this.#setRunning(device, false);
    this.memory.writePointer(device + DEVICE_OBJECT.offset.Timer, 0);
    this.pool.ExFreePoolWithTag(at, TIMER_TAG);
  }

  #setRunning(device: Address, isRunning: boolean): void {
    const { memory } = this;
    // Without IoInitializeTimer there is nothing at that address: NT stops at the same place.
    memory.writeU16(memory.readPointer(device + DEVICE_OBJECT.offset.Timer) + timer.TimerFlag, isRunning ? 1 : 0);
    if (isRunning) this.#running.add(device);
    else this.#running.delete(device);
    if (this.#running.size === 0) {
      if (this.#clock !== 0) this.timers.KeCancelTimer(this.#clock);
    } else if (isRunning && this.#running.size === 1) {
      this.#startClock();
    }
  }

  #startClock(): void {
    const { memory } = this;
    if (this.#clock === 0) {
      this.#clock = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, KTIMER.size + KDPC.size, TIMER_TAG);
      if (this.#clock === 0) return;
      KeInitializeTimerEx(memory, this.#clock, 0);
      this.dpcs.KeInitializeDpc(this.#clock + KTIMER.size, this.dispatch, 0);
    }
    this.timers.KeSetTimerEx(this.#clock, FIRST_DUE, PERIOD_MILLISECONDS, this.#clock + KTIMER.size);
  }

  /** A second has passed. */
  tick(): void {
    const { memory } = this;
    // A routine may stop its own timer, or another's.
    for (const device of [...this.#running]) {
      if (!this.#running.has(device)) continue;
      const at = memory.readPointer(device + DEVICE_OBJECT.offset.Timer);
      this.calls.call(memory.readPointer(at + timer.TimerRoutine), device, memory.readPointer(at + timer.Context), 0);
    }
  }

  /** @param routine IO_DPC_ROUTINE: called with KDPC, device, IRP and context */
  IoInitializeDpcRequest(device: Address, routine: Address): void {
    this.dpcs.KeInitializeDpc(device + DEVICE_OBJECT.offset.Dpc, routine, device);
  }

  IoRequestDpc(device: Address, irp: Address, context: Address): void {
    this.dpcs.KeInsertQueueDpc(device + DEVICE_OBJECT.offset.Dpc, irp, context);
  }
}
