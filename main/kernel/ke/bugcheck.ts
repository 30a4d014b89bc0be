/**
 * KeBugCheckEx for the model: the machine stops, NtScope does not. The signal unwinds to whoever entered the
 * kernel; from then on the machine refuses to run until it is restarted.
 */
import { type Address, addressToHex, isCanonicalAddress } from "../../../native-bindings/abi/address";
import { bugcheckCodes } from "../../../native-bindings/abi/bugcheckCodes";
import { findNamedValue } from "../../../native-bindings/abi/flags";
import type { BugcheckInfo, KernelHost } from "../kernelHost";
import type { RoutineTable } from "./routines";

export class BugcheckSignal extends Error {
  constructor(readonly info: BugcheckInfo) {
    super(`bugcheck ${info.name}: ${info.rule}`);
    this.name = "BugcheckSignal";
  }
}

export interface BugcheckReason {
  /** The broken rule, in a sentence. */
  readonly rule: string;
  /** The routine that noticed: "IoCompleteRequest". */
  readonly routine?: string;
}

/** Numbers, addresses or raw 64-bit values; missing ones are 0. */
export type BugcheckParameters = readonly (Address | bigint)[];

const PARAMETERS = 4;

export class Bugchecks {
  #first: BugcheckInfo | undefined;

  constructor(
    readonly host: KernelHost,
    readonly routines: RoutineTable,
  ) {}

  /** Undefined while the machine runs. */
  get bugchecked(): BugcheckInfo | undefined {
    return this.#first;
  }

  /**
   * Never returns. A second bugcheck on the way out of the first keeps the first: it is the cause.
   * @param code unsigned 32-bit
   */
  bugCheck(code: number, parameters: BugcheckParameters, reason: BugcheckReason): never {
    if (this.#first === undefined) {
      this.#first = this.#describe(code, parameters, reason);
      this.host.didBugcheck(this.#first);
    }
    throw new BugcheckSignal(this.#first);
  }

  #describe(code: number, parameters: BugcheckParameters, { rule, routine }: BugcheckReason): BugcheckInfo {
    const calls = this.routines.callStack();
    const stack = routine === undefined ? calls : [`nt!${routine}`, ...calls];
    const driver = calls.map((name) => name.split("!")[0]).find((module) => module !== undefined && module !== "nt");
    return {
      code,
      name: findNamedValue(bugcheckCodes, code)?.name ?? `0x${code.toString(16).toUpperCase().padStart(8, "0")}`,
      parameters: Array.from({ length: PARAMETERS }, (_, index) => hex(parameters[index] ?? 0)),
      rule,
      ...(driver === undefined ? {} : { driver }),
      stack,
    };
  }
}

function hex(value: Address | bigint): string {
  if (typeof value === "number" && isCanonicalAddress(value)) return addressToHex(value);
  return `0x${BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase().padStart(16, "0")}`;
}
