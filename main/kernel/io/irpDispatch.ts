/** IofCallDriver: hands an IRP to the driver of a device. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  IRQL_GT_ZERO_AT_SYSTEM_SERVICE,
  MULTIPLE_IRP_COMPLETE_REQUESTS,
  NO_MORE_IRP_STACK_LOCATIONS,
} from "../../../native-bindings/abi/bugcheckCodes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine, MayWait } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IrpFrame } from "../trace/irpFrames";
import type { DriverCalls } from "./driverCalls";
import type { Irps } from "./irps";
import type { IrpWatch } from "./irpWatch";

const CURRENT_LOCATION = IRP.offset.CurrentLocation;
const CURRENT_STACK = IRP.offset.CurrentStackLocation;
const DRIVER = DEVICE_OBJECT.offset.DriverObject;
const MAJOR_FUNCTIONS = DRIVER_OBJECT.offset.MajorFunction;
const LOCATION_SIZE = IO_STACK_LOCATION.size;
const LOCATION_DEVICE = IO_STACK_LOCATION.offset.DeviceObject;
const POINTER_SIZE = 8;

export class IrpDispatch {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly calls: DriverCalls,
    private readonly irps: Irps,
    private readonly watch: IrpWatch,
  ) {}

  /** @returns what the dispatch routine returned, once it has */
  IofCallDriver(device: Address, irp: Address): MayWait<number> {
    const { memory } = this;
    const record = this.irps.find(irp) ?? this.#stale(irp);
    const { fields } = record.block;
    const location = fields.readU8(CURRENT_LOCATION) - 1;
    if (location <= 0) this.#noLocationLeft(irp);
    fields.writeU8(CURRENT_LOCATION, location);
    const stack = fields.readPointer(CURRENT_STACK) - LOCATION_SIZE;
    fields.writePointer(CURRENT_STACK, stack);
    memory.writePointer(stack + LOCATION_DEVICE, device);
    const driver = memory.readPointer(device + DRIVER);
    // MajorFunction is its lowest byte.
    const header = memory.readU32(stack);
    const major = header & 0xff;
    const routine = memory.readPointer(driver + MAJOR_FUNCTIONS + major * POINTER_SIZE);
    const frame = this.watch.onCall?.(record, device, location, header, routine);
    const { irql } = this.ke;
    const status = this.calls.start(routine, device, irp, 0);
    if (typeof status !== "number") return this.ke.awaiting(this.#returnLater(status, routine, frame));
    if (this.ke.irql !== irql) this.#irqlKept(routine, irql);
    if (frame !== undefined) this.watch.onReturn?.(frame, status);
    return status;
  }

  *#returnLater(dispatch: Coroutine<number>, routine: Address, frame: IrpFrame | undefined): Coroutine<number> {
    const { irql } = this.ke;
    const status = yield* dispatch;
    if (this.ke.irql !== irql) this.#irqlKept(routine, irql);
    if (frame !== undefined) this.watch.onReturn?.(frame, status);
    return status;
  }

  /** Windows notices it on the way back to user mode. */
  #irqlKept(routine: Address, before: number): never {
    const name = this.ke.routines.nameOf(routine) ?? "a dispatch routine";
    return this.ke.bugCheck(IRQL_GT_ZERO_AT_SYSTEM_SERVICE, [routine, this.ke.irql, 0, 0], {
      rule: `${name} was called at IRQL ${before} and returned at IRQL ${this.ke.irql}: a spin lock was not released, or KeLowerIrql left out.`,
      routine: "IofCallDriver",
    });
  }

  #noLocationLeft(irp: Address): never {
    return this.ke.bugCheck(NO_MORE_IRP_STACK_LOCATIONS, [irp, 0, 0, 0], {
      rule: "IoCallDriver was called with an IRP that has no stack location left for another driver.",
      routine: "IofCallDriver",
    });
  }

  #stale(irp: Address): never {
    return this.ke.bugCheck(MULTIPLE_IRP_COMPLETE_REQUESTS, [irp, 0, 0, 0], {
      rule: "IoCallDriver was called with an IRP that has been completed and freed.",
      routine: "IofCallDriver",
    });
  }
}
