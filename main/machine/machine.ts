/**
 * The port: what NtScope asks of a machine, whether it is the built-in kernel model, this Windows
 * machine, a Wine prefix, an agent or a snapshot. All values are structured-cloneable, all calls are
 * asynchronous, and every failure is a value, so that the same calls run in this process, over a
 * MessagePort or over a socket.
 *
 * Paths are raw: UTF-16 code units exactly as the object manager holds them (NULs, lone surrogates and
 * control characters included). Shown text is made from them by the reader, never the other way round.
 */
import type { ClientIdentity, ClientToken } from "./clientToken";
import type { DeviceStack } from "./deviceStack";
import type { DriverObject } from "./driverObject";
import type { FieldSection } from "./fieldValue";
import type { IrpDetail, IrpRows, IrpRowsQuery, IrpTraceState } from "./irpTrace";
import type { LiveIrp } from "./liveIrp";
import type { PoolBlockList, PoolTagUsage } from "./poolUse";
import type { ProgramEvent, ProgramInfo, ProgramOutput, RunProgramRequest } from "./programs";
import type { Field, Result } from "./result";
import type { ClockCommand, ClockState, ProcessInfo, WaitGraph } from "./threads";

export interface Disposable {
  dispose(): void;
}

export type MachineKind = "model" | "local" | "wine" | "agent" | "snapshot";

export interface MachineInfo {
  kind: MachineKind;
  /** For the title bar and status bar: "Model kernel", "This computer"... */
  name: string;
  /** What it presents itself as: "Windows 10 22H2 (10.0.19045)". */
  system: string;
  /** Whether the machine can do a thing at all; the window hides what cannot be done and says why. */
  capabilities: MachineCapability[];
  state: MachineState;
  /** A real machine's: whether NtScope runs with an administrator's token there; left out where that means nothing. */
  elevation?: { isElevated: boolean; message: string };
}

export type MachineCapability =
  | "services"
  | "openDevices"
  | "structures"
  | "pool"
  | "debugFilter"
  | "restart"
  | "handles"
  /** The own process can act as somebody else: `setClientToken`. */
  | "runAs"
  | "irpTrace"
  | "programs"
  | "threads"
  | "clock";

export type MachineState =
  | { kind: "running" }
  | { kind: "bugchecked"; bugcheck: Bugcheck }
  /** `retryIn`: milliseconds until the next attempt, where there is to be one. */
  | { kind: "disconnected"; reason: string; retryIn?: number };

/** A stop of the machine in the words of a bugcheck screen. */
export interface Bugcheck {
  /** `0x00000044` */
  code: string;
  /** `MULTIPLE_IRP_COMPLETE_REQUESTS` */
  name: string;
  /** Four hex strings. */
  parameters: string[];
  /** The rule that was broken, as a sentence, with how to mend it. */
  rule: string;
  driver?: string;
  /** Routine names, innermost first: `example!dispatchDevice`. */
  stack: string[];
}

export interface DirectoryEntry {
  /** Raw name, one path component. */
  name: string;
  type: string;
  /** SymbolicLink: the target. Other types: what the type says of itself ("Notification event, signalled"). */
  detail?: Field<string>;
}

export interface DirectoryListing {
  path: string;
  /** In the object manager's own order (hash buckets), not alphabetical. */
  entries: DirectoryEntry[];
}

export interface ObjectInfo {
  path: string;
  name: string;
  type: string;
  sections: FieldSection[];
  /** Set when asking `open` sent IRP_MJ_CREATE to a driver: what came back. */
  opened?: Result<IoResult>;
}

/** One step of a path's resolution. */
export interface ResolveHop {
  /** The component looked up in this step; in a step that is no look-up, what it was: `access check`, `IRP_MJ_CREATE`. */
  component: string;
  /** Raw path of the object it was looked up in. */
  within: string;
  /** Type of the object found, when one was. */
  type?: string;
  /** A link's target: the search restarts there. */
  linkTarget?: string;
  /** What remains to be parsed after this step, with its leading `\`. */
  remaining: string;
  status: NtStatusText;
  /** A sentence when something is to be told: "not found in \\Device". */
  note?: string;
  /** No look-up: the last step of an open that failed behind it. */
  isRefusal?: true;
}

