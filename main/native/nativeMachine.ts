/**
 * The Windows (or Wine) that NtScope itself runs on, as a Machine: the system calls of native-bindings/koffi behind the
 * port. Listing opens nothing but directories and links.
 */
import path from "node:path";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { nativeFunction } from "../../native-bindings/koffi/library";
import { RtlGetVersion } from "../../native-bindings/koffi/ntdll";
import { parseUserPath } from "../machine/dosPath";
import { failedField, section } from "../machine/fieldValues";
import type {
  ControlRequest,
  CreateServiceRequest,
  DirectoryEntry,
  DirectoryListing,
  Disposable,
  FindAnswer,
  FindQuery,
  HandleScope,
  Machine,
  MachineEvent,
  MachineInfo,
  ObjectInfo,
  OpenRequest,
} from "../machine/machine";
import { compileSearchPattern } from "../machine/namePattern";
import { joinPath, ROOT_PATH } from "../machine/ntPath";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { openDeviceCalls } from "./deviceCalls";
import { GuardedQueries } from "./guardedQueries";
import { NativeDebugFilter } from "./nativeDebugFilter";
import { describeNative, describeSecurity, typeOf } from "./nativeDescribe";
import { readDirectory } from "./nativeDirectory";
import { NativeFiles } from "./nativeFiles";
import { readLink, resolveNative } from "./nativeLinks";
import { NativeServices } from "./nativeServices";
import { readAllHandles, readDrivers } from "./nativeSystem";
import { elevation } from "./processToken";
import { endDespiteHungThreads, startQueryThread } from "./queryThread";

/** OSVERSIONINFOEXW (winnt.h), in bytes. */
const VERSION_BYTES = 0x11c;

const debugFilter = ["debugFilter"] as const;

export class NativeMachine implements Machine {
  readonly #listeners = new Set<(event: MachineEvent) => void>();
  readonly #deviceCalls: ReturnType<typeof openDeviceCalls>;
  readonly #files: NativeFiles;
  readonly #services: NativeServices;
  readonly #debugFilter = new NativeDebugFilter();
  readonly #queries: GuardedQueries;

  /** `programFolder`: where this program's built files lie. */
  constructor(programFolder: string) {
    this.#deviceCalls = openDeviceCalls(path.join(programFolder, "callWorker.js"));
    this.#files = new NativeFiles(this.#deviceCalls.call, (pending) => this.#emit({ kind: "pendingChanged", pending }));
    this.#services = new NativeServices(path.join(programFolder, "serviceWorker.js"));
    const script = path.join(programFolder, "queryWorker.js");
    this.#queries = new GuardedQueries(() => startQueryThread(script), endDespiteHungThreads);
  }

