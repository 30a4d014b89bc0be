/**
 * What the service control manager keeps of a driver service and says of it.
 * Source: winsvc.h and "CreateServiceW", "SERVICE_STATUS" (Microsoft); the registry values under
 * `\Registry\Machine\System\CurrentControlSet\Services`.
 */

export const serviceTypes = {
  SERVICE_KERNEL_DRIVER: 0x1,
  SERVICE_FILE_SYSTEM_DRIVER: 0x2,
  SERVICE_ADAPTER: 0x4,
  SERVICE_RECOGNIZER_DRIVER: 0x8,
} as const;

export const startTypes = {
  SERVICE_BOOT_START: 0,
  SERVICE_SYSTEM_START: 1,
  SERVICE_AUTO_START: 2,
  SERVICE_DEMAND_START: 3,
  SERVICE_DISABLED: 4,
} as const;

/** What the system does when the driver fails to start at boot. */
export const errorControls = {
  SERVICE_ERROR_IGNORE: 0,
  SERVICE_ERROR_NORMAL: 1,
  SERVICE_ERROR_SEVERE: 2,
  SERVICE_ERROR_CRITICAL: 3,
} as const;

/** SERVICE_STATUS.dwCurrentState, by the names that sc.exe prints. */
export const serviceStates = { STOPPED: 1, START_PENDING: 2, STOP_PENDING: 3, RUNNING: 4 } as const;

export type ServiceState = keyof typeof serviceStates;

/** SERVICE_ACCEPT_STOP */
export const ACCEPT_STOP = 0x1;

export interface ServiceConfig {
  readonly name: string;
  readonly displayName: string;
  readonly type: number;
  readonly start: number;
  readonly errorControl: number;
  /** ImagePath as given: an NT or DOS path, `builtin:NAME`, or "" for the place where drivers are by default. */
  readonly binaryPath: string;
}

export interface NewService {
  readonly name: string;
  readonly displayName?: string;
  readonly type?: number;
  readonly start?: number;
  readonly errorControl?: number;
  readonly binaryPath?: string;
}

export interface ServiceStatus {
  readonly name: string;
  readonly displayName: string;
  readonly type: number;
  readonly state: ServiceState;
  /** SERVICE_ACCEPT_xxx bits */
  readonly controlsAccepted: number;
  /** Win32 error of the last attempt to start; ERROR_SERVICE_NEVER_STARTED before the first. */
  readonly win32ExitCode: number;
  /** DeleteService was called; the service goes when it has stopped. */
  readonly deletePending: boolean;
}
