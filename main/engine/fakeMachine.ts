/** A machine for this folder's tests: its answers are set by hand, and reads wait until they are released or cancelled. */
import type {
  DebugFilterComponent,
  DirectoryEntry,
  Disposable,
  IoResult,
  Machine,
  MachineEvent,
  MachineInfo,
} from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";

export class FakeMachine implements Machine {
  entries = new Map<string, DirectoryEntry[]>([["\\", []]]);
  masks: DebugFilterComponent[] = [{ id: 101, name: "DEFAULT", mask: 8, dropped: 0 }];
  disposed = false;
  readonly calls: unknown[][] = [];
  /** Ends the read that waits, with these bytes. */
  completeRead: ((data: Uint8Array) => void) | undefined;
  private readonly listeners = new Set<(event: MachineEvent) => void>();

  emit(event: MachineEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  onDidChange(listener: (event: MachineEvent) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  async info(): Promise<MachineInfo> {
    return { kind: "model", name: "Fake", system: "none", capabilities: [], state: { kind: "running" } };
  }

  async list(path: string) {
    const entries = this.entries.get(path);
    return entries ? ok({ path, entries }) : notFound(path);
  }

  async directories(path: string) {
    const entries = this.entries.get(path);
    return entries ? ok(entries.flatMap(({ name, type }) => (type === "Directory" ? [name] : []))) : notFound(path);
  }

  read(handle: number, length: number, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    this.calls.push(["read", handle, length, offset]);
    return new Promise((resolve) => {
      this.completeRead = (data) => resolve(ok(ioResult("0x00000000", "STATUS_SUCCESS", data)));
      signal?.addEventListener("abort", () => resolve(ok(ioResult("0xC0000120", "STATUS_CANCELLED"))));
    });
  }

  async write(handle: number, data: Uint8Array, offset?: number) {
    this.calls.push(["write", handle, [...data], offset]);
    return ok(ioResult("0x00000000", "STATUS_SUCCESS"));
  }

  async debugFilter() {
    return ok(this.masks);
  }

  async restart() {
    return ok(undefined);
  }

  async startService(name: string): Promise<never> {
    throw new Error(`a fault at ${name}`);
  }

  dispose(): void {
    this.disposed = true;
  }

  control = () => this.unsupported();
  describe = () => this.unsupported();
  resolve = () => this.unsupported();
  find = () => this.unsupported();
  open = () => this.unsupported();
  close = () => this.unsupported();
  handles = () => this.unsupported();
  pending = async () => [];
  services = () => this.unsupported();
  queryService = () => this.unsupported();
  createService = () => this.unsupported();
  stopService = () => this.unsupported();
  deleteService = () => this.unsupported();
  builtinDrivers = async () => [];
  programs = () => this.unsupported();
  runProgram = () => this.unsupported();
  programInput = () => this.unsupported();
  programOutput = () => this.unsupported();
  programKill = () => this.unsupported();
  processes = () => this.unsupported();
  drivers = () => this.unsupported();
  devices = () => this.unsupported();
  setDebugFilter = () => this.unsupported();
  clientToken = () => this.unsupported();
  setClientToken = () => this.unsupported();
  setBootDebugFilter = () => this.unsupported();
  structure = () => this.unsupported();
  pool = () => this.unsupported();
  poolBlocks = () => this.unsupported();
  irp = () => this.unsupported();
  deviceStack = () => this.unsupported();
  driverObject = () => this.unsupported();
  traceState = () => this.unsupported();
  traceRows = () => this.unsupported();
  traceIrp = () => this.unsupported();
  setTraceRecording = () => this.unsupported();
  clearTrace = () => this.unsupported();
  waitGraph = () => this.unsupported();
  clock = () => this.unsupported();
  setClock = () => this.unsupported();

  private async unsupported() {
    return fail(ntscopeError("unsupported", "The fake machine cannot do this."));
  }
}

function ioResult(status: string, name: string, data?: Uint8Array): IoResult {
  const base = { status: { status, name, message: "" }, information: data?.byteLength ?? 0, duration: 0 };
  return data ? { ...base, data } : base;
}

function notFound(path: string) {
  return fail({
    domain: "nt" as const,
    code: 0xc0000034,
    status: "0xC0000034",
    name: "STATUS_OBJECT_NAME_NOT_FOUND",
    message: `${path} was not found.`,
  });
}
