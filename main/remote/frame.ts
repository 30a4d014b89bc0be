/**
 * Frames on a byte stream, as two NtScopes speak over a socket:
 *
 *   u32 length of what follows (little-endian) | u8 kind | body
 *
 * A message's body is messageCodec's; a goodbye's is its reason in UTF-8; a sign of life has none. A length past the
 * limit is refused as soon as its four bytes are there, before anything is allocated for it, and what is held of an
 * unfinished frame is what really came.
 */
import { FrameError } from "./frameError";
import { decodeMessage, encodeMessage } from "./messageCodec";

export type Frame = { kind: "message"; message: unknown } | { kind: "alive" } | { kind: "goodbye"; reason: string };

/** Bytes of a frame. 2,000 log lines of the greatest length fit, and a directory of some 500,000 names. */
export const FRAME_LIMIT = 64 * 2 ** 20;

const KINDS = ["message", "alive", "goodbye"] as const;
const LENGTH_BYTES = 4;
/** Length and kind. */
const HEAD_BYTES = LENGTH_BYTES + 1;
/** UTF-16 code units of a reason that are sent and shown. */
const REASON_LIMIT = 500;
/** Bytes held ready for the next frame when none is under way. */
const SPARE_BYTES = 2 ** 16;

/** Throws a FrameError when the message cannot be sent or is too long. */
export function encodeFrame(frame: Frame, limit = FRAME_LIMIT): Buffer {
  const parts = bodyOf(frame);
  const length = parts.reduce((sum, part) => sum + part.byteLength, 1);
  if (length > limit) {
    throw new FrameError(`The message takes ${length} bytes; ${limit} is the most that goes over the connection.`);
  }
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(length);
  head.writeUInt8(KINDS.indexOf(frame.kind), LENGTH_BYTES);
  return Buffer.concat([head, ...parts]);
}

function bodyOf(frame: Frame): Uint8Array[] {
  if (frame.kind === "message") return encodeMessage(frame.message);
  return frame.kind === "goodbye" ? [Buffer.from(frame.reason.slice(0, REASON_LIMIT), "utf8")] : [];
}

/** Frames out of chunks that are cut anywhere. */
export class FrameReader {
  private held = Buffer.alloc(0);
  private start = 0;
  private end = 0;

  /** @param limit bytes of a frame; may be changed between frames */
  constructor(public limit = FRAME_LIMIT) {}

  /** Bytes held of frames that are not read yet. */
  get waiting(): number {
    return this.end - this.start;
  }

  push(chunk: Uint8Array): void {
    if (this.waiting === 0) {
      this.start = 0;
      this.end = 0;
      // What a great frame took is not kept for the small ones after it.
      if (this.held.byteLength > SPARE_BYTES) this.held = Buffer.alloc(0);
    }
    this.makeRoom(chunk.byteLength);
    this.held.set(chunk, this.end);
    this.end += chunk.byteLength;
  }

  /** The next whole frame, if there is one. Throws a FrameError for what is none; the stream is then beyond reading. */
  next(): Frame | undefined {
    if (this.waiting < LENGTH_BYTES) return undefined;
    const length = this.held.readUInt32LE(this.start);
    if (length === 0) throw new FrameError("A frame has no kind.");
    if (length > this.limit)
      throw new FrameError(`A frame of ${length} bytes is announced; ${this.limit} is the most.`);
    if (this.waiting < LENGTH_BYTES + length) return undefined;
    const kind = KINDS[this.held[this.start + LENGTH_BYTES] ?? -1];
    const body = this.held.subarray(this.start + HEAD_BYTES, this.start + LENGTH_BYTES + length);
    this.start += LENGTH_BYTES + length;
    if (kind === "message") return { kind, message: decodeMessage(body) };
    if (kind === "goodbye") return { kind, reason: body.toString("utf8").slice(0, REASON_LIMIT) };
    if (kind === "alive" && body.byteLength === 0) return { kind };
    throw new FrameError("A frame is of no known kind.");
  }

  /** Grows by doubling, so that bytes are copied a few times at most however small the chunks are. */
  private makeRoom(bytes: number): void {
    if (this.end + bytes <= this.held.byteLength) return;
    const needed = this.waiting + bytes;
    const room = Math.max(needed, SPARE_BYTES, this.waiting === 0 ? 0 : Math.min(2 * this.waiting, this.limit));
    const next = Buffer.alloc(room);
    next.set(this.held.subarray(this.start, this.end));
    this.held = next;
    this.end = this.waiting;
    this.start = 0;
  }
}
