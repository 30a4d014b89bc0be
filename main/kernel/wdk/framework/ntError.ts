/**
 * An NTSTATUS as the framework's error, after "Windows Drivers in Rust: Safe Framework" (src/error.rs). Where Rust
 * returns `Err(error)` and passes it on with `?`, TypeScript throws it: every framework call says so. Anything else that a
 * driver throws is no error value but a fault, and stops the machine.
 */
import { STATUS_SUCCESS } from "../../../../native-bindings/abi/ntstatus/codes";
import type { NtStatus } from "../ddk";

export class NtError extends Error {
  static readonly UNSUCCESSFUL = new NtError(0xc0000001, "UNSUCCESSFUL");
  static readonly NOT_IMPLEMENTED = new NtError(0xc0000002, "NOT_IMPLEMENTED");
  static readonly INVALID_PARAMETER = new NtError(0xc000000d, "INVALID_PARAMETER");
  static readonly INVALID_DEVICE_REQUEST = new NtError(0xc0000010, "INVALID_DEVICE_REQUEST");
  static readonly END_OF_FILE = new NtError(0xc0000011, "END_OF_FILE");
  static readonly ACCESS_DENIED = new NtError(0xc0000022, "ACCESS_DENIED");
  static readonly OBJECT_NAME_COLLISION = new NtError(0xc0000035, "OBJECT_NAME_COLLISION");
  static readonly INSUFFICIENT_RESOURCES = new NtError(0xc000009a, "INSUFFICIENT_RESOURCES");
  static readonly NOT_SUPPORTED = new NtError(0xc00000bb, "NOT_SUPPORTED");
  static readonly INVALID_USER_BUFFER = new NtError(0xc00000e8, "INVALID_USER_BUFFER");

  private constructor(
    private readonly status: NtStatus,
    name: string,
  ) {
    super(`STATUS_${name}`);
    this.name = "NtError";
  }

  /** `Error::from_kernel_errno`. */
  static fromStatus(status: NtStatus): NtError {
    return new NtError(status >>> 0, `0x${(status >>> 0).toString(16).toUpperCase().padStart(8, "0")}`);
  }

  /** `Error::to_kernel_errno`. */
  toStatus(): NtStatus {
    return this.status;
  }
}

/** Throws for any status but STATUS_SUCCESS, as the article's `if status != STATUS_SUCCESS` does (warnings too). */
export function throwUnlessSuccess(status: NtStatus): void {
  if (status !== STATUS_SUCCESS) throw NtError.fromStatus(status);
}