  async info(): Promise<MachineInfo> {
    const isWine = runsInWine();
    const elevated = elevation();
    return {
      kind: isWine ? "wine" : "local",
      name: isWine ? "Wine prefix" : "This computer",
      system: systemVersion(),
      capabilities: ["services", "openDevices", "handles", ...(this.#debugFilter.isThere ? debugFilter : [])],
      state: { kind: "running" },
      ...(elevated === undefined ? {} : { elevation: elevated }),
    };
  }

  onDidChange(listener: (event: MachineEvent) => void): Disposable {
    const entry = (event: MachineEvent) => listener(event);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  }

  async list(path: string): Promise<Result<DirectoryListing>> {
    const directory = directoryOf(path);
    if (!directory.ok) return directory;
    const listed = readDirectory(directory.value);
    if (!listed.ok) return listed;
    const entries = listed.value.map(({ name, type }): DirectoryEntry => {
      if (type !== "SymbolicLink") return { name, type };
      const target = readLink(joinPath(directory.value, name));
      return { name, type, detail: target.ok ? { value: target.value } : { error: target.error } };
    });
    return ok({ path: directory.value, entries });
  }

  async directories(path: string): Promise<Result<string[]>> {
    const directory = directoryOf(path);
    const listed = directory.ok ? readDirectory(directory.value) : directory;
    return listed.ok ? ok(listed.value.flatMap(({ name, type }) => (type === "Directory" ? [name] : []))) : listed;
  }

  async describe(name: string, options: { open: boolean }, signal?: AbortSignal): Promise<Result<ObjectInfo>> {
    const parsed = parseUserPath(name);
    if (!parsed.ok) return parsed;
    const { ntPath } = parsed.value;
    const { ask } = this.#queries;
    const described = await describeNative(ntPath, ask);
    if (!described.ok || !options.open || described.value.type !== "Device") return described;
    const { value } = described;
    const whileOpen = async (handle: bigint) => ({
      device: await ask<"device">({ kind: "device", handle }),
      security: await ask<"handleSecurity">({ kind: "handleSecurity", handle }),
    });
    const probed = await this.#files.probe(ntPath, whileOpen, signal);
    if (!probed.ok) return ok({ ...value, opened: probed });
    const { device, security } = probed.value.value;
    const fields = device.ok ? device.value : [failedField("deviceType", "Device type", device.error)];
    const sections = [section("device", "Device", fields), await describeSecurity(value.type, security, ask)];
    return ok({ ...value, sections: [...value.sections, ...sections], opened: ok(probed.value.result) });
  }

  async resolve(path: string) {
    const parsed = parseUserPath(path);
    return parsed.ok ? ok(resolveNative(parsed.value.ntPath)) : parsed;
  }

  /** A directory a turn of the loop, so that other questions are answered meanwhile. */
  async find(query: FindQuery, signal?: AbortSignal): Promise<Result<FindAnswer>> {
    const start = query.within === undefined ? ok({ ntPath: ROOT_PATH }) : parseUserPath(query.within);
    if (!start.ok) return start;
    const isMatch = compileSearchPattern(query.pattern);
    const type = query.type?.toLowerCase();
    const answer: FindAnswer = { matches: [], truncated: false, unreadable: [] };
    const waiting = [start.value.ntPath];
    for (let directory = waiting.shift(); directory !== undefined; directory = waiting.shift()) {
      const listed = await this.list(directory);
      if (!listed.ok) {
        answer.unreadable.push({ path: directory, error: listed.error });
        continue;
      }
      for (const entry of listed.value.entries) {
        const path = joinPath(directory, entry.name);
        if (entry.type === "Directory") waiting.push(path);
        if ((type !== undefined && entry.type.toLowerCase() !== type) || !isMatch(entry.name, path)) continue;
        if (answer.matches.length === query.limit) return ok({ ...answer, truncated: true });
        const detail = entry.detail && "value" in entry.detail ? { detail: entry.detail.value } : {};
        answer.matches.push({ path, type: entry.type, ...detail });
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (signal?.aborted) return fail(ntscopeError("cancelled", "The search was given up."));
    }
    return ok(answer);
  }

  open(request: OpenRequest, signal?: AbortSignal) {
    return this.#files.open(request, signal);
  }

  read(handle: number, length: number, offset?: number, signal?: AbortSignal) {
    return this.#files.read(handle, length, offset, signal);
  }

  write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal) {
    return this.#files.write(handle, data, offset, signal);
  }

  control(handle: number, request: ControlRequest, signal?: AbortSignal) {
    return this.#files.control(handle, request, signal);
  }

  close(handle: number) {
    return this.#files.close(handle);
  }

  async handles(scope: HandleScope) {
    return scope === "own" ? ok(this.#files.handles()) : readAllHandles((handle) => this.#files.pathOf(handle));
  }

  async pending() {
    return this.#files.pending();
  }

  async services() {
    return this.#services.list();
  }

  async queryService(name: string) {
    return this.#services.query(name);
  }

  async createService(request: CreateServiceRequest) {
    return this.#changed(this.#services.create(request));
  }

  async startService(name: string) {
    return this.#changed(await this.#services.start(name));
  }

  async stopService(name: string) {
    return this.#changed(await this.#services.stop(name));
  }

  async deleteService(name: string) {
    return this.#changed(this.#services.delete(name));
  }

  async builtinDrivers() {
    return [];
  }

  async programs() {
    return notHere("Programs that come with NtScope");
  }

  async runProgram() {
    return notHere("Programs that come with NtScope");
  }

  async programInput() {
    return notHere("Programs that come with NtScope");
  }

  async programOutput() {
    return notHere("Programs that come with NtScope");
  }

  async programKill() {
    return notHere("Programs that come with NtScope");
  }

  async processes() {
    return notHere("The processes");
  }

  drivers() {
    return readDrivers();
  }

  async devices() {
    return notHere("The device objects");
  }

  async debugFilter() {
    return this.#debugFilter.read();
  }

  async setDebugFilter(component: number, level: number, on: boolean) {
    return this.#debugFilter.set(component, level, on);
  }

  async setBootDebugFilter(component: number, mask: number) {
    return this.#debugFilter.setBoot(component, mask);
  }

  async structure() {
    return notHere("Structures in kernel memory");
  }

  async pool() {
    return notHere("The pool");
  }

  async poolBlocks() {
    return notHere("The pool");
  }

  async clientToken() {
    return notHere("Acting as somebody else");
  }

  async setClientToken() {
    return notHere("Acting as somebody else");
  }

  async waitGraph() {
    return notHere("What threads wait for");
  }

  async clock() {
    return notHere("A clock that can be stopped");
  }

  async setClock() {
    return notHere("A clock that can be stopped");
  }

  async restart() {
    return notHere("A restart");
  }

  irp = async () => notHere("IRPs under way");
  deviceStack = async () => notHere("The device objects");
  driverObject = async () => notHere("The driver objects");
  traceState = noTrace;
  traceRows = noTrace;
  traceIrp = noTrace;
  setTraceRecording = noTrace;
  clearTrace = noTrace;

  dispose(): void {
    this.#listeners.clear();
    this.#queries.dispose();
    this.#files.dispose();
    this.#deviceCalls.dispose();
    this.#services.dispose();
  }

  /** Nothing on a real machine tells of new devices and links; after what we did ourselves they are likely. */
  #changed<T>(result: Result<T>): Result<T> {
    const directories = [ROOT_PATH, "\\Device", "\\Driver", "\\??", "\\GLOBAL??"];
    this.#emit({ kind: "servicesChanged" });
    this.#emit({ kind: "namespaceChanged", directories });
    return result;
  }

  #emit(event: MachineEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** A link to a directory stands for that directory. */
function directoryOf(path: string): Result<string> {
  const parsed = parseUserPath(path);
  if (!parsed.ok) return parsed;
  const { ntPath } = parsed.value;
  const type = ntPath === "\\??" ? ok("Directory") : typeOf(ntPath);
  if (!type.ok || type.value !== "SymbolicLink") return ok(ntPath);
  const { reached } = resolveNative(ntPath);
  return ok(reached?.path ?? ntPath);
}

async function noTrace() {
  return notHere("A trace of IRPs");
}

function notHere(what: string): { ok: false; error: import("../machine/result").StatusError } {
  return fail(ntscopeError("not-on-this-machine", `${what}: user mode cannot have that on a real machine.`));
}

function runsInWine(): boolean {
  try {
    nativeFunction("ntdll.dll", "void *wine_get_version()")();
    return true;
  } catch {
    // Windows has no such function.
    return false;
  }
}

function systemVersion(): string {
  const version = Buffer.alloc(VERSION_BYTES);
  version.writeUInt32LE(VERSION_BYTES, 0);
  if (!NT_SUCCESS(RtlGetVersion(version))) return "Windows";
  const [major, minor, build] = [4, 8, 12].map((offset) => version.readUInt32LE(offset));
  return `Windows ${major}.${minor}.${build}`;
}
