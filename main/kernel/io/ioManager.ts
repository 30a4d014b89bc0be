/**
 * The I/O manager: drivers, devices, files and requests, put together. Its routines keep NT's names; their parts are
 * in the files beside this one.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_INVALID_DEVICE_REQUEST } from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Registry } from "../cm/registry";
import type { Pool } from "../ex/pool";
import type { Coroutine, MayWait } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { Later } from "../ke/later";
import type { KernelModule } from "../ke/routines";
import type { KeThread } from "../ke/threadControl";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ProcessorMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import { DeviceParse } from "./deviceParse";
import { DeviceRecords } from "./deviceRecords";
import { DeviceStacks } from "./deviceStacks";
import { Devices } from "./devices";
import { DriverCalls } from "./driverCalls";
import type { DriverImages } from "./driverImage";
import { DriverLeaks } from "./driverLeaks";
import { DriverLoader } from "./driverLoader";
import { DriverObjects } from "./driverObjects";
import type { DriverRecord } from "./driverRecord";
import { DriverUnloader } from "./driverUnloader";
import { FileNames } from "./fileNames";
import { FileObjects } from "./fileObjects";
import { FreedIrps } from "./freedIrps";
import { IrpCancel } from "./irpCancel";
import { IrpCompletion } from "./irpCompletion";
import { IrpDispatch } from "./irpDispatch";
import * as stack from "./irpStack";
import { Irps } from "./irps";
import type { IrpWatch } from "./irpWatch";
import { Mdls } from "./mdls";
import { type PendingIrp, pendingIrps } from "./pendingIrps";
import { IoReports } from "./reports";
import { IoRequests } from "./requests";
import { SecureDevices } from "./secureDevices";
import { SecurityContexts } from "./securityContexts";
import { SymbolicLinks } from "./symbolicLinks";
import { Transfers } from "./transfers";
import type { IoTypes } from "./types";

export interface IoDependencies {
  readonly memory: KernelMemory;
  readonly pool: Pool;
  readonly ke: Ke;
  readonly ob: ObjectManager;
  readonly registry: Registry;
  readonly images: DriverImages;
  /** The module "nt": the kernel's own routines. */
  readonly nt: KernelModule;
  /** Runs something in a thread of the system process. */
  asSystem<T>(action: () => MayWait<T>): T | Later<T>;
  currentThread(): KeThread;
  running(): { readonly thread: KeThread; readonly mode: ProcessorMode };
  /** By KTHREAD; undefined for one that has ended. */
  threadOf(object: Address): KeThread | undefined;
  /** Takes a routine that waits to its end, in the current thread. */
  finish<T>(coroutine: Coroutine<T>): T | Later<T>;
  /** Tells of timers, DPCs and threads of a driver that goes. */
  reportRunning(driver: DriverRecord, when: string): void;
  /** Runs something soon, at PASSIVE_LEVEL in a thread of the system's. */
  inSystemThread(action: () => void): void;
  /** Runs something soon in a thread of the system's, and it may wait. */
  startWorker(work: Coroutine<undefined>): void;
}

export class IoManager {
  /** Hooks of an IRP trace. */
  readonly watch: IrpWatch = {};
  readonly types: IoTypes;
  readonly records: DeviceRecords;
  readonly irps: Irps;
  readonly mdls: Mdls;
  readonly calls: DriverCalls;
  readonly devices: Devices;
  readonly secureDevices: SecureDevices;
  readonly stacks: DeviceStacks;
  readonly files: FileObjects;
  readonly fileNames: FileNames;
  readonly parse: DeviceParse;
  readonly requests: IoRequests;
  readonly transfers: Transfers;
  readonly completion: IrpCompletion;
  readonly cancel: IrpCancel;
  readonly dispatch: IrpDispatch;
  readonly drivers: DriverObjects;
  readonly links: SymbolicLinks;
  readonly reports: IoReports;
  readonly loader: DriverLoader;
  readonly #unloader: DriverUnloader;
  readonly #asSystem: IoDependencies["asSystem"];

