/**
 * The prints of a kernel under debugging, heard at the other end of its serial line: a virtual machine's COM port as a
 * pipe or a TCP port. Needs no rights on this computer and nothing in the target but `bcdedit /debug on`. Where the
 * line turns out to carry plain text, its lines are the log.
 */
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { AnsiText } from "../ansiText";
import type { ConnectionAddress } from "../connectionAddress";
import { LineSplitter } from "../lineSplitter";
import { ReconnectingSocket } from "../reconnectingSocket";
import { ReportingSource } from "../reportingSource";
import { bugcheckNote } from "./kdBugcheck";
import { KdSession } from "./kdSession";

/** In ms: unacknowledged packets are sent again, and a silent line is greeted every second time. */
const TICK = 1000;

export interface KdSerialOptions {
  readonly address: ConnectionAddress;
  /** As the user gave it, for the source's name: `tcp:127.0.0.1:5000`. */
  readonly label: string;
  readonly scheduler: Scheduler;
  /** Stops a target that has given its debugger up and resumes it at once, so that it prints again. */
  readonly breakIn?: boolean;
}

/** What lives as long as one connection. */
interface Connection {
  readonly session: KdSession;
  readonly lines: LineSplitter;
  isSilent: boolean;
}

export class KdSerialSource extends ReportingSource {
  private readonly ansi = new AnsiText();
  private socket: ReconnectingSocket | undefined;
  private connection: Connection | undefined;
  private timer: Disposable | undefined;

  constructor(private readonly options: KdSerialOptions) {
    super(`kd ${options.label}`, `Connects to ${options.label}.`);
  }

  start(sink: LogSink): void {
    const { address, label, scheduler } = this.options;
    this.socket = new ReconnectingSocket(address, scheduler, {
      connected: () => {
        this.connection = this.connect(sink);
        this.status.set("running", `Connected to ${label}; waits for the target to speak.`);
        this.greet(this.connection, true);
      },
      data: (chunk) => this.connection?.session.push(chunk),
      closed: (error) => {
        this.close();
        const why = error ? `: ${error.message}` : "";
        this.status.set("failed", `No connection to ${label}${why}. It is tried again.`);
      },
    });
  }

  dispose(): void {
    this.close();
    this.socket?.dispose();
  }

  private close(): void {
    this.timer?.dispose();
    this.connection?.session.flush();
    this.connection?.lines.flush();
    this.connection = undefined;
  }

  private connect(sink: LogSink): Connection {
    const { status } = this;
    const { label } = this.options;
    const hears = `Hears the kernel at ${label}; when it stops, it is resumed.`;
    const lines = new LineSplitter((line, isCut) => {
      if (isCut) status.count("cut");
      this.print(sink, "text", `${this.ansi.decode(line)}\n`);
    });
    const session = new KdSession({
      send: (bytes) => this.socket?.send(bytes),
      print: (text) => {
        status.set("running", hears);
        this.printKernel(sink, this.ansi.decode(text));
      },
      plainText: (bytes) => {
        connection.isSilent = false;
        status.set("running", `${label} carries plain text: its lines are shown.`);
        lines.push(bytes);
      },
      connected: () => {
        connection.isSilent = false;
        lines.flush();
        status.set("running", hears);
      },
      resumed: () => status.count("resumed"),
      refusedFile: () => status.count("refused"),
      broken: () => {
        status.count("malformed");
        status.count("resent");
      },
      skipped: (bytes) => status.count("skippedBytes", bytes),
      gaveUp: () => status.set("running", `The target at ${label} does not answer; it may stand still.`),
    });
    const connection = { session, lines, isSilent: true };
    return connection;
  }

  /** Greets only while nothing has come: what looks like plain text may be a console that reads what it is sent. */
  private greet(connection: Connection, isTurn: boolean): void {
    if (isTurn && connection.isSilent) connection.session.hello(this.options.breakIn === true);
    else connection.session.tick();
    this.timer = this.options.scheduler.later(TICK, () => this.greet(connection, !isTurn));
  }

  private printKernel(sink: LogSink, text: string): void {
    this.print(sink, "kernel", text);
    const note = bugcheckNote(text);
    if (note !== undefined) sink.note("bugcheck", note, this.options.scheduler.wallClock());
  }

  private print(sink: LogSink, source: "kernel" | "text", text: string): void {
    const nobody = { component: -1, level: -1, processId: 0, threadId: 0, process: "" };
    sink.print({ source, time: this.options.scheduler.wallClock(), ...nobody, text });
  }
}
