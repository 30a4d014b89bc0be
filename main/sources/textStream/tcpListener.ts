/** A TCP port that takes lines of text from whoever connects. On this computer only, unless told otherwise. */
import net from "node:net";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import { readBytes } from "../readBytes";
import { ReportingSource } from "../reportingSource";
import { TextPrinter } from "./textPrinter";

/** Connections at a time; each costs a line of memory. */
const MAX_CONNECTIONS = 64;

export interface ListenerOptions {
  /** 127.0.0.1 where absent. */
  readonly host?: string;
  /** 0: any free one, see `port`. */
  readonly port: number;
  readonly scheduler: Scheduler;
}

export class TcpListener extends ReportingSource {
  private readonly host: string;
  private readonly server = net.createServer();
  private readonly sockets = new Set<net.Socket>();
  private isDisposed = false;

  constructor(private readonly options: ListenerOptions) {
    const host = options.host ?? "127.0.0.1";
    super(`listen tcp:${net.isIPv6(host) ? `[${host}]` : host}:${options.port}`, `Opens TCP port ${options.port}.`);
    this.host = host;
  }

  /** Undefined until it listens. */
  get port(): number | undefined {
    const address = this.server.address();
    return typeof address === "object" ? address?.port : undefined;
  }

  start(sink: LogSink): void {
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.on("connection", (socket) => this.accept(socket, sink));
    this.server.on("drop", () => this.status.count("refused"));
    this.server.on("listening", () => this.status.set("running", `Listens on ${this.host}, TCP port ${this.port}.`));
    this.server.on("error", (error) => this.status.set("failed", `No TCP port ${this.options.port}: ${error.message}`));
    this.server.listen(this.options.port, this.host);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(socket: net.Socket, sink: LogSink): void {
    const process = `${socket.remoteAddress ?? ""}:${socket.remotePort ?? 0}`;
    const text = new TextPrinter(sink, this.options.scheduler, this.status, { processId: 0, process });
    this.sockets.add(socket);
    readBytes(socket, {
      data: (chunk) => {
        if (!this.isDisposed) text.push(chunk);
      },
      end: () => {
        this.sockets.delete(socket);
        socket.destroy();
        if (!this.isDisposed) text.flush();
      },
    });
  }
}
