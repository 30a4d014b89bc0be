/**
 * What a driver does with the requests to its device, after the trait DeviceOperations of "Creating Devices" and
 * "Reading and Writing". Each method completes its request, at once or later; an NtError that it throws instead completes
 * the request with that status. What is not overridden succeeds with 0 bytes, but for control codes. A method that waits is
 * a generator (`*read(device, request)`).
 */
import type { Coroutine } from "../../ke/call";
import type { Device } from "./device";
import type { ControlRequest, IoRequest, ReadRequest, WriteRequest } from "./ioRequest";
import { NtError } from "./ntError";

export abstract class DeviceOperations {
  /** IRP_MJ_CREATE: a handle to the device is being opened. */
  create(_device: Device, request: IoRequest): Coroutine<void> | void {
    request.complete(0);
  }

  /** IRP_MJ_CLEANUP: the last handle to the file object has been closed. */
  cleanup(_device: Device, request: IoRequest): Coroutine<void> | void {
    request.complete(0);
  }

  /** IRP_MJ_CLOSE: the last reference to the file object is gone. */
  close(_device: Device, request: IoRequest): Coroutine<void> | void {
    request.complete(0);
  }

  /** IRP_MJ_READ. */
  read(_device: Device, request: ReadRequest): Coroutine<void> | void {
    request.complete(0);
  }

  /** IRP_MJ_WRITE. */
  write(_device: Device, request: WriteRequest): Coroutine<void> | void {
    request.complete(0);
  }

  /**
   * IRP_MJ_DEVICE_CONTROL. In no article yet; as with every other major function of theirs, what is not overridden is no
   * success but NtError.INVALID_PARAMETER.
   */
  control(_device: Device, _request: ControlRequest): Coroutine<void> | void {
    throw NtError.INVALID_PARAMETER;
  }

  /** Called when the device lets go of it: the place for what Rust would do in `Drop`. */
  drop(): void {}
}
