/**
 * Every call from the I/O manager into a driver. What a driver throws must not leave the kernel: it becomes the
 * bugcheck that NT would show for an exception that nothing handles.
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  ATTEMPTED_SWITCH_FROM_DPC,
  KMODE_EXCEPTION_NOT_HANDLED,
  SYSTEM_SERVICE_EXCEPTION,
} from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_ACCESS_VIOLATION } from "../../../native-bindings/abi/ntstatus/codes";
import { bugCheckUnhandled, NtException } from "../ex/ntException";
import { BugcheckSignal } from "../ke/bugcheck";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Ke } from "../ke/ke";
import { ThreadExit } from "../ke/threadExit";
import { KernelFault } from "../mem/kernelFault";

/** What a C++ or JavaScript exception is to NT: EXCEPTION_CODE of the Microsoft C++ compiler. */
const CPP_EXCEPTION = 0xe06d_7363;

export class DriverCalls {
  readonly #threw = (error: unknown, routine: Address): never => this.trap(error, routine);

  constructor(private readonly ke: Ke) {}

  /** IO_COMPLETION_ROUTINE, DRIVER_CANCEL...: what can run at DISPATCH_LEVEL and so must not wait. */
  call(routine: Address, first: Address, second: Address, third: Address): number {
    const result = this.ke.routines.call3(routine, first, second, third, this.#threw);
    if (typeof result === "number") return result >>> 0;
    return isCoroutine(result) ? this.#mustNotWait(routine) : 0;
  }

  /** As {@link call}, for routines that answer a pointer: CsqPeekNextIrp. */
  callForAddress(routine: Address, first: Address, second: Address, third: Address): Address {
    const result = this.ke.routines.call3(routine, first, second, third, this.#threw);
    if (typeof result === "number") return result;
    return isCoroutine(result) ? this.#mustNotWait(routine) : 0;
  }

  /** DRIVER_DISPATCH, DRIVER_UNLOAD...: what runs at PASSIVE_LEVEL and may wait. Up to three parameters, an NTSTATUS or nothing. */
  start(routine: Address, first: Address, second: Address, third: Address): MayWait<number> {
    const result = this.ke.routines.call3(routine, first, second, third, this.#threw);
    if (typeof result === "number") return result >>> 0;
    return isCoroutine(result) ? statusOf(result) : 0;
  }

  /** KDEFERRED_ROUTINE. */
  callDpc(routine: Address, dpc: Address, context: Address, first: Address, second: Address): void {
    let result: unknown;
    try {
      result = this.ke.routines.call(routine, dpc, context, first, second);
    } catch (error) {
      this.trap(error, routine);
    }
    if (isCoroutine(result)) this.#mustNotWait(routine);
  }

  #mustNotWait(routine: Address): never {
    const name = this.ke.routines.nameOf(routine) ?? "a driver routine";
    return this.ke.bugCheck(ATTEMPTED_SWITCH_FROM_DPC, [routine, 0, 0, 0], {
      rule: `${name} waits. DPC, completion, cancel and StartIo routines can run at DISPATCH_LEVEL and must not wait.`,
      routine: "KeWaitForSingleObject",
    });
  }

  /**
   * @param routine the driver's routine that did not return
   * Throws a BugcheckSignal, always.
   */
  trap(error: unknown, routine: Address): never {
    if (error instanceof BugcheckSignal || error instanceof ThreadExit) throw error;
    const name = this.ke.routines.nameOf(routine) ?? "a driver routine";
    if (error instanceof KernelFault) return this.#fault(error, routine, name);
    if (error instanceof NtException) return bugCheckUnhandled(this.ke, error, routine, name);
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return this.ke.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [CPP_EXCEPTION, routine, 0, 0], {
      rule: `${name} threw an exception that nothing handled: ${message}`,
      routine: "KiDispatchException",
    });
  }

  /** Kernel addresses are never valid by accident; a bad user address could have been handled with __try. */
  #fault(fault: KernelFault, routine: Address, name: string): never {
    if (fault.reason !== "nonCanonical" && fault.address < 0) return this.ke.bugCheckFault(fault, "MmAccessFault");
    return this.ke.bugCheck(SYSTEM_SERVICE_EXCEPTION, [STATUS_ACCESS_VIOLATION, routine, 0, 0], {
      rule: `${name} touched memory that is not there, outside a __try block: ${fault.message}.`,
      routine: "KiDispatchException",
    });
  }
}

/** Its result as an NTSTATUS, once it is there. */
function* statusOf(coroutine: Coroutine<unknown>): Coroutine<number> {
  const result = yield* coroutine;
  return typeof result === "number" ? result >>> 0 : 0;
}
