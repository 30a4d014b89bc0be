/**
 * Messages on their way from the worker that waits for DBWIN to the engine: many at a time, as columns and one blob,
 * so that posting them costs nothing a message. While the reader works every writer of the session waits, so adding
 * copies bytes and allocates nothing.
 */
import { readDbwinBlock } from "./dbwinBlock";

export interface DbwinBatch {
  /** One a message. */
  readonly processIds: Uint32Array;
  /** Unix ms of arrival: the protocol has no time of its own. */
  readonly times: Float64Array;
  /** Where each message's text ends in `bytes`; it begins where the one before ends. */
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array;
}

/** A batch is posted at the latest with this many messages. */
const MAX_MESSAGES = 512;
/** Bytes of text a batch: sixteen messages of the greatest length. */
const MAX_BYTES = 65_536;

export class DbwinBatchWriter {
  private readonly processIds = new Uint32Array(MAX_MESSAGES);
  private readonly times = new Float64Array(MAX_MESSAGES);
  private readonly ends = new Uint32Array(MAX_MESSAGES);
  private readonly bytes = new Uint8Array(MAX_BYTES);
  private messages = 0;
  private used = 0;

  get isEmpty(): boolean {
    return this.messages === 0;
  }

  /**
   * @param block what the section holds, at most 4,096 bytes
   * @returns false when it does not fit: take the batch, then add the block again
   */
  add(block: Uint8Array, time: number): boolean {
    const message = readDbwinBlock(block);
    if (message === undefined) return true;
    if (this.messages === MAX_MESSAGES || this.used + message.text.length > MAX_BYTES) return false;
    this.bytes.set(message.text, this.used);
    this.used += message.text.length;
    this.processIds[this.messages] = message.processId;
    this.times[this.messages] = time;
    this.ends[this.messages] = this.used;
    this.messages += 1;
    return true;
  }

  /** Copies, which may be transferred; the writer begins anew. */
  take(): DbwinBatch {
    const count = this.messages;
    const batch = {
      processIds: this.processIds.slice(0, count),
      times: this.times.slice(0, count),
      ends: this.ends.slice(0, count),
      bytes: this.bytes.slice(0, this.used),
    };
    this.messages = 0;
    this.used = 0;
    return batch;
  }
}
