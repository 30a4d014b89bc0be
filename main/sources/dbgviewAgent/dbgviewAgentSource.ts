/**
 * The log of another computer, on which DebugView runs as an agent (`dbgview /a`). Plain TCP without authentication:
 * anybody on the way can read and change it, so it is started only when asked for.
 */
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { ConnectionAddress } from "../connectionAddress";
import { ReconnectingSocket } from "../reconnectingSocket";
import { ReportingSource } from "../reportingSource";
import { type AgentCapture, agentGreeting } from "./agentGreeting";
import { AgentParser, type AgentRecord } from "./agentParser";

export interface DbgviewAgentOptions {
  readonly address: ConnectionAddress;
  /** As the user gave it, for the source's name. */
  readonly label: string;
  readonly capture: AgentCapture;
  readonly scheduler: Scheduler;
}

export class DbgviewAgentSource extends ReportingSource {
  private socket: ReconnectingSocket | undefined;
  private parser: AgentParser | undefined;

  constructor(private readonly options: DbgviewAgentOptions) {
    super(`dbgview ${options.label}`, `Connects to DebugView's agent at ${options.label}.`);
  }

  start(sink: LogSink): void {
    const { address, label, capture, scheduler } = this.options;
    this.socket = new ReconnectingSocket(address, scheduler, {
      connected: () => {
        this.parser = this.parse(sink);
        this.socket?.send(agentGreeting(capture));
        this.status.set("starting", `Connected to ${label}; waits for DebugView's agent to answer.`);
      },
      data: (chunk) => this.parser?.push(chunk),
      closed: (error) => {
        const why = error ? `: ${error.message}` : ": the agent closed the connection";
        this.status.set("failed", `No connection to DebugView's agent at ${label}${why}. It is tried again.`);
      },
    });
  }

  dispose(): void {
    this.socket?.dispose();
  }

  private parse(sink: LogSink): AgentParser {
    const message = `Receives what ${this.options.label} prints, over a connection that is not protected.`;
    return new AgentParser({
      ready: () => this.status.set("running", message),
      record: (record) => this.print(sink, record),
      malformed: () => this.status.count("malformed"),
      failed: (reason) => this.socket?.drop(new Error(reason)),
    });
  }

  private print(sink: LogSink, { processId, time, text }: AgentRecord): void {
    const source = processId === undefined ? "kernel" : "win32";
    const nobody = { component: -1, level: -1, threadId: 0, process: "" };
    sink.print({ source, time, ...nobody, processId: processId ?? 0, text: `${text}\n` });
  }
}
