/**
 * A structured exception of NT as a value that is thrown: what ExRaiseStatus and its kin raise. A driver in TypeScript
 * catches it as a driver in C does with __try and __except; what nobody catches is a bugcheck.
 * Source: "Handling Exceptions" (Windows Driver Kit), EXCEPTION_RECORD (winnt.h).
 */
import { STATUS_ACCESS_VIOLATION } from "../../../native-bindings/abi/ntstatus/codes";
import { ntStatusHex, ntStatusName } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { Ke } from "../ke/ke";
import { KernelFault } from "../mem/kernelFault";

const SYSTEM_SERVICE_EXCEPTION = 0x3b;

export class NtException extends Error {
  /**
   * @param status EXCEPTION_RECORD.ExceptionCode
   * @param routine who raised it: "ProbeForRead"
   */
  constructor(
    readonly status: number,
    readonly routine: string,
  ) {
    super(`${routine} raised ${ntStatusName(status) ?? ntStatusHex(status)}`);
    this.name = "NtException";
  }
}

/** GetExceptionCode for what a `catch` got: of a raised exception, or of a bad user address; undefined for all else. */
export function exceptionCodeOf(error: unknown): number | undefined {
  if (error instanceof NtException) return error.status;
  return error instanceof KernelFault && error.address >= 0 ? STATUS_ACCESS_VIOLATION : undefined;
}

/** The bugcheck for an exception that no routine on the way out handled. @param name of the routine that let it pass */
export function bugCheckUnhandled(ke: Ke, exception: NtException, address: number, name: string): never {
  return ke.bugCheck(SYSTEM_SERVICE_EXCEPTION, [exception.status, address, 0, 0], {
    rule: `${name} did not handle an exception: ${exception.message}, outside a __try block.`,
    routine: exception.routine,
  });
}
