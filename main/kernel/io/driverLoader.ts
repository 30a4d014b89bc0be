/**
 * NtLoadDriver: from a service key to a running driver. Source: ZwLoadDriver, "Writing a DriverEntry Routine"
 * (Windows Driver Kit). Runs in the context of the system process, whoever asks.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import { DRVO_INITIALIZED } from "../../../native-bindings/abi/driverFlags";
import {
  STATUS_IMAGE_ALREADY_LOADED,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { Registry } from "../cm/registry";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { KernelModule } from "../ke/routines";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DeviceRecords } from "./deviceRecords";
import type { DriverCalls } from "./driverCalls";
import type { DriverImage, DriverImages } from "./driverImage";
import type { DriverLeaks } from "./driverLeaks";
import type { DriverObjects } from "./driverObjects";
import { driverObjectName, imagePathOf, serviceKey } from "./servicePaths";

const FIRST_FAILURE = 0x8000_0000;

export class DriverLoader {
  /** Told of an image that was mapped, before its DriverEntry runs. */
  whenMapped: (imagePath: string, module: KernelModule) => void = () => undefined;
  /** Told of a driver whose DriverEntry has succeeded. */
  whenLoaded: (driver: Address) => MayWait<number> = () => STATUS_SUCCESS;

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly ob: ObjectManager,
    private readonly registry: Registry,
    private readonly images: DriverImages,
    private readonly drivers: DriverObjects,
    private readonly devices: DeviceRecords,
    private readonly calls: DriverCalls,
    private readonly leaks: DriverLeaks,
  ) {}

  /** @returns the driver's own status when DriverEntry fails */
  load(servicePath: string): MayWait<number> {
    const key = serviceKey(this.registry, servicePath);
    if (key === undefined) return STATUS_OBJECT_NAME_NOT_FOUND;
    const name = driverObjectName(key);
    const imagePath = imagePathOf(key);
    if (this.#isLoaded(name, imagePath)) return STATUS_IMAGE_ALREADY_LOADED;
    const image = this.images.resolve(imagePath);
    if (typeof image === "number") return image;
    const module = this.#map(image);
    const init = this.ke.routines.define(module, "DriverEntry", (object: Address, path: Address) =>
      image.entry(module, object, path),
    );
    const created = this.drivers.create({ name, servicePath: key.path, imagePath, module }, init);
    if (created.status === STATUS_SUCCESS) this.whenMapped(imagePath, module);
    if (created.status === STATUS_SUCCESS) return this.#initialize(created.object, init, key.path);
    this.ke.routines.removeModule(module);
    return created.status === STATUS_OBJECT_NAME_COLLISION ? STATUS_IMAGE_ALREADY_LOADED : created.status;
  }

  #isLoaded(name: string, imagePath: string): boolean {
    if (this.drivers.ofImage(imagePath).length > 0) return true;
    return this.drivers.named(name).some(({ object }) => this.ob.ObQueryNameString(object) !== "");
  }

  /** Two files may have the same name; their modules may not. */
  #map(image: DriverImage): KernelModule {
    const { routines } = this.ke;
    let name = image.name;
    for (let index = 2; routines.hasModule(name); index++) name = `${image.name}_${index}`;
    return routines.defineModule(name, image.size);
  }

  #initialize(object: Address, init: Address, registryPath: string): MayWait<number> {
    const path = this.drivers.newString(registryPath);
    const status = path === 0 ? STATUS_INSUFFICIENT_RESOURCES : this.calls.start(init, object, path, 0);
    return typeof status === "number" ? this.#finish(object, path, status) : this.#finishLater(object, path, status);
  }

  *#finishLater(object: Address, path: Address, entry: Coroutine<number>): Coroutine<number> {
    const finished = this.#finish(object, path, yield* entry);
    return isCoroutine(finished) ? yield* finished : finished;
  }

  #finish(object: Address, path: Address, status: number): MayWait<number> {
    this.drivers.freeString(path);
    if (status >= FIRST_FAILURE) {
      this.leaks.report(object, "DriverEntry failed", this.leaks.irpsOf(object));
      this.ob.ObMakeTemporaryObject(object);
      this.ob.ObDereferenceObject(object);
      return status;
    }
    this.drivers.repair(object, false);
    this.drivers.addFlags(object, DRVO_INITIALIZED);
    for (const device of this.devices.devicesOf(object)) {
      const at = device + DEVICE_OBJECT.offset.Flags;
      this.memory.writeU32(at, this.memory.readU32(at) & ~DO_DEVICE_INITIALIZING);
    }
    const told = this.whenLoaded(object);
    // What comes of the driver's devices is not the loader's to answer.
    return isCoroutine(told) ? thenSucceed(told) : STATUS_SUCCESS;
  }
}

function* thenSucceed(told: Coroutine<number>): Coroutine<number> {
  yield* told;
  return STATUS_SUCCESS;
}