  constructor(readonly dependencies: IoDependencies) {
    const { memory, pool, ke, ob, registry, images } = dependencies;
    this.#asSystem = dependencies.asSystem;
    this.reports = new IoReports(ke, (device) => this.driverNameOf(device));
    this.records = new DeviceRecords(memory);
    this.irps = new Irps(memory, pool, new FreedIrps(ke, this.reports));
    this.mdls = new Mdls(memory, pool);
    this.calls = new DriverCalls(ke);
    this.transfers = new Transfers(memory, pool, this.mdls, this.reports);
    const { calls, irps, records, reports, watch } = this;
    this.completion = new IrpCompletion(memory, ke, calls, irps, this.transfers, reports, watch);
    this.cancel = new IrpCancel(memory, ke, calls, irps, reports, watch);
    this.dispatch = new IrpDispatch(memory, ke, calls, irps, watch);
    this.requests = new IoRequests(
      memory,
      ke,
      ob.caller,
      irps,
      this.dispatch,
      this.completion,
      reports,
      dependencies.currentThread,
      dependencies.finish,
    );
    const types = () => this.types;
    this.devices = new Devices(memory, ke, ob, types, records, reports);
    this.secureDevices = new SecureDevices(this.devices, registry);
    this.stacks = new DeviceStacks(memory, this.devices);
    this.files = new FileObjects(
      memory,
      pool,
      ob,
      this.devices,
      this.requests,
      reports,
      ke,
      dependencies.inSystemThread,
    );
    const contexts = new SecurityContexts(memory, pool);
    this.parse = new DeviceParse(memory, ob, types, this.devices, this.files, this.requests, contexts);
    this.fileNames = new FileNames(memory, pool, ob, this.files, this.requests, this.transfers);
    this.types = this.#createTypes(ob);
    this.drivers = new DriverObjects(memory, pool, ke, ob, types, this.#defineInvalidRequest(ke));
    this.links = new SymbolicLinks(ob, ke, this.drivers);
    const leaks = new DriverLeaks(memory, ob, this.drivers, records, irps, reports, dependencies.reportRunning);
    this.loader = new DriverLoader(memory, ke, ob, registry, images, this.drivers, records, calls, leaks);
    this.#unloader = new DriverUnloader(memory, ob, registry, this.drivers, records, calls, leaks);
    this.devices.whenIdle = (driver) => void this.#asSystem(() => this.#unloader.tryUnload(driver));
  }

  #createTypes(ob: ObjectManager): IoTypes {
    return {
      adapter: ob.createType("Adapter", {}),
      controller: ob.createType("Controller", {}),
      device: ob.createType("Device", {
        parse: (context) => this.parse.parseDevice(context),
        delete: (object) => this.devices.delete(object),
      }),
      driver: ob.createType("Driver", { delete: (object) => this.drivers.delete(object) }),
      file: ob.createType("File", {
        parse: (context) => this.parse.parseFile(context),
        close: (_process, object, _access, _count, systemCount) => this.files.didCloseHandle(object, systemCount),
        beginDelete: (object) => this.files.beginDelete(object),
        queryName: (object) => this.fileNames.query(object),
        securityObject: (object) => this.parse.securityObject(object),
      }),
    };
  }

