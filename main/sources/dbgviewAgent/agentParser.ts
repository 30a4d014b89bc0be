/**
 * What DebugView's remote agent sends: first its answers to the greeting, then blocks of u32 length and that many bytes
 * of records; length 0 keeps the connection alive, 0x7FFFFFFF and above is an error. A record is u32 line number,
 * FILETIME, i64 performance counter, text with NUL, padded to 4; Win32 text begins with 01, the process id in digits,
 * 02 and a space. Source: DebugView++ DbgviewReader.cpp.
 */
import { AnsiText } from "../ansiText";
import { fileTimeToUnix } from "../fileTime";
import { AGENT_ANSWER_SIZE } from "./agentGreeting";

/** Bytes of a block. The agent sends what it has gathered since the last one; more than this is no agent. */
export const MAX_BLOCK = 4_194_304;

const ERROR_LENGTH = 0x7fff_ffff;
const FIXED_SIZE = 20;
const LONGEST_ID = 10;

export interface AgentRecord {
  readonly lineNumber: number;
  /** Unix ms, by the agent's clock. */
  readonly time: number;
  /** Undefined for a kernel line, which has none. */
  readonly processId: number | undefined;
  /** Without a line end: each record is a line. */
  readonly text: string;
}

export interface AgentListener {
  /** The agent has answered the greeting: records follow. */
  ready(): void;
  record(record: AgentRecord): void;
  /** The rest of a block that is no record. */
  malformed(): void;
  /** The stream makes no sense any more: end the connection. Called once; what follows is passed over. */
  failed(reason: string): void;
}

export class AgentParser {
  private readonly ansi = new AnsiText();
  /** What is being filled: the answers, a length, or a block. */
  private part: "answer" | "length" | "block" | "over" = "answer";
  private held = new Uint8Array(AGENT_ANSWER_SIZE);
  private length = 0;

  constructor(private readonly listener: AgentListener) {}

  push(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length && this.part !== "over") {
      const count = Math.min(this.held.length - this.length, chunk.length - start);
      this.held.set(chunk.subarray(start, start + count), this.length);
      this.length += count;
      start += count;
      if (this.length === this.held.length) this.take(this.held);
    }
  }

  private take(bytes: Uint8Array): void {
    if (this.part === "length") {
      this.takeLength(new DataView(bytes.buffer).getUint32(0, true));
      return;
    }
    const wasAnswer = this.part === "answer";
    this.expect("length", 4);
    if (wasAnswer) this.listener.ready();
    else this.takeBlock(bytes);
  }

  private takeLength(length: number): void {
    if (length <= MAX_BLOCK) {
      this.expect(length === 0 ? "length" : "block", length === 0 ? 4 : length);
      return;
    }
    this.expect("over", 0);
    const reason = length >= ERROR_LENGTH ? "The agent reports an error." : `The agent announces ${length} bytes.`;
    this.listener.failed(reason);
  }

  private expect(part: typeof this.part, size: number): void {
    this.part = part;
    this.held = new Uint8Array(size);
    this.length = 0;
  }

  private takeBlock(block: Uint8Array): void {
    let at = 0;
    while (at < block.length) {
      if (block.length - at < FIXED_SIZE) {
        this.listener.malformed();
        return;
      }
      at = this.takeRecord(block, at);
    }
  }

  /** @returns where the next one begins */
  private takeRecord(block: Uint8Array, at: number): number {
    const view = new DataView(block.buffer, at);
    const found = block.indexOf(0, at + FIXED_SIZE);
    const end = found < 0 ? block.length : found;
    const marked = processMark(block, at + FIXED_SIZE, end);
    this.listener.record({
      lineNumber: view.getUint32(0, true),
      time: fileTimeToUnix(view.getUint32(4, true), view.getUint32(8, true)),
      processId: marked?.processId,
      text: withoutLineEnd(this.ansi.decode(block.subarray(marked?.end ?? at + FIXED_SIZE, end))),
    });
    return end + 4 - (end % 4);
  }
}

/** `01 digits 02 space`. @returns undefined when the text begins otherwise */
function processMark(block: Uint8Array, start: number, end: number): { processId: number; end: number } | undefined {
  if (start >= end || block[start] !== 1) return undefined;
  let processId = 0;
  let at = start + 1;
  for (; at < end && at - start <= LONGEST_ID && block[at] !== 2; at += 1) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    processId = processId * 10 + digit;
  }
  if (at >= end || block[at] !== 2 || processId > 0xffff_ffff) return undefined;
  return { processId, end: block[at + 1] === 0x20 && at + 1 < end ? at + 2 : at + 1 };
}

function withoutLineEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "\n" || text[end - 1] === "\r")) end -= 1;
  return text.slice(0, end);
}
