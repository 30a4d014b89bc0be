/**
 * Standard input and output of one program: bytes in, by the line, and text out. What it wrote is kept, the latest part of
 * it, for those who come to look later.
 */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { UserRequest } from "../../../native-bindings/abi/threadStates";
import type { WaitRequest } from "../ke/call";
import { UserMode } from "../ob/caller";

/** UTF-16 code units of output kept: some thousand lines. */
const KEPT_OUTPUT = 2 ** 18;
/** Bytes of input that nobody has read yet: more is refused. */
const MOST_INPUT = 2 ** 20;
const LINE_END = 0x0a;

export interface KeptOutput {
  readonly text: string;
  /** Where the text begins and ends, in code units since the program's start. */
  readonly from: number;
  readonly to: number;
}

export class ProgramConsole {
  #input: number[] = [];
  #hasInputEnded = false;
  #resume: ((status: number) => void) | undefined;
  readonly #decoder = new TextDecoder();
  #kept = "";
  /** Code units that are not kept any more. */
  #dropped = 0;

  constructor(
    /** `from`: code units written before. */
    private readonly didWrite: (text: string, from: number) => void,
    /** It waits for input now, or does no longer. */
    private readonly didChange: () => void,
  ) {}

  get isWaiting(): boolean {
    return this.#resume !== undefined;
  }

  /** Bytes as UTF-8; what is none becomes U+FFFD. */
  write(part: string | Uint8Array): void {
    const text = typeof part === "string" ? part : this.#decoder.decode(part);
    if (text === "") return;
    const from = this.#dropped + this.#kept.length;
    this.#kept += text;
    if (this.#kept.length > KEPT_OUTPUT * 2) {
      const drop = this.#kept.length - KEPT_OUTPUT;
      this.#kept = this.#kept.slice(drop);
      this.#dropped += drop;
    }
    this.didWrite(text, from);
  }

  /** @param from code units since the start; what is no longer kept is left out */
  output(from: number): KeptOutput {
    const to = this.#dropped + this.#kept.length;
    const start = Math.min(to, Math.max(from, this.#dropped));
    return { text: this.#kept.slice(start - this.#dropped), from: start, to };
  }

  /** @returns false when the program has not read what it was given before and this would be too much */
  giveLine(line: string): boolean {
    if (this.#hasInputEnded) return true;
    const bytes = new TextEncoder().encode(`${line}\n`);
    if (this.#input.length + bytes.length > MOST_INPUT) return false;
    for (const byte of bytes) this.#input.push(byte);
    this.#wake();
    return true;
  }

  /** Ctrl+Z: whoever reads on is told that there is no more. */
  endInput(): void {
    this.#hasInputEnded = true;
    this.#wake();
  }

  #wake(): void {
    const resume = this.#resume;
    if (resume === undefined) return;
    this.forgetWait();
    resume(STATUS_SUCCESS);
  }

  /** The program waits no longer, for whatever reason. */
  forgetWait(): void {
    if (this.#resume === undefined) return;
    this.#resume = undefined;
    this.didChange();
  }

  /** A wait that ends with the next line, or the end of the input. Undefined when there is a line or the end already. */
  waitForLine(): WaitRequest | undefined {
    if (this.#hasInputEnded || this.#input.includes(LINE_END)) return undefined;
    return {
      objects: [],
      waitAll: false,
      alertable: false,
      reason: UserRequest,
      mode: UserMode,
      due: Number.POSITIVE_INFINITY,
      other: {
        kind: "Console",
        name: "a line of input",
        address: 0,
        begin: (resume) => {
          this.#resume = resume;
          this.didChange();
        },
      },
    };
  }

  /**
   * What fgets takes: up to and with the line end, at most so many bytes. Undefined at the end of the input.
   * @param most bytes, at least 1
   */
  takeLine(most: number): Uint8Array | undefined {
    if (this.#input.length === 0) return undefined;
    const end = this.#input.indexOf(LINE_END);
    const length = Math.min(most, end < 0 ? this.#input.length : end + 1);
    return Uint8Array.from(this.#input.splice(0, length));
  }
}