  /** IopInvalidDeviceRequest: what a driver answers to a major function that it has not set. */
  #defineInvalidRequest(ke: Ke): Address {
    const { memory, nt } = this.dependencies;
    return ke.routines.define(nt, "IopInvalidDeviceRequest", (_device: Address, irp: Address) => {
      memory.writeU32(irp + IRP.offset["IoStatus.Status"], STATUS_INVALID_DEVICE_REQUEST);
      memory.writePointer(irp + IRP.offset["IoStatus.Information"], 0);
      this.completion.IofCompleteRequest(irp);
      return STATUS_INVALID_DEVICE_REQUEST;
    });
  }

  /** "\Driver\Example" of the driver that a device belongs to. */
  driverNameOf(device: Address): string | undefined {
    if (!this.records.isLive(device)) return undefined;
    const driver = this.dependencies.memory.readPointer(device + DEVICE_OBJECT.offset.DriverObject);
    return this.drivers.find(driver)?.name;
  }

  /** Requests under way, oldest first. Those of a driver that never completes them stay for good. */
  pendingIrps(): PendingIrp[] {
    return pendingIrps(this.irps, (device) => this.driverNameOf(device));
  }

  /** Told of a driver's image that was mapped, before its DriverEntry runs. */
  set whenImageMapped(told: (imagePath: string, module: KernelModule) => void) {
    this.loader.whenMapped = told;
  }

  /** @param servicePath key of the service, such as `\Registry\Machine\System\CurrentControlSet\Services\Example` */
  NtLoadDriver(servicePath: string): number | Later<number> {
    return this.#asSystem(() => this.loader.load(servicePath));
  }

  NtUnloadDriver(servicePath: string): number | Later<number> {
    return this.#asSystem(() => this.#unloader.unload(servicePath));
  }

  /** DriverUnload of a Plug and Play driver whose last device is gone; nothing for one without. */
  unloadIdle(driver: Address): MayWait<undefined> {
    const unload = this.dependencies.memory.readPointer(driver + DRIVER_OBJECT.offset.DriverUnload);
    return unload === 0 ? undefined : this.#unloader.tryUnload(driver);
  }

  driverState(servicePath: string): ReturnType<DriverUnloader["driverState"]> {
    return this.#unloader.driverState(servicePath);
  }

  // What drivers call, by its DDK name.

  IoCreateDevice(...parameters: Parameters<Devices["IoCreateDevice"]>): ReturnType<Devices["IoCreateDevice"]> {
    return this.devices.IoCreateDevice(...parameters);
  }

  IoDeleteDevice(device: Address): void {
    this.devices.IoDeleteDevice(device);
  }

  IoCreateSymbolicLink(link: string, target: string): number {
    return this.links.IoCreateSymbolicLink(link, target);
  }

  IoDeleteSymbolicLink(link: string): number {
    return this.links.IoDeleteSymbolicLink(link);
  }

  IoAttachDeviceToDeviceStack(source: Address, target: Address): Address {
    return this.stacks.IoAttachDeviceToDeviceStack(source, target);
  }

  IoDetachDevice(lower: Address): void {
    this.stacks.IoDetachDevice(lower);
  }

  IoGetRelatedDeviceObject(file: Address): Address {
    return this.files.relatedDevice(file);
  }

  /** IofCompleteRequest; the priority boost has no meaning without threads. */
  IoCompleteRequest(irp: Address): void {
    this.completion.IofCompleteRequest(irp);
  }

  /** IofCallDriver */
  IoCallDriver(device: Address, irp: Address): MayWait<number> {
    return this.dispatch.IofCallDriver(device, irp);
  }

  IoMarkIrpPending(irp: Address): void {
    this.watch.onPend?.(irp);
    stack.IoMarkIrpPending(this.dependencies.memory, irp);
  }

  IoGetCurrentIrpStackLocation(irp: Address): Address {
    return stack.IoGetCurrentIrpStackLocation(this.dependencies.memory, irp);
  }

  IoGetNextIrpStackLocation(irp: Address): Address {
    return stack.IoGetNextIrpStackLocation(this.dependencies.memory, irp);
  }

  IoSkipCurrentIrpStackLocation(irp: Address): void {
    stack.IoSkipCurrentIrpStackLocation(this.dependencies.memory, irp);
  }

  IoCopyCurrentIrpStackLocationToNext(irp: Address): void {
    stack.IoCopyCurrentIrpStackLocationToNext(this.dependencies.memory, irp);
  }

  IoSetCompletionRoutine(
    irp: Address,
    routine: Address,
    context: Address,
    onSuccess: boolean,
    onError: boolean,
    onCancel: boolean,
  ): void {
    stack.IoSetCompletionRoutine(this.dependencies.memory, irp, routine, context, onSuccess, onError, onCancel);
  }
}
