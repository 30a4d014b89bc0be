/**
 * The protocol's port over a socket. What a MessagePort leaves to its operating system is done here: messages are
 * framed, a peer that does not read is cut off before its unread answers take the memory, and one that is gone without
 * a word is noticed, because both sides send a sign of life while they have nothing else to say.
 */
import type { Duplex } from "node:stream";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import { PortEvents } from "../rpc/portEvents";
import type { RpcPort } from "../rpc/rpcPort";
import { encodeFrame, FRAME_LIMIT, type Frame, FrameReader } from "./frame";

export interface SocketPortOptions {
  scheduler: Scheduler;
  /** Bytes of one frame, either way. */
  frameLimit?: number;
  /** Bytes that may wait to be sent; the next message past them cuts the peer off. One frame more may be held. */
  unsentLimit?: number;
  /** Milliseconds between two signs of life. */
  aliveInterval?: number;
}

const UNSENT_LIMIT = 64 * 2 ** 20;
const ALIVE_INTERVAL = 10_000;
/**
 * Intervals without a sign of the peer after which it counts as gone: half a minute. They are counted, not timed, so
 * that a process that was stopped (a debugger, a laptop's lid) does not take its own sleep for its peer's.
 */
const MOST_SILENT_INTERVALS = 3;
/** Bytes handed to the socket at a time: the rest stays here, where what was taken can be seen. */
const WRITE_BYTES = 2 ** 18;
/** Milliseconds that a closed port waits for its last messages to go. */
const LINGER = 2_000;

export class SocketPort implements RpcPort {
  /** Why it closed, in words; undefined while it is open. */
  closeReason: string | undefined;
  private readonly events = new PortEvents();
  private readonly reader: FrameReader;
  private readonly unsentLimit: number;
  private readonly aliveInterval: number;
  private outgoing: Buffer[] = [];
  /** Bytes not yet taken by the operating system, and bytes that were. */
  private unsent = 0;
  private sent = 0;
  private ending = false;
  private heard = false;
  private silentIntervals = 0;
  private stuckIntervals = 0;
  private sentBefore = 0;
  private timer: Disposable;

  constructor(
    private readonly socket: Duplex,
    private readonly options: SocketPortOptions,
  ) {
    this.reader = new FrameReader(options.frameLimit ?? FRAME_LIMIT);
    this.unsentLimit = options.unsentLimit ?? UNSENT_LIMIT;
    this.aliveInterval = options.aliveInterval ?? ALIVE_INTERVAL;
    socket.on("data", (chunk: Buffer) => this.receive(chunk));
    socket.on("error", (error) => this.closed(`The connection failed: ${error.message}.`));
    socket.on("end", () => this.closed("The other side ended the connection."));
    socket.on("close", () => this.closed("The connection is gone."));
    this.timer = options.scheduler.later(this.aliveInterval, () => this.tick());
  }

  /** Changes how long a frame may be: little before the peer has said who it is, more after. */
  setFrameLimit(bytes: number): void {
    this.reader.limit = bytes;
  }

  /** Throws a FrameError, and sends nothing, for a message that cannot be sent. */
  post(message: unknown): void {
    if (this.events.isClosed) return;
    const frame = encodeFrame({ kind: "message", message }, this.options.frameLimit);
    if (this.unsent > this.unsentLimit) {
      this.cut(`The other side does not read: ${this.unsent} bytes wait for it.`);
      return;
    }
    this.send(frame);
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.events.onMessage(listener);
  }

  onClose(listener: () => void): Disposable {
    return this.events.onClose(listener);
  }

  /** Lets what was posted go out first. `reason` is told to the other side. */
  close(reason?: string): void {
    if (this.events.isClosed) return;
    if (reason !== undefined) this.send(encodeFrame({ kind: "goodbye", reason }));
    this.ending = true;
    this.closed(reason ?? "The connection was closed.");
    this.pump();
    this.timer = this.options.scheduler.later(LINGER, () => this.socket.destroy());
    this.socket.once("close", () => this.timer.dispose());
  }

  /** Ends the connection at once. */
  cut(reason: string): void {
    this.closed(reason);
    this.socket.destroy();
  }

  private closed(reason: string): void {
    if (this.events.isClosed) return;
    this.closeReason = reason;
    this.timer.dispose();
    this.events.close();
    if (this.ending) return;
    this.outgoing = [];
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.heard = true;
    // Read on after the close and thrown away: unread bytes would turn our end into a reset, and lose our last words.
    if (this.events.isClosed) return;
    this.reader.push(chunk);
    while (!this.events.isClosed) {
      let frame: Frame | undefined;
      try {
        frame = this.reader.next();
      } catch (error) {
        this.close(`What came was not understood: ${(error as Error).message}`);
        return;
      }
      if (frame === undefined) return;
      if (frame.kind === "message") this.events.message(frame.message);
      else if (frame.kind === "goodbye") this.closed(frame.reason);
    }
  }

  private send(frame: Buffer): void {
    for (let at = 0; at < frame.byteLength; at += WRITE_BYTES) this.outgoing.push(frame.subarray(at, at + WRITE_BYTES));
    this.unsent += frame.byteLength;
    this.pump();
  }

  private pump(): void {
    let taken = 0;
    for (const part of this.outgoing) {
      if (this.socket.writableLength >= WRITE_BYTES || this.socket.destroyed) break;
      taken += 1;
      this.socket.write(part, (error) => {
        if (error) return;
        this.unsent -= part.byteLength;
        this.sent += part.byteLength;
        if (this.outgoing.length > 0 || this.ending) this.pump();
      });
    }
    if (taken > 0) this.outgoing.splice(0, taken);
    if (this.ending && this.outgoing.length === 0 && !this.socket.writableEnded) this.socket.end();
  }

  private tick(): void {
    this.silentIntervals = this.heard ? 0 : this.silentIntervals + 1;
    this.stuckIntervals = this.unsent > 0 && this.sent === this.sentBefore ? this.stuckIntervals + 1 : 0;
    this.heard = false;
    this.sentBefore = this.sent;
    const seconds = Math.round((MOST_SILENT_INTERVALS * this.aliveInterval) / 1000);
    if (this.silentIntervals >= MOST_SILENT_INTERVALS) {
      this.cut(`Nothing was heard of the other side for ${seconds} s.`);
    } else if (this.stuckIntervals >= MOST_SILENT_INTERVALS) {
      this.cut(`The other side has read nothing for ${seconds} s: ${this.unsent} bytes wait for it.`);
    } else {
      if (this.unsent === 0) this.send(encodeFrame({ kind: "alive" }));
      this.timer = this.options.scheduler.later(this.aliveInterval, () => this.tick());
    }
  }
}