export interface Resolution {
  /** The NT path that was searched (a DOS path is converted first). */
  path: string;
  hops: ResolveHop[];
  status: NtStatusText;
  /** Raw path of the object reached, and its type, when the search succeeded. */
  reached?: { path: string; type: string };
}

export interface NtStatusText {
  /** `0x00000000` */
  status: string;
  name: string;
  message: string;
}

export interface FindQuery {
  /** `*` and `?` wildcards when present, else a substring; without case. Matched against the name, and against the path when it holds `\`. */
  pattern: string;
  type?: string;
  /** Raw path to search below; the root when left out. */
  within?: string;
  /** Stop after this many (the answer says so). */
  limit: number;
}

export interface FindMatch {
  path: string;
  type: string;
  detail?: string;
}

export interface FindAnswer {
  matches: FindMatch[];
  /** True when `limit` cut the search short. */
  truncated: boolean;
  /** Directories that could not be listed, each with why. */
  unreadable: { path: string; error: import("./result").StatusError }[];
}

export type Access = "r" | "w" | "rw" | "0";

export interface OpenRequest {
  /** DOS path (`\\.\X`, `C:\x`) or NT path. */
  path: string;
  access: Access;
  /**
   * FILE_FLAG_OVERLAPPED: requests on the handle do not wait for each other. Left out, the machine's own way: the model
   * opens as CreateFile does, and a second request waits for the first; real machines open overlapped always.
   */
  overlapped?: boolean;
}

export interface OpenedHandle {
  /** The machine's own number for it; names such as `h1` are the shell's. */
  handle: number;
  path: string;
  /** The NT path the request went to. */
  ntPath: string;
  grantedAccess: string[];
  result: IoResult;
}

export interface ControlRequest {
  /** The whole control code, 32 bits: device type, access, function and method (CTL_CODE). */
  code: number;
  input: Uint8Array;
  /** Bytes of the output buffer. */
  outputLength: number;
  /**
   * What the output buffer holds before: METHOD_IN_DIRECT lets a driver read it. Zeros where left out; at most
   * `outputLength` bytes.
   */
  output?: Uint8Array;
}

/** What one request to a device answered. */
export interface IoResult {
  status: NtStatusText;
  /** IoStatus.Information: for reads and writes the bytes moved. */
  information: number;
  /** Reads: the bytes, `information` of them. */
  data?: Uint8Array;
  /** Milliseconds between issuing the request and its completion. */
  duration: number;
}

export type HandleScope = "own" | "all";

export interface HandleInfo {
  handle: number;
  type: string;
  /** Raw path of the object; empty for an unnamed one, and where asking for the name could hang. */
  path: string;
  access: string;
  process: string;
  processId: number;
  /** `inherit`, `protect`, `audit`; left out where the machine does not tell. */
  attributes?: string[];
}

/** A request that a driver holds. The window lists those that stay open and offers to cancel. */
export interface PendingRequest {
  /** The IRP's address; on a real machine, which does not tell it, that of the request's IO_STATUS_BLOCK. */
  irp: string;
  operation: string;
  device: string;
  driver: string;
  /** Unix ms when it was issued. */
  since: number;
}

export type ServiceState = "STOPPED" | "START_PENDING" | "STOP_PENDING" | "RUNNING";
export type ServiceStartType = "boot" | "system" | "auto" | "demand" | "disabled";
export type ServiceType = "kernel" | "filesys" | "rec";

export interface ServiceInfo {
  name: string;
  displayName: string;
  type: ServiceType;
  start: ServiceStartType;
  state: ServiceState;
  binPath: string;
  /** Win32 exit code of the last stop or failed start; 1077 (never started) at first. */
  exitCode: number;
  /** `sc delete` while it ran: it goes when it stops. */
  markedForDelete: boolean;
}

export interface CreateServiceRequest {
  name: string;
  binPath: string;
  type: ServiceType;
  start?: ServiceStartType;
  displayName?: string;
}

