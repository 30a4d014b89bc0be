/**
 * The service control manager, for driver services: create, start, stop, delete, query, enumerate.
 * Source: winsvc.h documentation (CreateServiceW, StartServiceW, ControlService, DeleteService) and
 * `sc.exe`'s behaviour on Windows 10. The state of a service is that of its driver in the kernel, whoever loaded or
 * unloaded it; the manager stores none of its own but "starting".
 */

import {
  STATUS_DELETE_PENDING,
  STATUS_IMAGE_ALREADY_LOADED,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import {
  ERROR_DUPLICATE_SERVICE_NAME,
  ERROR_INVALID_NAME,
  ERROR_INVALID_PARAMETER,
  ERROR_INVALID_SERVICE_CONTROL,
  ERROR_PATH_NOT_FOUND,
  ERROR_SERVICE_ALREADY_RUNNING,
  ERROR_SERVICE_CANNOT_ACCEPT_CTRL,
  ERROR_SERVICE_DISABLED,
  ERROR_SERVICE_DOES_NOT_EXIST,
  ERROR_SERVICE_EXISTS,
  ERROR_SERVICE_MARKED_FOR_DELETE,
  ERROR_SERVICE_NEVER_STARTED,
  ERROR_SERVICE_NOT_ACTIVE,
  ERROR_SUCCESS,
} from "../../../native-bindings/abi/win32/codes";
import type { Registry } from "../cm/registry";
import { registryNameKey } from "../cm/registryKey";
import { Later } from "../ke/later";
import { isServiceName, ServiceDatabase, servicePath } from "./serviceDatabase";
import {
  ACCEPT_STOP,
  errorControls,
  type NewService,
  type ServiceConfig,
  type ServiceState,
  type ServiceStatus,
  serviceTypes,
  startTypes,
} from "./serviceTypes";

export type DriverState = "absent" | "loaded" | "unloading";

/** What the service control manager asks of the I/O manager. */
export interface ServiceDrivers {
  /** An NTSTATUS when DriverEntry has finished. */
  NtLoadDriver(servicePath: string): number | Later<number>;
  /** An NTSTATUS when DriverUnload has finished, or waits for the last close. */
  NtUnloadDriver(servicePath: string): number | Later<number>;
  driverState(servicePath: string): DriverState;
  /** RtlNtStatusToDosError */
  statusToWin32(status: number): number;
}

/** A Win32 error, and the NTSTATUS it was made from where there was one. */
export interface ServiceFailure {
  readonly error: number;
  readonly status?: number;
}

/** `later`: how it will have ended, where the driver's routine waits; until then the service is pending. */
export type ServiceResult<T> =
  | { readonly value: T; readonly later?: Later<ServiceResult<T>> | undefined }
  | ServiceFailure;

function isOneOf(values: Readonly<Record<string, number>>, value: number | undefined): boolean {
  return value === undefined || Object.values(values).includes(value);
}

export class ServiceControl {
  readonly #database: ServiceDatabase;
  readonly #starting = new Set<string>();
  readonly #exitCodes = new Map<string, number>();

  constructor(
    registry: Registry,
    private readonly drivers: ServiceDrivers,
  ) {
    this.#database = new ServiceDatabase(registry);
  }

  CreateService(service: NewService): ServiceResult<ServiceConfig> {
    if (!isServiceName(service.name)) return { error: ERROR_INVALID_NAME };
    const known =
      isOneOf(serviceTypes, service.type) &&
      isOneOf(startTypes, service.start) &&
      isOneOf(errorControls, service.errorControl);
    if (!known || service.binaryPath?.includes("\0")) return { error: ERROR_INVALID_PARAMETER };
    this.#reap(service.name);
    if (this.#database.isDeletePending(service.name)) return { error: ERROR_SERVICE_MARKED_FOR_DELETE };
    if (this.#database.key(service.name) !== undefined) return { error: ERROR_SERVICE_EXISTS };
    if (this.#isNameTaken(service.displayName ?? service.name)) return { error: ERROR_DUPLICATE_SERVICE_NAME };
    return { value: this.#database.create(service) };
  }

  /** Service names and display names share one space (CreateServiceW, ERROR_DUPLICATE_SERVICE_NAME). */
  #isNameTaken(displayName: string): boolean {
    const wanted = registryNameKey(displayName);
    return this.#database
      .configs()
      .some((other) => registryNameKey(other.displayName) === wanted || registryNameKey(other.name) === wanted);
  }

  /** What became of DriverEntry. */
  StartService(name: string): ServiceResult<ServiceStatus> {
    const config = this.#find(name);
    if (config === undefined) return { error: ERROR_SERVICE_DOES_NOT_EXIST };
    const path = servicePath(config.name);
    if (this.#isStarting(config) || this.drivers.driverState(path) !== "absent") {
      return { error: ERROR_SERVICE_ALREADY_RUNNING };
    }
    // A service marked for delete is disabled too, and that is what Windows then says.
    if (config.start === startTypes.SERVICE_DISABLED) return { error: ERROR_SERVICE_DISABLED };
    const starting = registryNameKey(config.name);
    this.#starting.add(starting);
    let loaded: number | Later<number> | undefined;
    try {
      loaded = this.drivers.NtLoadDriver(path);
    } finally {
      if (!(loaded instanceof Later)) this.#starting.delete(starting);
    }
    return this.#whenDone(config, loaded, (status) => {
      this.#starting.delete(starting);
      return this.#didLoad(config, status);
    });
  }

  #didLoad(config: ServiceConfig, status: number): ServiceResult<ServiceStatus> {
    const error = this.#startError(status);
    this.#exitCodes.set(registryNameKey(config.name), error);
    return error === ERROR_SUCCESS ? { value: this.#statusOf(config) } : { error, status };
  }

  #whenDone(
    config: ServiceConfig,
    answer: number | Later<number>,
    conclude: (status: number) => ServiceResult<ServiceStatus>,
  ): ServiceResult<ServiceStatus> {
    if (typeof answer === "number") return conclude(answer);
    const later = new Later<ServiceResult<ServiceStatus>>();
    let concluded: ServiceResult<ServiceStatus> | undefined;
    answer.whenDone((status) => {
      concluded = conclude(status);
      later.settle(concluded);
    });
    return concluded ?? { value: this.#statusOf(config), later };
  }

  #startError(status: number): number {
    if (status < 0x8000_0000) return ERROR_SUCCESS;
    if (status === STATUS_IMAGE_ALREADY_LOADED) return ERROR_SERVICE_ALREADY_RUNNING;
    // "The service binary file could not be found" (StartServiceW).
    if (status === STATUS_OBJECT_NAME_NOT_FOUND) return ERROR_PATH_NOT_FOUND;
    return this.drivers.statusToWin32(status);
  }

  /** ControlService with SERVICE_CONTROL_STOP. STOP_PENDING is success: the driver goes at the last close. */
  StopService(name: string): ServiceResult<ServiceStatus> {
    const config = this.#find(name);
    if (config === undefined) return { error: ERROR_SERVICE_DOES_NOT_EXIST };
    const path = servicePath(config.name);
    const state = this.#stateOf(config);
    if (state === "STOPPED") return { error: ERROR_SERVICE_NOT_ACTIVE };
    if (state !== "RUNNING") return { error: ERROR_SERVICE_CANNOT_ACCEPT_CTRL };
    return this.#whenDone(config, this.drivers.NtUnloadDriver(path), (status) => this.#didUnload(config, status));
  }

  #didUnload(config: ServiceConfig, status: number): ServiceResult<ServiceStatus> {
    // A driver without DriverUnload, or a PnP driver, does not take this control.
    if (status === STATUS_INVALID_DEVICE_REQUEST) return { error: ERROR_INVALID_SERVICE_CONTROL, status };
    if (status === STATUS_DELETE_PENDING) return { error: ERROR_SERVICE_CANNOT_ACCEPT_CTRL, status };
    if (status !== STATUS_SUCCESS) return { error: this.drivers.statusToWin32(status), status };
    const value = this.#statusOf(config);
    this.#reap(config.name);
    return { value };
  }

  /** A running service is only marked; it goes when its driver has been unloaded. */
  DeleteService(name: string): ServiceResult<ServiceStatus> {
    const config = this.#find(name);
    if (config === undefined) return { error: ERROR_SERVICE_DOES_NOT_EXIST };
    if (this.#database.isDeletePending(config.name)) return { error: ERROR_SERVICE_MARKED_FOR_DELETE };
    this.#database.markForDelete(config.name);
    const value = this.#statusOf(config);
    this.#reap(config.name);
    return { value };
  }

  QueryServiceStatus(name: string): ServiceResult<ServiceStatus> {
    const config = this.#find(name);
    return config === undefined ? { error: ERROR_SERVICE_DOES_NOT_EXIST } : { value: this.#statusOf(config) };
  }

  QueryServiceConfig(name: string): ServiceResult<ServiceConfig> {
    const config = this.#find(name);
    return config === undefined ? { error: ERROR_SERVICE_DOES_NOT_EXIST } : { value: config };
  }

  EnumServicesStatus(): ServiceStatus[] {
    for (const { name } of this.#database.configs()) this.#reap(name);
    return this.#database.configs().map((config) => this.#statusOf(config));
  }

  #find(name: string): ServiceConfig | undefined {
    this.#reap(name);
    return this.#database.config(name);
  }

  /** Removes a service that was deleted while it ran and has stopped since. */
  #reap(name: string): void {
    const config = this.#database.config(name);
    if (config === undefined || !this.#database.isDeletePending(name) || this.#stateOf(config) !== "STOPPED") return;
    this.#database.remove(name);
    this.#exitCodes.delete(registryNameKey(name));
  }

  #isStarting(config: ServiceConfig): boolean {
    return this.#starting.has(registryNameKey(config.name));
  }

  #stateOf(config: ServiceConfig): ServiceState {
    if (this.#isStarting(config)) return "START_PENDING";
    const state = this.drivers.driverState(servicePath(config.name));
    if (state === "loaded") return "RUNNING";
    return state === "unloading" ? "STOP_PENDING" : "STOPPED";
  }

  #statusOf(config: ServiceConfig): ServiceStatus {
    const state = this.#stateOf(config);
    const exitCode = this.#exitCodes.get(registryNameKey(config.name)) ?? ERROR_SERVICE_NEVER_STARTED;
    return {
      name: config.name,
      displayName: config.displayName,
      type: config.type,
      state,
      controlsAccepted: state === "RUNNING" ? ACCEPT_STOP : 0,
      win32ExitCode: state === "STOPPED" ? exitCode : ERROR_SUCCESS,
      deletePending: this.#database.isDeletePending(config.name),
    };
  }
}
