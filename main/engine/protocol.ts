/**
 * What an engine answers: verbs (request and response) and events. The same protocol runs in the CLI's own
 * process, over a MessagePort to the window, and over a socket to an agent. Every verb answers a
 * `Result`, so that a lost engine looks like any other failure to its caller.
 */
import type { LogRule } from "../log/logRule";
import type { LogFormat, LogRows, LogState, LogViewState } from "../log/logState";
import type { ClientIdentity, ClientToken } from "../machine/clientToken";
import type { DeviceStack } from "../machine/deviceStack";
import type { DriverObject } from "../machine/driverObject";
import type { IrpDetail, IrpFilter, IrpRows, IrpRowsQuery, IrpTraceState } from "../machine/irpTrace";
import type { LiveIrp } from "../machine/liveIrp";
import type {
  Bugcheck,
  ControlRequest,
  CreateServiceRequest,
  DebugFilterComponent,
  DeviceSummary,
  DirectoryEntry,
  DirectoryListing,
  DriverSummary,
  FindAnswer,
  FindQuery,
  HandleInfo,
  HandleScope,
  IoResult,
  MachineChange,
  MachineInfo,
  ObjectInfo,
  OpenedHandle,
  OpenRequest,
  PendingRequest,
  Resolution,
  ServiceInfo,
  StructureDump,
} from "../machine/machine";
import type { PoolBlockList, PoolTagUsage } from "../machine/poolUse";
import type { ProgramEvent, ProgramInfo, ProgramOutput, RunProgramRequest } from "../machine/programs";
import type { Result } from "../machine/result";
import type { ClockCommand, ClockState, ProcessInfo, WaitGraph } from "../machine/threads";
import type { SourceHealth } from "../sources/source";

export type { LogFormat, LogRows, LogState, LogViewState };

/** Columns a listing can be sorted by. */
export type ListingColumn = "name" | "type" | "detail";

export interface ListingArrangement {
  /** Left out: the object manager's own order. */
  sort?: { column: ListingColumn; descending: boolean };
  /** Quick filter: `*` and `?` wildcards when present, else a substring, without case, over all columns. */
  filter?: string;
}

/** A directory's entries held by the engine, so that a page of 100,000 rows costs the window only the rows it shows. */
export interface ListingState {
  listing: number;
  /** Entries in the directory. */
  total: number;
  /** Entries that pass the filter. */
  count: number;
  /** Names that came and went since the listing was last opened or refreshed (at most 1,000 each). */
  added: string[];
  removed: string[];
}

/** Where log records come from, and how it stands with it. */
export interface SourceInfo {
  /** For `sources.remove`; never used again in this engine. */
  id: number;
  /** `dbwin`, `kd tcp:127.0.0.1:5000`... */
  name: string;
  /** False for those that belong to the machine. */
  isRemovable: boolean;
  health: SourceHealth;
}