export interface DriverSummary {
  name: string;
  /** Raw path of the driver object; where the machine does not tell it, that of the image's file. */
  path: string;
  /** Start address of the image, in hex, empty where the machine hides it; and its size in bytes. */
  start: string;
  size: number;
  devices: string[];
  service: string;
  /** Whether it can be unloaded; left out where the machine does not tell. */
  unload?: boolean;
}

export interface DeviceSummary {
  /** Raw path, or empty for an unnamed device. */
  path: string;
  address: string;
  driver: string;
  deviceType: string;
  stackSize: number;
  /** Devices attached above, lowest first. */
  attached: { address: string; driver: string; path: string }[];
  /** Raw paths of symbolic links that lead here. */
  links: string[];
}

export interface DebugFilterComponent {
  id: number;
  /** `DEFAULT`, `IHVDRIVER`... */
  name: string;
  /** The mask's bits as a number: bit 0 error, 1 warning, 2 trace, 3 info. */
  mask: number;
  /** Messages that the mask held back since the machine started; 0 where nobody counts them. */
  dropped: number;
  /** The mask that the machine boots with, where one is set. */
  bootMask?: number;
}

export interface StructureField {
  /** Bytes from the structure's start. */
  offset: number;
  name: string;
  type: string;
  meaning: string;
  /** Present when an address was given. */
  value?: Field<import("./fieldValue").FieldValue>;
}

export interface StructureDump {
  type: string;
  size: number;
  address?: string;
  fields: StructureField[];
}

export type MachineChange =
  | { kind: "namespaceChanged"; directories: string[] }
  | { kind: "servicesChanged" }
  | { kind: "stateChanged"; state: MachineState }
  | { kind: "pendingChanged"; pending: PendingRequest[] }
  /** At most 10 times a second, and once after the last change. */
  | { kind: "traceChanged"; state: IrpTraceState }
  /** A thread came, went, waits or goes on. At most 10 a second. */
  | { kind: "threadsChanged" }
  | { kind: "clockChanged"; state: ClockState }
  /** Handles were made or closed, in any process; real machines tell nobody. */
  | { kind: "handlesChanged" }
  /** Something NT leaves undefined and that NtScope tells: a leaked device, PENDING without IoMarkIrpPending... */
  | { kind: "report"; report: MachineReport };

export type MachineEvent = MachineChange | ProgramEvent;

export interface MachineReport {
  severity: "warning" | "error";
  driver: string;
  routine: string;
  rule: string;
  mend: string;
}

export interface Machine extends Disposable {
  info(): Promise<MachineInfo>;
  onDidChange(listener: (event: MachineEvent) => void): Disposable;

  list(path: string, signal?: AbortSignal): Promise<Result<DirectoryListing>>;
  /** Names of the directories in a directory, in any order: what a tree shows first, so it should come soon. */
  directories(path: string, signal?: AbortSignal): Promise<Result<string[]>>;
  /** Opens nothing but directories and links unless `open` is set: then a device gets IRP_MJ_CREATE, CLEANUP and CLOSE. */
  describe(path: string, options: { open: boolean }, signal?: AbortSignal): Promise<Result<ObjectInfo>>;
  resolve(path: string): Promise<Result<Resolution>>;
  find(query: FindQuery, signal?: AbortSignal): Promise<Result<FindAnswer>>;

