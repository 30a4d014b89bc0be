/** A TCP port that takes lines of text from whoever connects. On this computer only, unless told otherwise. */
import net from "node:net";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { readBytes } from "../readBytes";
import type { Source, SourceHealth } from "../source";
import { SourceStatus } from "../sourceStatus";
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

export class TcpListener implements Source {
  readonly name: string;
  private readonly host: string;
  private readonly status: SourceStatus;
  private readonly server = net.createServer();
  private readonly sockets = new Set<net.Socket>();
  private isDisposed = false;

  constructor(private readonly options: ListenerOptions) {
    this.host = options.host ?? "127.0.0.1";
    this.name = `listen tcp:${this.host}:${options.port}`;
    this.status = new SourceStatus(`Opens TCP port ${options.port}.`);
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

  health(): SourceHealth {
    return this.status.health();
  }

  onDidChangeHealth(listener: (health: SourceHealth) => void): Disposable {
    return this.status.onDidChange(listener);
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
