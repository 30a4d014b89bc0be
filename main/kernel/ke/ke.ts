/**
 * The kernel's core state: the routines, the bugcheck, the IRQL. One processor: what runs, runs alone.
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS,
  IRQL_NOT_GREATER_OR_EQUAL,
  IRQL_NOT_LESS_OR_EQUAL,
  KMODE_EXCEPTION_NOT_HANDLED,
  PAGE_FAULT_IN_NONPAGED_AREA,
  UNEXPECTED_KERNEL_MODE_TRAP,
} from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_ACCESS_VIOLATION, STATUS_ASSERTION_FAILURE } from "../../../native-bindings/abi/ntstatus/codes";
import type { KernelHost, KernelReport } from "../kernelHost";
import type { KernelFault } from "../mem/kernelFault";
import { type BugcheckParameters, type BugcheckReason, Bugchecks } from "./bugcheck";
import type { Coroutine } from "./call";
import { type BadCall, RoutineTable } from "./routines";

/** IRQLs of x64 (wdm.h). */
export const PASSIVE_LEVEL = 0;
export const APC_LEVEL = 1;
export const DISPATCH_LEVEL = 2;
export const HIGH_LEVEL = 15;

/** What was tried with an address, as parameters of a bugcheck name it: its code was to be run. */
const EXECUTE = 8;
/** First parameter of UNEXPECTED_KERNEL_MODE_TRAP: the stack overflowed. */
const DOUBLE_FAULT = 8;
/** Second parameter of PAGE_FAULT_IN_NONPAGED_AREA. */
const faultOperations = { read: 0, write: 2, execute: 0x10 } as const;

export class Ke {
  readonly routines: RoutineTable;
  readonly #bugchecks: Bugchecks;
  #irql = PASSIVE_LEVEL;
  #dpcDepth = 0;
  /** Runs DPCs that wait for the IRQL to fall. */
  whenDispatchEnds: () => void = () => undefined;

  constructor(readonly host: KernelHost) {
    this.routines = new RoutineTable((address, problem) => this.#badCall(address, problem));
    this.#bugchecks = new Bugchecks(host, this.routines);
  }

  /** What stopped the machine; undefined while it runs. */
  get bugchecked() {
    return this.#bugchecks.bugchecked;
  }

  /** KeBugCheckEx: throws a BugcheckSignal. */
  bugCheck(code: number, parameters: BugcheckParameters, reason: BugcheckReason): never {
    return this.#bugchecks.bugCheck(code, parameters, reason);
  }

  /** Tells of something that NT leaves undefined, with the driver's routine that did it: the running one where none is named. */
  report(report: KernelReport): void {
    const routine = report.routine ?? this.routines.driverRoutine;
    this.host.didReport(routine === undefined ? report : { ...report, routine });
  }

  /** A fault in kernel code that nothing handles. */
  bugCheckFault(fault: KernelFault, routine?: string): never {
    const parameters = [fault.address, faultOperations[fault.operation], 0, 0];
    const rule = `Memory was touched that must not be: ${fault.message}.`;
    return this.bugCheck(PAGE_FAULT_IN_NONPAGED_AREA, parameters, routine === undefined ? { rule } : { rule, routine });
  }

  get irql(): number {
    return this.#irql;
  }

  KeGetCurrentIrql(): number {
    return this.#irql;
  }

  /** @returns the IRQL before */
  KeRaiseIrql(irql: number): number {
    const before = this.#irql;
    if (irql < before) {
      this.bugCheck(IRQL_NOT_GREATER_OR_EQUAL, [irql, before], {
        rule: `KeRaiseIrql was called with ${irql}, which is below the current IRQL ${before}.`,
        routine: "KeRaiseIrql",
      });
    }
    this.#irql = Math.min(irql, HIGH_LEVEL);
    return before;
  }

  KeLowerIrql(irql: number): void {
    if (irql > this.#irql) {
      this.bugCheck(IRQL_NOT_LESS_OR_EQUAL, [irql, this.#irql], {
        rule: `KeLowerIrql was called with ${irql}, which is above the current IRQL ${this.#irql}.`,
        routine: "KeLowerIrql",
      });
    }
    const wasDispatch = this.#irql >= DISPATCH_LEVEL;
    this.#irql = irql;
    if (wasDispatch && irql < DISPATCH_LEVEL) this.whenDispatchEnds();
  }

  /** The IRQL of another thread, which the processor goes on with. */
  switchIrql(irql: number): void {
    this.#irql = irql;
  }

  get isInDpc(): boolean {
    return this.#dpcDepth > 0;
  }

  /** Runs something at DISPATCH_LEVEL, as a DPC. */
  asDpc(action: () => void): void {
    const before = this.#irql;
    this.#irql = DISPATCH_LEVEL;
    this.#dpcDepth += 1;
    try {
      action();
      if (this.#irql !== DISPATCH_LEVEL) {
        this.bugCheck(IRQL_NOT_LESS_OR_EQUAL, [0, this.#irql, 0, 0], {
          rule: `A DPC routine returned at IRQL ${this.#irql}; it must return at DISPATCH_LEVEL, as it was called.`,
        });
      }
    } finally {
      this.#dpcDepth -= 1;
      this.#irql = before;
    }
  }

  /** What a routine answers that has to wait. Who takes no notice of it is told so. */
  awaiting<T>(coroutine: Coroutine<T>): Coroutine<T> {
    return this.routines.awaiting(coroutine);
  }

  #badCall(address: Address, problem: Parameters<BadCall>[1]): never {
    if (problem === "ignoredWait") {
      return this.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [STATUS_ASSERTION_FAILURE, address, 0, 0], {
        rule:
          `${this.routines.nameOf(address) ?? "A routine"} called something that waits and went on. A routine that may ` +
          "wait is a function*, and what it waits for is yield*ed: yield* ddk.KeWaitForSingleObject(event).",
      });
    }
    if (problem === "stackOverflow") {
      return this.bugCheck(UNEXPECTED_KERNEL_MODE_TRAP, [DOUBLE_FAULT], {
        rule: "The kernel stack is used up: routines called each other too deep.",
      });
    }
    const unloaded = this.routines.unloadedName(address);
    if (unloaded !== undefined) {
      return this.bugCheck(DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS, [address, EXECUTE, address, 0], {
        rule:
          `${unloaded} was called after its driver had been unloaded. Before DriverUnload returns, timers are cancelled, ` +
          "work items, DPCs and threads have ended, and no request will come back through a completion routine.",
      });
    }
    return this.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [STATUS_ACCESS_VIOLATION, address, EXECUTE, address], {
      rule: address === 0 ? "A NULL routine pointer was called." : "An address was called where there is no routine.",
    });
  }
}