  open(request: OpenRequest, signal?: AbortSignal): Promise<Result<OpenedHandle>>;
  /** `offset` in bytes; left out, the file object's current position (synchronous handle). */
  read(handle: number, length: number, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>>;
  write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>>;
  /** DeviceIoControl. The answer's `data` are the output buffer's first `information` bytes, where there are any. */
  control(handle: number, request: ControlRequest, signal?: AbortSignal): Promise<Result<IoResult>>;
  close(handle: number): Promise<Result<void>>;
  /** NtScope's own on the machine; those of every process where the machine can tell them. */
  handles(scope: HandleScope): Promise<Result<HandleInfo[]>>;
  pending(): Promise<PendingRequest[]>;

  services(): Promise<Result<ServiceInfo[]>>;
  queryService(name: string): Promise<Result<ServiceInfo>>;
  createService(request: CreateServiceRequest): Promise<Result<ServiceInfo>>;
  /** The signal gives up waiting for a turn while the clock is paused; a start that has begun is not given up. */
  startService(name: string, signal?: AbortSignal): Promise<Result<ServiceInfo>>;
  stopService(name: string, signal?: AbortSignal): Promise<Result<ServiceInfo>>;
  deleteService(name: string): Promise<Result<void>>;
  /** What `binPath=` may name besides files: `builtin:example`, each with a sentence. */
  builtinDrivers(): Promise<{ binPath: string; description: string }[]>;

  /** What {@link runProgram} may name. */
  programs(): Promise<Result<ProgramInfo[]>>;
  /** Starts a program in a process of its own, and waits for nothing. */
  runProgram(request: RunProgramRequest): Promise<Result<{ processId: number }>>;
  /** A line of standard input, without its end; left out, the end of the input (Ctrl+Z). Waits for nothing. */
  programInput(processId: number, line?: string): Promise<Result<void>>;
  /**
   * What it wrote from `from` on, in UTF-16 code units since its start, also for some time after its end.
   * @param wait first, until it waits for input or has ended
   */
  programOutput(
    processId: number,
    from: number,
    options: { wait: boolean },
    signal?: AbortSignal,
  ): Promise<Result<ProgramOutput>>;
  /** Ctrl+C: its threads end, its handles are closed. A driver that keeps a request keeps the process. */
  programKill(processId: number): Promise<Result<void>>;
  processes(): Promise<Result<ProcessInfo[]>>;

  drivers(): Promise<Result<DriverSummary[]>>;
  devices(): Promise<Result<DeviceSummary[]>>;

  debugFilter(): Promise<Result<DebugFilterComponent[]>>;
  /** `level` 0..31 or a mask as DbgPrintEx takes it; `component` a DPFLTR id, 0xFFFFFFFF for the WIN2000 mask. */
  setDebugFilter(component: number, level: number, on: boolean): Promise<Result<void>>;
  /** The mask of the next boot; that of the running system stays. */
  setBootDebugFilter(component: number, mask: number): Promise<Result<void>>;

  /** `where`: an address in hex, or the raw path of an object; left out, the layout alone. */
  structure(type: string, where?: string): Promise<Result<StructureDump>>;
  pool(tag?: string): Promise<Result<PoolTagUsage[]>>;
  /** The blocks in use; the tag as in {@link pool}. */
  poolBlocks(tag?: string): Promise<Result<PoolBlockList>>;
  /** As whom the own process acts; with capability `runAs`. */
  clientToken(): Promise<Result<ClientIdentity>>;
  /** From the next open on; what is open stays open. A restart makes it an administrator again. */
  setClientToken(token: ClientToken): Promise<Result<ClientIdentity>>;
  /** `address`: in hex, as `pending` and the trace tell it. */
  irp(address: string): Promise<Result<LiveIrp>>;
  /** Of the device at a path (links are followed) or at an address in hex. */
  deviceStack(where: string): Promise<Result<DeviceStack>>;
  /** `name`: `Example`, `\Driver\Example` or an address in hex. */
  driverObject(name: string): Promise<Result<DriverObject>>;

  traceState(): Promise<Result<IrpTraceState>>;
  /** At most 5,000 rows an answer. */
  traceRows(query: IrpRowsQuery, signal?: AbortSignal): Promise<Result<IrpRows>>;
  traceIrp(number: number): Promise<Result<IrpDetail>>;
  /** Off: no IRP is added; those under way are followed to their end. */
  setTraceRecording(on: boolean): Promise<Result<void>>;
  /** Forgets what was recorded; numbers go on. */
  clearTrace(): Promise<Result<void>>;
  /** The threads of all processes, and who waits for what that whom holds. */
  waitGraph(): Promise<Result<WaitGraph>>;
  clock(): Promise<Result<ClockState>>;
  /** While the clock is paused, opens, reads, writes, controls, closes, service starts and stops wait for their turn. */
  setClock(command: ClockCommand): Promise<Result<ClockState>>;
  /** Boots the machine anew; handles, services made since the boot and pending requests are gone. */
  restart(): Promise<Result<void>>;
}
