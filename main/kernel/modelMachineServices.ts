/** Service control of the model machine, in the port's words. */
import { ERROR_PATH_NOT_FOUND } from "../../native-bindings/abi/win32/codes";
import { RtlNtStatusToDosError } from "../../native-bindings/abi/win32/fromNtStatus";
import { describeWin32Error } from "../../native-bindings/abi/win32/win32Error";
import type { CreateServiceRequest, ServiceInfo } from "../machine/machine";
import { fail, ntscopeError, ok, type Result, type StatusError } from "../machine/result";
import { nameOfNumber, serviceTypeNumbers, startTypeNumbers } from "../machine/serviceNumbers";
import { ntStatusText } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { builtinDrivers } from "./drivers/builtinDrivers";
import type { DriverFile, DriverFileFailure } from "./drivers/driverFile";
import { ntImagePath } from "./io/servicePaths";
import type { ModelMachineSession } from "./modelMachineSession";
import type { ServiceFailure, ServiceResult } from "./scm/serviceControl";
import type { ServiceConfig, ServiceStatus } from "./scm/serviceTypes";

function serviceInfo(config: ServiceConfig, status: ServiceStatus): ServiceInfo {
  return {
    name: config.name,
    displayName: config.displayName,
    type: nameOfNumber(serviceTypeNumbers, config.type, "kernel"),
    start: nameOfNumber(startTypeNumbers, config.start, "demand"),
    state: status.state,
    binPath: config.binaryPath,
    exitCode: status.win32ExitCode,
    markedForDelete: status.deletePending,
  };
}

/**
 * What the model can run, for those who named something else.
 * @param loadsFiles of this computer
 */
function whyNoImage(binPath: string, loadsFiles: boolean): string {
  const known = builtinDrivers.map(({ name }) => `builtin:${name}`).join(", ");
  return /^builtin:/i.test(binPath)
    ? `NtScope has no driver "${visibleText(binPath)}"; it has ${known}.`
    : `The model kernel has no file "${visibleText(binPath)}"; it runs ${
        loadsFiles ? "a .ts or .js file by its full path on this computer, and " : ""
      }the drivers that come with NtScope: ${known}.`;
}

/** The Win32 error as sc.exe prints it, with the NTSTATUS that it was made from. */
function failureText({ error, status }: ServiceFailure): StatusError {
  const { name, message } = describeWin32Error(error);
  const cause = status === undefined ? "" : ` The kernel answered ${ntStatusText(status).name}.`;
  return { domain: "win32", code: error, status: String(error), name, message: `${message}${cause}` };
}

export interface OfferedFile {
  readonly binPath: string;
  readonly file: DriverFile | DriverFileFailure;
}

export class ModelMachineServices {
  constructor(
    private readonly session: ModelMachineSession,
    private readonly loadsFiles: boolean,
  ) {}

  list(): Result<ServiceInfo[]> {
    const { scm } = this.session.kernel;
    return this.session.run(() =>
      scm.EnumServicesStatus().flatMap((status) => {
        const config = scm.QueryServiceConfig(status.name);
        return "value" in config ? [serviceInfo(config.value, status)] : [];
      }),
    );
  }

  query(name: string): Result<ServiceInfo> {
    return this.#call(() => this.#info(name));
  }

