/**
 * A UDP port that takes lines of text, as syslog-like tools send them. Each datagram stands for itself: its last line
 * needs no line end. On this computer only, unless told otherwise.
 */
import dgram from "node:dgram";
import net from "node:net";
import type { LogSink } from "../../log/logRecord";
import { ReportingSource } from "../reportingSource";
import type { ListenerOptions } from "./tcpListener";
import { TextPrinter } from "./textPrinter";

export class UdpListener extends ReportingSource {
  private readonly host: string;
  private readonly socket: dgram.Socket;
  private isListening = false;
  private isDisposed = false;

  constructor(private readonly options: ListenerOptions) {
    const host = options.host ?? "127.0.0.1";
    super(`listen udp:${net.isIPv6(host) ? `[${host}]` : host}:${options.port}`, `Opens UDP port ${options.port}.`);
    this.host = host;
    this.socket = dgram.createSocket(net.isIPv6(this.host) ? "udp6" : "udp4");
  }

  /** Undefined until it listens. */
  get port(): number | undefined {
    return this.isListening && !this.isDisposed ? this.socket.address().port : undefined;
  }

  start(sink: LogSink): void {
    this.socket.on("message", (bytes, peer) => {
      const origin = { processId: 0, process: `${peer.address}:${peer.port}` };
      const text = new TextPrinter(sink, this.options.scheduler, this.status, origin);
      text.push(bytes);
      text.flush();
    });
    this.socket.on("listening", () => {
      this.isListening = true;
      this.status.set("running", `Listens on ${this.host}, UDP port ${this.port}.`);
    });
    this.socket.on("error", (error) => this.status.set("failed", `No UDP port ${this.options.port}: ${error.message}`));
    this.socket.bind(this.options.port, this.host);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.socket.close();
  }
}
