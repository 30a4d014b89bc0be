/**
 * NtUnloadDriver: at once when nothing is open, else with the last close. Source: ZwUnloadDriver, "Writing an Unload
 * Routine" (Windows Driver Kit).
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DOE_UNLOAD_PENDING } from "../../../native-bindings/abi/deviceFlags";
import { DRVO_UNLOAD_INVOKED } from "../../../native-bindings/abi/driverFlags";
import {
  STATUS_DELETE_PENDING,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_EXTENSION, DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { Registry } from "../cm/registry";
import type { Coroutine, MayWait } from "../ke/call";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DriverState } from "../scm/serviceControl";
import type { DeviceRecords } from "./deviceRecords";
import type { DriverCalls } from "./driverCalls";
import type { DriverLeaks } from "./driverLeaks";
import type { DriverObjects } from "./driverObjects";
import type { DriverRecord } from "./driverRecord";
import type { IrpRecord } from "./irpRecord";
import { driverObjectName, serviceKey } from "./servicePaths";

export class DriverUnloader {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly registry: Registry,
    private readonly drivers: DriverObjects,
    private readonly devices: DeviceRecords,
    private readonly calls: DriverCalls,
    private readonly leaks: DriverLeaks,
  ) {}

  unload(servicePath: string): MayWait<number> {
    const record = this.#find(servicePath);
    if (record === undefined) return STATUS_OBJECT_NAME_NOT_FOUND;
    if (this.#isUnloading(record.object)) return STATUS_DELETE_PENDING;
    const { memory } = this;
    const extension = memory.readPointer(record.object + DRIVER_OBJECT.offset.DriverExtension);
    const isPlugAndPlay = memory.readPointer(extension + DRIVER_EXTENSION.offset.AddDevice) !== 0;
    const unload = memory.readPointer(record.object + DRIVER_OBJECT.offset.DriverUnload);
    if (unload === 0 || isPlugAndPlay) return STATUS_INVALID_DEVICE_REQUEST;
    for (const device of this.devices.devicesOf(record.object))
      this.devices.addExtensionFlags(device, DOE_UNLOAD_PENDING);
    const unloaded = this.tryUnload(record.object);
    return unloaded === undefined ? STATUS_SUCCESS : succeed(unloaded);
  }

  /** Runs DriverUnload when no device of the driver is open or has another attached. */
  tryUnload(object: Address): MayWait<undefined> {
    const { memory } = this;
    if ((this.drivers.flags(object) & DRVO_UNLOAD_INVOKED) !== 0) return undefined;
    const isBusy = (device: Address) =>
      memory.readI32(device + DEVICE_OBJECT.offset.ReferenceCount) !== 0 ||
      memory.readPointer(device + DEVICE_OBJECT.offset.AttachedDevice) !== 0;
    if (this.devices.devicesOf(object).some(isBusy)) return undefined;
    this.drivers.addFlags(object, DRVO_UNLOAD_INVOKED);
    this.ob.ObReferenceObject(object);
    const routine = memory.readPointer(object + DRIVER_OBJECT.offset.DriverUnload);
    const irps = this.leaks.irpsOf(object);
    const unload = this.calls.start(routine, object, 0, 0);
    return typeof unload === "number" ? this.#finish(object, irps) : this.#finishLater(object, irps, unload);
  }

  *#finishLater(object: Address, irps: readonly IrpRecord[], unload: Coroutine<number>): Coroutine<undefined> {
    yield* unload;
    return this.#finish(object, irps);
  }

  #finish(object: Address, irps: readonly IrpRecord[]): undefined {
    this.leaks.report(object, "DriverUnload", irps);
    this.ob.ObMakeTemporaryObject(object);
    this.ob.ObDereferenceObject(object);
    this.ob.ObDereferenceObject(object);
    return undefined;
  }

  driverState(servicePath: string): DriverState {
    const record = this.#find(servicePath);
    if (record === undefined) return "absent";
    return this.#isUnloading(record.object) ? "unloading" : "loaded";
  }

  /** By name, as the service control manager looks: a driver that left devices behind has none any more. */
  #find(servicePath: string): DriverRecord | undefined {
    const key = serviceKey(this.registry, servicePath);
    if (key === undefined) return undefined;
    const wanted = driverObjectName(key).toUpperCase();
    for (const record of this.drivers.all) {
      if (record.name.toUpperCase() === wanted && this.ob.ObQueryNameString(record.object) !== "") return record;
    }
    return undefined;
  }

  #isUnloading(object: Address): boolean {
    if ((this.drivers.flags(object) & DRVO_UNLOAD_INVOKED) !== 0) return true;
    const isPending = (device: Address) => (this.devices.extensionFlags(device) & DOE_UNLOAD_PENDING) !== 0;
    return this.devices.devicesOf(object).some(isPending);
  }
}

function* succeed(unloaded: Coroutine<undefined>): Coroutine<number> {
  yield* unloaded;
  return STATUS_SUCCESS;
}
