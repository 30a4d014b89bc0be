/** Service control by the real service control manager (winsvc.h), for driver services alone. Failures are Win32's. */
import { ERROR_INSUFFICIENT_BUFFER, ERROR_MORE_DATA } from "../../native-bindings/abi/win32/codes";
import {
  CloseServiceHandle,
  CreateServiceW,
  DeleteService,
  EnumServicesStatusExW,
  OpenSCManagerW,
  OpenServiceW,
  QueryServiceConfigW,
  QueryServiceStatus,
} from "../../native-bindings/koffi/advapi32";
import { addressOf } from "../../native-bindings/koffi/library";
import type { CreateServiceRequest, ServiceInfo } from "../machine/machine";
import { ok, type Result } from "../machine/result";
import { nameOfNumber, serviceStateNumbers, serviceTypeNumbers, startTypeNumbers } from "../machine/serviceNumbers";
import { type ServiceCall, ServiceThread } from "./serviceThread";
import { lastError, win32Failure } from "./win32Failure";

const SC_MANAGER_CONNECT = 0x1;
const SC_MANAGER_CREATE_SERVICE = 0x2;
const SC_MANAGER_ENUMERATE_SERVICE = 0x4;
const SERVICE_QUERY_CONFIG = 0x1;
const SERVICE_QUERY_STATUS = 0x4;
const SERVICE_START = 0x10;
const SERVICE_STOP = 0x20;
const DELETE = 0x1_0000;
const SERVICE_ERROR_NORMAL = 0x1;
/** SERVICE_DRIVER: kernel, file system and recognizer drivers. */
const SERVICE_DRIVER = 0xb;
const SERVICE_STATE_ALL = 0x3;

/** SERVICE_STATUS: seven u32. */
const STATUS_BYTES = 28;
/** QUERY_SERVICE_CONFIGW: the most that Windows says it needs. */
const CONFIG_BYTES = 8 * 1024;
/** ENUM_SERVICE_STATUS_PROCESSW: two pointers and nine u32, padded. */
const ENTRY_BYTES = 56;
const FIRST_LIST = 64 * 1024;
const LARGEST_LIST = 16 * 1024 * 1024;

/** UTF-16 with a NUL at its end; what follows a NUL within is not seen by Windows. */
function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}

function withManager<T>(access: number, use: (manager: bigint) => Result<T>): Result<T> {
  const manager = BigInt(OpenSCManagerW(null, null, SC_MANAGER_CONNECT | access));
  if (manager === 0n) return lastError();
  try {
    return use(manager);
  } finally {
    CloseServiceHandle(manager);
  }
}

/** The caller closes it. */
function openService(name: string, access: number): Result<bigint> {
  return withManager(0, (manager) => {
    const service = BigInt(OpenServiceW(manager, wide(name), access));
    return service === 0n ? lastError() : ok(service);
  });
}

function withService<T>(name: string, access: number, use: (service: bigint) => Result<T>): Result<T> {
  const opened = openService(name, access);
  if (!opened.ok) return opened;
  try {
    return use(opened.value);
  } finally {
    CloseServiceHandle(opened.value);
  }
}

/** A string that a structure in `buffer` points to, which lies in the same buffer and ends with a NUL. */
function pointedText(buffer: Buffer, offset: number): string {
  const start = Number(buffer.readBigUInt64LE(offset) - addressOf(buffer));
  if (start < 0 || start >= buffer.length) return "";
  let end = start;
  while (end + 1 < buffer.length && buffer.readUInt16LE(end) !== 0) end += 2;
  return buffer.toString("utf16le", start, end);
}

