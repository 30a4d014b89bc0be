/**
 * Finds packets in the bytes of a serial line. The line may carry plain text instead (ReactOS, a boot loader, an
 * emulator's console), so until the first packet all other bytes are text; after it they are noise, and counted.
 * A leader alone proves nothing, since text has `0000` too: the whole header must make sense.
 */
import { checksum, type KdPacket } from "./kdPacket";
import {
  CONTROL_PACKET_LEADER_BYTE,
  INITIAL_PACKET_ID,
  KD_HEADER_SIZE,
  KD_MAX_PAYLOAD,
  PACKET_LEADER_BYTE,
  PACKET_TRAILING_BYTE,
  PACKET_TYPE_KD_ACKNOWLEDGE,
  PACKET_TYPE_KD_CONTROL_REQUEST,
  PACKET_TYPE_KD_DEBUG_IO,
  PACKET_TYPE_KD_FILE_IO,
  PACKET_TYPE_KD_POLL_BREAKIN,
  PACKET_TYPE_KD_RESEND,
  PACKET_TYPE_KD_RESET,
  PACKET_TYPE_KD_STATE_CHANGE32,
  PACKET_TYPE_KD_STATE_CHANGE64,
  PACKET_TYPE_KD_STATE_MANIPULATE,
  PACKET_TYPE_KD_TRACE_IO,
} from "./kdProtocol";

export interface KdFrameListener {
  /** The payload is a copy. */
  packet(packet: KdPacket): void;
  /** Bytes before the first packet; valid only during the call. */
  text(bytes: Uint8Array): void;
  /** Bytes outside packets after it. */
  skipped(count: number): void;
  /** A data packet whose checksum or last byte is wrong. */
  broken(): void;
}

const controlTypes: ReadonlySet<number> = new Set([
  PACKET_TYPE_KD_ACKNOWLEDGE,
  PACKET_TYPE_KD_RESEND,
  PACKET_TYPE_KD_RESET,
  PACKET_TYPE_KD_POLL_BREAKIN,
]);
const firstTypes: ReadonlySet<number> = new Set([
  PACKET_TYPE_KD_STATE_CHANGE32,
  PACKET_TYPE_KD_STATE_MANIPULATE,
  PACKET_TYPE_KD_DEBUG_IO,
  PACKET_TYPE_KD_STATE_CHANGE64,
  PACKET_TYPE_KD_FILE_IO,
]);
/** 9 and 10 are tab and line end: behind a `0000` in text they would hold the line back, so they never come first. */
const laterTypes: ReadonlySet<number> = new Set([
  ...firstTypes,
  PACKET_TYPE_KD_TRACE_IO,
  PACKET_TYPE_KD_CONTROL_REQUEST,
]);

export class KdFramer {
  /** The longest packet there is; nothing is held beyond it. */
  private readonly held = new Uint8Array(KD_HEADER_SIZE + KD_MAX_PAYLOAD + 1);
  private readonly view = new DataView(this.held.buffer);
  private length = 0;
  private hasSeenPacket = false;

  constructor(private readonly listener: KdFrameListener) {}

  /** Whether the line has turned out to speak KD. */
  get isKd(): boolean {
    return this.hasSeenPacket;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length) {
      const count = Math.min(this.held.length - this.length, chunk.length - start);
      this.held.set(chunk.subarray(start, start + count), this.length);
      this.length += count;
      start += count;
      this.scan();
    }
  }

  /** The stream has ended: what waits is no packet any more. */
  flush(): void {
    this.pass(0, this.length);
    this.length = 0;
  }

  /** Takes all that can be told apart; leaves less than a whole packet. */
  private scan(): void {
    let at = 0;
    for (;;) {
      const start = this.findHeader(at);
      this.pass(at, start);
      at = start;
      const size = this.takePacket(at);
      if (size === 0) break;
      at += size;
    }
    this.held.copyWithin(0, at, this.length);
    this.length -= at;
  }

  /** Where a header begins, or might begin when more bytes come. */
  private findHeader(from: number): number {
    for (let at = from; at < this.length; at += 1) {
      if (this.mayBeHeader(at)) return at;
    }
    return this.length;
  }

  /** Looks at as many bytes as there are. */
  private mayBeHeader(at: number): boolean {
    const leader = this.held[at];
    if (leader !== PACKET_LEADER_BYTE && leader !== CONTROL_PACKET_LEADER_BYTE) return false;
    const there = Math.min(this.length - at, KD_HEADER_SIZE);
    for (let index = 1; index < Math.min(there, 4); index += 1) {
      if (this.held[at + index] !== leader) return false;
    }
    const isControl = leader === CONTROL_PACKET_LEADER_BYTE;
    const dataTypes = this.hasSeenPacket ? laterTypes : firstTypes;
    if (there > 4 && !(isControl ? controlTypes : dataTypes).has(this.held[at + 4] ?? 0)) return false;
    if (there > 5 && this.held[at + 5] !== 0) return false;
    if (there > 7 && this.view.getUint16(at + 6, true) > (isControl ? 0 : KD_MAX_PAYLOAD)) return false;
    return isControl || there < 12 || this.view.getUint16(at + 10, true) === INITIAL_PACKET_ID >>> 16;
  }

  /** @returns the bytes taken, 0 when the packet is not all there */
  private takePacket(at: number): number {
    if (this.length - at < KD_HEADER_SIZE) return 0;
    const type = this.view.getUint16(at + 4, true);
    const count = this.view.getUint16(at + 6, true);
    const id = this.view.getUint32(at + 8, true);
    if (this.held[at] === CONTROL_PACKET_LEADER_BYTE) {
      this.hasSeenPacket = true;
      this.listener.packet({ isControl: true, type, id, payload: new Uint8Array(0) });
      return KD_HEADER_SIZE;
    }
    const size = KD_HEADER_SIZE + count + 1;
    if (this.length - at < size) return 0;
    this.hasSeenPacket = true;
    const payload = this.held.slice(at + KD_HEADER_SIZE, at + size - 1);
    const isWhole = this.held[at + size - 1] === PACKET_TRAILING_BYTE;
    if (isWhole && checksum(payload) === this.view.getUint32(at + 12, true)) {
      this.listener.packet({ isControl: false, type, id, payload });
      return size;
    }
    this.listener.broken();
    if (isWhole) return size;
    // Bytes were lost on the line, so the next packet may have begun within this one.
    this.listener.skipped(KD_HEADER_SIZE);
    return KD_HEADER_SIZE;
  }

  private pass(from: number, to: number): void {
    if (from >= to) return;
    if (this.hasSeenPacket) this.listener.skipped(to - from);
    else this.listener.text(this.held.subarray(from, to));
  }
}
