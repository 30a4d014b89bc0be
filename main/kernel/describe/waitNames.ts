/**
 * What a thread waits for, in words: the path of a named object, else whose memory it lies in, as a debugger would spell it
 * (`deadlock!DeviceExtension+0x38`).
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { IrpRecord } from "../io/irpRecord";
import type { Kernel } from "../kernel";
import { filePath } from "./filePath";

const { Size: SIZE, DeviceExtension: EXTENSION, DriverObject: DRIVER } = DEVICE_OBJECT.offset;
const { StackCount: STACK_COUNT, CurrentLocation: LOCATION, CurrentStackLocation: STACK } = IRP.offset;

/** The object types whose bodies begin with a dispatcher object of that kind. */
const typeNames: Readonly<Record<string, string>> = {
  NotificationEvent: "Event",
  SynchronizationEvent: "Event",
  Mutant: "Mutant",
  Semaphore: "Semaphore",
  Timer: "Timer",
};

export class WaitNames {
  constructor(private readonly kernel: Kernel) {}

  /** @param kind as the wait graph has it; empty when nothing is known but the address */
  nameOf(address: Address, kind: string): string {
    if (kind === "Thread") return this.#threadName(address);
    if (kind === "Process") return this.#processName(address);
    return (
      this.#inExtension(address) ??
      this.#inDriversPool(address) ??
      this.kernel.ke.routines.nameOf(address) ??
      this.#objectPath(address, kind)
    );
  }

  #threadName(object: Address): string {
    for (const { name, threads } of this.kernel.ps.processes) {
      const thread = threads.find((candidate) => candidate.object === object);
      if (thread !== undefined) return `thread ${thread.id} of ${name}`;
    }
    return "a thread that has ended";
  }

  #processName(object: Address): string {
    const process = this.kernel.ps.processes.find((candidate) => candidate.object === object);
    return process === undefined ? "a process that has ended" : `${process.name} (${process.id})`;
  }

  #inExtension(address: Address): string | undefined {
    const { io, mem, ob } = this.kernel;
    for (const device of io.records.live) {
      const start = mem.readPointer(device + EXTENSION);
      const end = device + mem.readU16(device + SIZE);
      if (start === 0 || address < start || address >= end) continue;
      const driver = mem.readPointer(device + DRIVER);
      const module = io.drivers.find(driver)?.module.name ?? "";
      const path = io.records.devicesOf(driver).length > 1 ? ob.names.pathOf(device) : "";
      const of = path === "" ? "" : ` of ${path}`;
      return `${module}!DeviceExtension${offsetText(address - start)}${of}`;
    }
    return undefined;
  }

  #inDriversPool(address: Address): string | undefined {
    const block = this.kernel.driverPool.blockAt(address);
    return block && `${block.module.name}!pool '${block.tag}'${offsetText(address - block.address)}`;
  }

  #objectPath(address: Address, kind: string): string {
    const { ob } = this.kernel;
    if (!Object.hasOwn(typeNames, kind)) return "";
    try {
      return ob.typeOf(address).name === typeNames[kind] ? ob.names.pathOf(address) : "";
    } catch {
      // No object begins there: it is a part of something else.
      return "";
    }
  }

  /** `IRP_MJ_READ of \Device\X`; for one that is gone, what was known of it. */
  requestName(irp: Address, known: string): string {
    const { io, mem, ob } = this.kernel;
    const record = io.irps.find(irp);
    if (record === undefined) return known;
    const { device, file, major } = record;
    if (device === 0) return known;
    const path = file !== 0 ? filePath(mem, ob, file) : io.records.isLive(device) ? ob.names.pathOf(device) : "";
    return `${majorFunctionName(major)} of ${path || addressToHex(device)}`;
  }

  /** The driver that has the request now: that of its current stack location. */
  keeperOf({ irp, device }: IrpRecord): string | undefined {
    const { io, mem } = this.kernel;
    const isWithDriver = mem.readU8(irp + LOCATION) <= mem.readU8(irp + STACK_COUNT);
    const current = isWithDriver
      ? mem.readPointer(mem.readPointer(irp + STACK) + IO_STACK_LOCATION.offset.DeviceObject)
      : device;
    return io.driverNameOf(current) ?? io.driverNameOf(device);
  }
}

function offsetText(offset: number): string {
  return offset === 0 ? "" : `+0x${offset.toString(16)}`;
}