/** QUERY_SERVICE_CONFIGW and SERVICE_STATUS in the port's words. */
function serviceInfo(name: string, service: bigint): Result<ServiceInfo> {
  const config = Buffer.alloc(CONFIG_BYTES);
  if (QueryServiceConfigW(service, config, config.length, Buffer.alloc(4)) === 0) return lastError();
  const status = Buffer.alloc(STATUS_BYTES);
  if (QueryServiceStatus(service, status) === 0) return lastError();
  return ok({
    name,
    displayName: pointedText(config, 56),
    type: nameOfNumber(serviceTypeNumbers, config.readUInt32LE(0), "kernel"),
    start: nameOfNumber(startTypeNumbers, config.readUInt32LE(4), "demand"),
    state: nameOfNumber(serviceStateNumbers, status.readUInt32LE(4), "STOPPED"),
    binPath: pointedText(config, 16),
    exitCode: status.readUInt32LE(12),
    markedForDelete: false,
  });
}

export class NativeServices {
  readonly #thread: ServiceThread;

  /** `script`: the built serviceWorker.js. */
  constructor(script: string) {
    this.#thread = new ServiceThread(script);
  }

  query(name: string): Result<ServiceInfo> {
    return withService(name, SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS, (service) => serviceInfo(name, service));
  }

  list(): Result<ServiceInfo[]> {
    const names = withManager(SC_MANAGER_ENUMERATE_SERVICE, driverServices);
    if (!names.ok) return names;
    const services: ServiceInfo[] = [];
    for (const name of names.value) {
      const info = this.query(name);
      // Deleted since it was listed.
      if (info.ok) services.push(info.value);
    }
    return ok(services);
  }

  create({ name, binPath, type, start, displayName }: CreateServiceRequest): Result<ServiceInfo> {
    return withManager(SC_MANAGER_CREATE_SERVICE, (manager) => {
      const service = BigInt(
        CreateServiceW(
          manager,
          wide(name),
          wide(displayName ?? name),
          SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS,
          serviceTypeNumbers[type],
          startTypeNumbers[start ?? "demand"],
          SERVICE_ERROR_NORMAL,
          wide(binPath),
          null,
          null,
          null,
          null,
          null,
        ),
      );
      if (service === 0n) return lastError();
      try {
        return serviceInfo(name, service);
      } finally {
        CloseServiceHandle(service);
      }
    });
  }

  async start(name: string): Promise<Result<ServiceInfo>> {
    return this.#change("start", name, SERVICE_START);
  }

  async stop(name: string): Promise<Result<ServiceInfo>> {
    return this.#change("stop", name, SERVICE_STOP);
  }

  /** In a thread of its own: DriverEntry and DriverUnload take as long as they like. */
  async #change(action: ServiceCall["action"], name: string, access: number): Promise<Result<ServiceInfo>> {
    const opened = openService(name, access | SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS);
    if (!opened.ok) return opened;
    const service = opened.value;
    try {
      const error = await this.#thread.call(action, service);
      return error === 0 ? serviceInfo(name, service) : win32Failure(error);
    } finally {
      CloseServiceHandle(service);
    }
  }

  dispose(): void {
    this.#thread.dispose();
  }

  delete(name: string): Result<void> {
    return withService(name, DELETE, (service) => (DeleteService(service) === 0 ? lastError() : ok(undefined)));
  }
}

function driverServices(manager: bigint): Result<string[]> {
  for (let size = FIRST_LIST; size <= LARGEST_LIST; size *= 2) {
    const list = Buffer.alloc(size);
    const returned = Buffer.alloc(4);
    const resume = Buffer.alloc(4);
    const done = EnumServicesStatusExW(
      manager,
      0,
      SERVICE_DRIVER,
      SERVICE_STATE_ALL,
      list,
      size,
      Buffer.alloc(4),
      returned,
      resume,
      null,
    );
    if (done !== 0) {
      return ok(Array.from({ length: returned.readUInt32LE() }, (_, index) => pointedText(list, index * ENTRY_BYTES)));
    }
    const failure = lastError();
    if (failure.error.code !== ERROR_MORE_DATA && failure.error.code !== ERROR_INSUFFICIENT_BUFFER) return failure;
  }
  return win32Failure(ERROR_MORE_DATA);
}
