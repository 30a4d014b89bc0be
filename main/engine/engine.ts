/**
 * The engine: one machine, its log, and the verbs over both, served to any number of clients. The same object runs in
 * the window's engine process, in the command line's own process and in an agent.
 */
import type { Log } from "../log/log";
import type { LogRows } from "../log/logState";
import type { Scheduler } from "../log/scheduler";
import { buffersOf } from "../log/views/readRows";
import type { Disposable, Machine } from "../machine/machine";
import { latestWins } from "../rpc/eventQueue";
import { createInProcessPorts } from "../rpc/inProcessPorts";
import { createRpcClient } from "../rpc/rpcClient";
import type { RpcPort } from "../rpc/rpcPort";
import { RpcServer, type RpcService } from "../rpc/rpcServer";
import type { EngineParts } from "./engineParts";
import { EngineSession } from "./engineSession";
import { listingVerbs } from "./listingVerbs";
import { logVerbs } from "./logVerbs";
import { mergeMachineEvents } from "./machineEventMerge";
import { noteMachineEvent } from "./machineNotes";
import { machineVerbs } from "./machineVerbs";
import { MaskedPrints } from "./maskedPrints";
import { mergeProgramEvents } from "./programEventMerge";
import type { EngineClient, EngineEvents, EngineVerbs } from "./protocol";
import { noSources, type Sources } from "./sourceSet";
import { Throttle } from "./throttle";
import { verbSchemas } from "./verbSchemas";

/** Milliseconds between two `log` events: 20 a second look continuous, more would only be work. */
const LOG_EVENT_INTERVAL = 50;

export interface EngineOptions {
  /** The log that the machine's sources already write to. */
  log: Log;
  scheduler: Scheduler;
  /** The sources that write to the log besides the machine; disposed with the engine. None where left out. */
  sources?: Sources;
  structureNames?: readonly string[];
  /** False where the log gets the machine's reports, stops and restarts from elsewhere. */
  notesMachineEvents?: boolean;
  /** A handler threw: a fault of NtScope's. Its caller gets an `internal` error besides. */
  onFault(fault: { verb: string; error: unknown }): void;
}

export interface Engine extends Disposable {
  /** After `dispose`, resolves when all that was started for the machine has gone; absent where that is at once. */
  gone?(): Promise<void>;
  readonly log: Log;
  /** Serves a client at the other end of the port until it closes. */
  serve(port: RpcPort): Disposable;
  /** A client in this process, over the same protocol and schemas. */
  connect(): EngineClient;
}

/** Takes the machine over: it is disposed with the engine. */
export function createEngine(machine: Machine, options: EngineOptions): Engine {
  const { log, scheduler, sources = noSources } = options;
  const masked = new MaskedPrints(
    machine,
    scheduler,
    () => throttle.poke(),
    (error) => options.onFault({ verb: "debugFilter.get", error }),
  );
  const notes = options.notesMachineEvents ?? true;
  const { structureNames = [] } = options;
  const parts: EngineParts = { machine, log, scheduler, masked, notes, sources, structureNames };
  let boots = 0;
  const server = new RpcServer(engineService(parts, options, () => boots));
  const throttle = new Throttle(scheduler, LOG_EVENT_INTERVAL, () => {
    server.emit("log", log.state(masked.count));
  });
  const subscriptions = [
    log.onDidChange(() => throttle.poke()),
    sources.onDidChange((infos) => server.emit("sources", infos)),
    machine.onDidChange((event) => {
      if (event.kind === "programOutput" || event.kind === "programEnded") {
        server.emit("program", event);
        return;
      }
      if (notes) noteMachineEvent(log, event, scheduler.wallClock());
      server.emit("machine", event);
      if (event.kind === "traceChanged") server.emit("trace", event.state);
      if (event.kind !== "stateChanged") return;
      if (event.state.kind === "bugchecked") server.emit("bugcheck", event.state.bugcheck);
      else boots += 1;
    }),
  ];
  return {
    log,
    serve: (port) => server.serve(port),
    connect() {
      const [near, far] = createInProcessPorts();
      server.serve(far);
      return createRpcClient<EngineVerbs, EngineEvents>(near);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      throttle.dispose();
      masked.dispose();
      sources.dispose();
      server.dispose();
      log.dispose();
      machine.dispose();
    },
  };
}

function engineService(
  parts: EngineParts,
  { onFault }: EngineOptions,
  boots: () => number,
): RpcService<EngineVerbs, EngineEvents, EngineSession> {
  return {
    schemas: verbSchemas,
    handlers: { ...machineVerbs(parts), ...listingVerbs(parts), ...logVerbs(parts) },
    events: {
      machine: { window: 16, merge: mergeMachineEvents },
      program: { window: 16, merge: mergeProgramEvents },
      log: { window: 1, merge: latestWins },
      trace: { window: 1, merge: latestWins },
      bugcheck: { window: 16, merge: latestWins },
      sources: { window: 1, merge: latestWins },
    },
    connect: () => new EngineSession(parts.log, parts.machine, boots),
    transfer: (verb, value) => (verb === "log.rows" ? buffersOf(value as LogRows) : []),
    onFault,
  };
}