/** verb -> [parameters, answer]. */
export interface EngineVerbs {
  "machine.info": [Record<string, never>, MachineInfo];
  "machine.restart": [Record<string, never>, null];
  "client.get": [Record<string, never>, ClientIdentity];
  "client.set": [{ token: ClientToken }, ClientIdentity];
  "objects.list": [{ path: string }, DirectoryListing];
  /** Names of the directories in a directory, sorted as listings are by name. */
  "objects.directories": [{ path: string }, string[]];
  "objects.describe": [{ path: string; open: boolean }, ObjectInfo];
  "objects.resolve": [{ path: string }, Resolution];
  "objects.find": [FindQuery, FindAnswer];
  "listing.open": [{ path: string; arrangement: ListingArrangement }, ListingState];
  "listing.arrange": [{ listing: number; arrangement: ListingArrangement }, ListingState];
  "listing.refresh": [{ listing: number }, ListingState];
  "listing.rows": [{ listing: number; from: number; count: number }, DirectoryEntry[]];
  /** Row of the next name that starts with `prefix` (type-ahead) or equals `name`, from row `from` on, wrapping; -1 for none. */
  "listing.seek": [{ listing: number; from: number; prefix?: string; name?: string }, number];
  "listing.close": [{ listing: number }, null];
  "devices.open": [OpenRequest, OpenedHandle];
  "devices.read": [{ handle: number; length: number; offset?: number }, IoResult];
  "devices.write": [{ handle: number; data: Uint8Array; offset?: number }, IoResult];
  "devices.control": [{ handle: number } & ControlRequest, IoResult];
  "devices.close": [{ handle: number }, null];
  "devices.list": [Record<string, never>, DeviceSummary[]];
  "drivers.list": [Record<string, never>, DriverSummary[]];
  "drivers.builtin": [Record<string, never>, { binPath: string; description: string }[]];
  "programs.list": [Record<string, never>, ProgramInfo[]];
  "programs.run": [RunProgramRequest, { processId: number }];
  /** `line` without its end; left out, the end of the input. */
  "programs.input": [{ processId: number; line?: string }, null];
  /** From `from` on, in code units since its start. `wait`: first, until it waits for input or has ended. */
  "programs.output": [{ processId: number; from: number; wait: boolean }, ProgramOutput];
  "programs.kill": [{ processId: number }, null];
  "processes.list": [Record<string, never>, ProcessInfo[]];
  "handles.list": [{ scope: HandleScope }, HandleInfo[]];
  /** `address` in hex, as `requests.pending` and the trace tell it. */
  "requests.irp": [{ address: string }, LiveIrp];
  /** Of a device's path or address: its whole stack. */
  "devices.stack": [{ path: string }, DeviceStack];
  "drivers.object": [{ name: string }, DriverObject];
  "requests.pending": [Record<string, never>, PendingRequest[]];
  "services.list": [Record<string, never>, ServiceInfo[]];
  "services.query": [{ name: string }, ServiceInfo];
  "services.create": [CreateServiceRequest, ServiceInfo];
  "services.start": [{ name: string }, ServiceInfo];
  "services.stop": [{ name: string }, ServiceInfo];
  "services.delete": [{ name: string }, null];
  "debugFilter.get": [Record<string, never>, DebugFilterComponent[]];
  "debugFilter.set": [{ component: number; level: number; on: boolean }, null];
  "debugFilter.setBoot": [{ component: number; mask: number }, null];
  "sources.list": [Record<string, never>, SourceInfo[]];
  "sources.add": [{ spec: string }, SourceInfo];
  "sources.remove": [{ id: number }, null];
  "structures.dump": [{ type: string; where?: string }, StructureDump];
  "structures.names": [Record<string, never>, string[]];
  "pool.usage": [{ tag?: string }, PoolTagUsage[]];
  "pool.blocks": [{ tag?: string }, PoolBlockList];
  "trace.state": [Record<string, never>, IrpTraceState];
  "trace.rows": [IrpRowsQuery, IrpRows];
  "trace.irp": [{ number: number }, IrpDetail];
  "trace.record": [{ on: boolean }, null];
  "trace.clear": [Record<string, never>, null];
  /** Writes the IRPs that pass, each with its hops and steps, into a JSON file. */
  "trace.save": [{ path: string; filter: IrpFilter }, { irps: number; bytes: number }];
  "threads.graph": [Record<string, never>, WaitGraph];
  "clock.get": [Record<string, never>, ClockState];
  "clock.set": [ClockCommand, ClockState];
  "log.state": [Record<string, never>, LogState];
  "log.openView": [{ rules: LogRule[] }, LogViewState];
  "log.setRules": [{ view: number; rules: LogRule[] }, LogViewState];
  "log.closeView": [{ view: number }, null];
  "log.rows": [{ view: number; from: number; count: number }, LogRows];
  /** Row of the next match from `from` on (exclusive, wrapping), or -1. */
  "log.find": [
    { view: number; text: string; regex: boolean; matchCase: boolean; from: number; backwards: boolean },
    number,
  ];
  /** Row of the next bookmark from `from` on (exclusive, wrapping), or -1. */
  "log.findMark": [{ view: number; from: number; backwards: boolean }, number];
  /** Row at or after a sequence number. */
  "log.rowOf": [{ view: number; sequence: number }, number];
  /** Row of the first line that was printed for this IRP of the machine's trace, or -1. */
  "log.rowOfIrp": [{ view: number; irp: number }, number];
  /** Rows as text in a file format, for the clipboard (at most 100,000 rows a call). */
  "log.text": [{ view: number; from: number; count: number; format: LogFormat }, string];
  "log.save": [{ view: number; path: string; format: LogFormat }, { lines: number; bytes: number }];
  "log.mark": [{ view: number; row: number; on: boolean }, null];
  "log.comment": [{ text: string }, null];
  "log.capture": [{ on: boolean }, null];
  /** Takes printed text that still waits for its line end as lines, now. */
  "log.flush": [Record<string, never>, null];
  "log.clear": [Record<string, never>, null];
  /** 0 for no limit. */
  "log.history": [{ lines: number }, null];
}

export interface EngineEvents {
  machine: MachineChange;
  program: ProgramEvent;
  /** At most 20 times a second while lines arrive, and once after the last. */
  log: LogState;
  bugcheck: Bugcheck;
  /** At most 10 times a second while IRPs come and end, and once after the last. */
  trace: IrpTraceState;
  /** All of them, when one comes, goes or changes its health. */
  sources: SourceInfo[];
}

export type EngineVerb = keyof EngineVerbs;
export type EngineParams<K extends EngineVerb> = EngineVerbs[K][0];
export type EngineAnswer<K extends EngineVerb> = EngineVerbs[K][1];
export type EngineEvent = keyof EngineEvents;

/** One engine as its callers see it, wherever it runs. */
export interface EngineClient {
  call<K extends EngineVerb>(
    verb: K,
    params: EngineParams<K>,
    options?: { signal?: AbortSignal },
  ): Promise<Result<EngineAnswer<K>>>;
  on<E extends EngineEvent>(event: E, listener: (value: EngineEvents[E]) => void): { dispose(): void };
  dispose(): void;
}
