/**
 * A connection to somewhere that comes and goes, as a virtual machine does: made again, at a bounded pace, until it is
 * disposed.
 */
import net from "node:net";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import type { ConnectionAddress } from "./connectionAddress";
import { readBytes } from "./readBytes";

/** Between the end of a connection and the next attempt, in ms. */
export const RECONNECT_AFTER = 2000;

/** Of silence before the system asks whether the other side is still there, in ms. */
const KEEP_ALIVE = 30_000;

/** Bytes that may wait to be sent; a peer that reads nothing would make them grow for ever. */
const MAX_UNSENT = 1_048_576;

export interface SocketListener {
  /** A new connection: what was begun on an earlier one is void. */
  connected(): void;
  data(chunk: Uint8Array): void;
  /** The connection is gone, or could not be made. `error` undefined: the peer closed it. */
  closed(error: Error | undefined): void;
}

export class ReconnectingSocket implements Disposable {
  private socket: net.Socket | undefined;
  private reading: Disposable | undefined;
  private retry: Disposable | undefined;
  private isDisposed = false;

  constructor(
    private readonly address: ConnectionAddress,
    private readonly scheduler: Scheduler,
    private readonly listener: SocketListener,
  ) {
    this.connect();
  }

  /** Dropped while there is no connection. A peer that does not read is cut off. */
  send(bytes: Uint8Array): void {
    if (this.socket === undefined || this.socket.pending || this.socket.destroyed) return;
    if (this.socket.writableLength > MAX_UNSENT) this.socket.destroy(new Error("The other side reads nothing."));
    else this.socket.write(bytes);
  }

  /** Ends the connection; it is made again later. */
  drop(reason: Error): void {
    this.socket?.destroy(reason);
  }

  dispose(): void {
    this.isDisposed = true;
    this.retry?.dispose();
    this.reading?.dispose();
    this.socket?.destroy();
  }

  private connect(): void {
    const socket = net.connect(this.address);
    this.socket = socket;
    // A target waits for each acknowledgement; a host that went away without a word is noticed in the end.
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE);
    socket.on("connect", () => {
      if (!this.isDisposed) this.listener.connected();
    });
    this.reading = readBytes(socket, {
      data: (chunk) => this.listener.data(chunk),
      end: (error) => {
        socket.destroy();
        this.retry = this.scheduler.later(RECONNECT_AFTER, () => this.connect());
        this.listener.closed(error);
      },
    });
  }
}