  create({ name, binPath, type, start, displayName }: CreateServiceRequest): Result<ServiceInfo> {
    const typeNumber = serviceTypeNumbers[type];
    const startNumber = startTypeNumbers[start ?? "demand"];
    if (typeNumber === undefined || startNumber === undefined) {
      return fail(
        ntscopeError("bad-service", "A service's type is kernel, filesys or rec; its start boot to disabled."),
      );
    }
    return this.#call(() => {
      const created = this.session.kernel.scm.CreateService({
        name,
        binaryPath: binPath,
        type: typeNumber,
        start: startNumber,
        ...(displayName === undefined ? {} : { displayName }),
      });
      return "value" in created ? this.#info(name) : created;
    });
  }

  /** What a service that could be started names as its image; undefined where nothing has to be read for it. */
  binPathOf(name: string): string | undefined {
    const service = this.query(name);
    return service.ok && service.value.state === "STOPPED" && service.value.binPath !== ""
      ? service.value.binPath
      : undefined;
  }

  /** @param offered the file that was read for the service, or why there is none */
  async start(name: string, signal?: AbortSignal, offered?: OfferedFile): Promise<Result<ServiceInfo>> {
    const withdraw = offered && this.session.offerDriverFile(ntImagePath(offered.binPath), offered.file);
    const started = await this.#wait(
      name,
      signal,
      () => this.session.kernel.scm.StartService(name),
      (after) => after,
    );
    withdraw?.();
    if (started.ok) return started;
    const why = this.#whyNoDriver(name, started.error, offered?.file);
    return why === undefined ? started : fail({ ...started.error, message: `${started.error.message} ${why}` });
  }

  #whyNoDriver(name: string, { code }: StatusError, file: OfferedFile["file"] | undefined): string | undefined {
    if (file !== undefined && "status" in file) {
      const isOfFile = code === ERROR_PATH_NOT_FOUND || code === RtlNtStatusToDosError(file.status);
      return isOfFile ? file.message : undefined;
    }
    const service = code === ERROR_PATH_NOT_FOUND ? this.query(name) : undefined;
    if (!service?.ok) return undefined;
    const { binPath } = service.value;
    // Windows' error is the same when the image is there and its DriverEntry missed something.
    const isThere = file !== undefined || this.session.hasImage(ntImagePath(binPath));
    return isThere ? "It is what the driver's own DriverEntry returned." : whyNoImage(binPath, this.loadsFiles);
  }

  async stop(name: string, signal?: AbortSignal): Promise<Result<ServiceInfo>> {
    const before = this.query(name);
    const { scm } = this.session.kernel;
    return this.#wait(
      name,
      signal,
      () => scm.StopService(name),
      (after, stopped) => {
        // A service that was marked for delete goes when it stops; what it was is the answer then.
        if ("value" in after || !before.ok) return after;
        return { value: { ...before.value, state: stopped.state, exitCode: stopped.win32ExitCode } };
      },
    );
  }

  delete(name: string): Result<void> {
    const deleted = this.#call(() => this.session.kernel.scm.DeleteService(name));
    return deleted.ok ? ok(undefined) : deleted;
  }

  #info(name: string): ServiceResult<ServiceInfo> {
    const { scm } = this.session.kernel;
    const config = scm.QueryServiceConfig(name);
    if (!("value" in config)) return config;
    const status = scm.QueryServiceStatus(name);
    return "value" in status ? { value: serviceInfo(config.value, status.value) } : status;
  }

  /** Until DriverEntry or DriverUnload has returned, whatever it waits for. */
  async #wait(
    name: string,
    signal: AbortSignal | undefined,
    action: () => ServiceResult<ServiceStatus>,
    conclude: (after: ServiceResult<ServiceInfo>, status: ServiceStatus) => ServiceResult<ServiceInfo>,
  ): Promise<Result<ServiceInfo>> {
    const { session } = this;
    // In one go: who waits must be known before the machine may end.
    const done = await session.turns.take(signal, () => {
      const begun = session.run(action);
      const later = begun.ok && "value" in begun.value ? begun.value.later : undefined;
      return later === undefined ? begun : session.outcome(later);
    });
    if (!done.ok) return done;
    return this.#call(() => ("value" in done.value ? conclude(this.#info(name), done.value.value) : done.value));
  }

  #call<T>(action: () => ServiceResult<T>): Result<T> {
    const result = this.session.run(action);
    if (!result.ok) return result;
    return "value" in result.value ? ok(result.value.value) : fail(failureText(result.value));
  }
}
