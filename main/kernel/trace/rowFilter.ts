/** An IrpFilter made ready: what many rows share is matched once a chunk, so that a row costs a few table look-ups. */
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { describeNtStatus, NT_ERROR } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { IrpFilter } from "../../machine/irpTrace";
import { compileNamePattern } from "../../machine/namePattern";
import type { RowChunk } from "./rowChunk";

type Match = (text: string) => boolean;

const MAJORS = 256;

export class RowFilter {
  /** False when every row passes. */
  readonly isActive: boolean;
  readonly #device: Match | undefined;
  readonly #process: Match | undefined;
  readonly #majors: Uint8Array | undefined;
  readonly #status: "pending" | "error" | Match | undefined;
  readonly #statuses = new Map<number, boolean>();

  constructor(filter: IrpFilter) {
    this.#device = patternOf(filter.device);
    this.#process = patternOf(filter.process);
    const major = patternOf(filter.major);
    this.#majors = major && Uint8Array.from({ length: MAJORS }, (_, code) => (major(majorFunctionName(code)) ? 1 : 0));
    const status = filter.status?.trim().toLowerCase();
    this.#status = status === "pending" || status === "error" ? status : patternOf(filter.status);
    this.isActive = [this.#device, this.#process, this.#majors, this.#status].some((part) => part !== undefined);
  }

  /** Indexes of the rows of a chunk that pass, oldest first. */
  matches(chunk: RowChunk): Uint16Array {
    const found = new Uint16Array(chunk.count);
    const targets = this.#device && tableOf(chunk.targets, ({ device, driver }) => this.#isDevice(device, driver));
    const sources = this.#process && tableOf(chunk.sources, (source) => this.#isProcess(source));
    const majors = this.#majors;
    let count = 0;
    for (let index = 0; index < chunk.count; index++) {
      if (targets !== undefined && targets[chunk.targetOf(index)] === 0) continue;
      if (sources !== undefined && sources[chunk.sourceOf(index)] === 0) continue;
      if (majors !== undefined && majors[chunk.majorOf(index)] === 0) continue;
      if (this.#status !== undefined && !this.#hasStatus(chunk, index)) continue;
      found[count++] = index;
    }
    return found.slice(0, count);
  }

  /** The driver is found by the same word: whoever types its name wants its requests. */
  #isDevice(device: string, driver: string): boolean {
    return this.#device?.(device) === true || this.#device?.(driver) === true;
  }

  #isProcess({ process, processId }: { process: string; processId: number }): boolean {
    return this.#process?.(process) === true || this.#process?.(String(processId)) === true;
  }

  #hasStatus(chunk: RowChunk, index: number): boolean {
    const wanted = this.#status;
    const isEnded = chunk.isEnded(index);
    if (wanted === "pending") return !isEnded;
    if (!isEnded || wanted === undefined) return false;
    const status = chunk.statusOf(index);
    if (wanted === "error") return NT_ERROR(status);
    let passes = this.#statuses.get(status);
    if (passes === undefined) {
      const { hex, name } = describeNtStatus(status);
      passes = wanted(name) || wanted(hex);
      this.#statuses.set(status, passes);
    }
    return passes;
  }
}

/** An empty text is as good as none. */
function patternOf(text: string | undefined): Match | undefined {
  return text === undefined || text.trim() === "" ? undefined : compileNamePattern(text.trim());
}

function tableOf<T>(values: readonly T[], passes: (value: T) => boolean): Uint8Array {
  return Uint8Array.from(values, (value) => (passes(value) ? 1 : 0));
}
