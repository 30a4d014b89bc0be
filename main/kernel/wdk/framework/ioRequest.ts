/**
 * An IRP as the framework's driver sees it, after "Windows Drivers in Rust: Creating Devices" (IoRequest) and
 * "Reading and Writing" (ReadRequest and WriteRequest, which are IoRequests through Deref). ControlRequest is made in
 * their manner: the articles end before I/O controls.
 */

import type { Address } from "../../../../native-bindings/abi/address";
import { decodeIoctl, METHOD_BUFFERED, METHOD_IN_DIRECT, METHOD_NEITHER } from "../../../../native-bindings/abi/ioctl";
import { STATUS_SUCCESS } from "../../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../../native-bindings/abi/structures/stackLocation";
import type { Ddk } from "../ddk";
import { NtError } from "./ntError";
import { UserPtr } from "./userPtr";

const {
  MdlAddress: MDL_ADDRESS,
  SystemBuffer: SYSTEM_BUFFER,
  "IoStatus.Status": STATUS,
  "IoStatus.Information": INFORMATION,
} = IRP.offset;
const {
  MajorFunction: MAJOR_FUNCTION,
  "Parameters.Read.Length": LENGTH,
  "Parameters.Read.ByteOffset": BYTE_OFFSET,
  "Parameters.DeviceIoControl.OutputBufferLength": OUTPUT_LENGTH,
  "Parameters.DeviceIoControl.InputBufferLength": INPUT_LENGTH,
  "Parameters.DeviceIoControl.IoControlCode": CODE,
} = IO_STACK_LOCATION.offset;

const IO_NO_INCREMENT = 0;
/** MM_PAGE_PRIORITY.HighPagePriority, as in the article. */
const HIGH_PAGE_PRIORITY = 32;

export class IoRequest {
  constructor(
    protected readonly ddk: Ddk,
    protected readonly raw: Address,
  ) {}

  /** The address of the IRP. */
  asRaw(): Address {
    return this.raw;
  }

  /** The address of the IO_STACK_LOCATION that is meant for this driver. */
  stackLocation(): Address {
    return this.ddk.IoGetCurrentIrpStackLocation(this.raw);
  }

  /** IRP_MJ_xxx. */
  major(): number {
    return this.ddk.memory.readU8(this.stackLocation() + MAJOR_FUNCTION);
  }

  /**
   * Finishes the request: with `information` bytes and STATUS_SUCCESS, or with an error and no bytes. The IRP belongs to
   * the I/O manager from then on. A second call stops the machine (MULTIPLE_IRP_COMPLETE_REQUESTS).
   */
  complete(result: number | NtError): void {
    const { memory } = this.ddk;
    const status = typeof result === "number" ? STATUS_SUCCESS : result.toStatus();
    memory.writePointer(this.raw + INFORMATION, typeof result === "number" ? result : 0);
    memory.writeU32(this.raw + STATUS, status);
    this.ddk.IoCompleteRequest(this.raw, IO_NO_INCREMENT);
  }
}

/** Where the bytes of a read or write are: which of direct and buffered I/O, the buffer's kernel address and its length. */
interface RequestBuffer {
  address: Address;
  length: number;
}

/**
 * Read and write parameters lie at the same offsets of the stack location (a union), so one reader serves both.
 */
class TransferRequest extends IoRequest {
  private mdl(): Address {
    return this.ddk.memory.readPointer(this.raw + MDL_ADDRESS);
  }

  private systemBuffer(): Address {
    return this.ddk.memory.readPointer(this.raw + SYSTEM_BUFFER);
  }

  /**
   * The MDL's pages with DO_DIRECT_IO, the system buffer with DO_BUFFERED_IO. With neither flag on the device there is
   * no kernel address for the buffer at all, and the UserPtr is empty.
   */
  protected buffer(): RequestBuffer {
    const mdl = this.mdl();
    if (mdl !== 0) {
      return {
        address: this.ddk.MmGetSystemAddressForMdlSafe(mdl, HIGH_PAGE_PRIORITY),
        length: this.ddk.MmGetMdlByteCount(mdl),
      };
    }
    const address = this.systemBuffer();
    if (address === 0) return { address: 0, length: 0 };
    const length = this.ddk.memory.readU32(this.stackLocation() + LENGTH);
    return { address, length };
  }

  /**
   * Where in the file the caller wants to read or write, in bytes; 0 when the request has no buffer.
   *
   * The article answers MmGetMdlByteOffset for direct I/O. That is the buffer's offset in its first page, not the file's;
   * what it means is ByteOffset for both.
   */
  offset(): number {
    if (this.mdl() === 0 && this.systemBuffer() === 0) return 0;
    const at = this.stackLocation() + BYTE_OFFSET;
    return this.ddk.memory.readPointer(at);
  }
}

/** IRP_MJ_READ: the caller's room is to be filled. */
export class ReadRequest extends TransferRequest {
  userPtr(): UserPtr {
    const { address, length } = this.buffer();
    return new UserPtr(this.ddk, address, 0, length);
  }
}

/** IRP_MJ_WRITE: the caller's bytes are to be taken. */
export class WriteRequest extends TransferRequest {
  userPtr(): UserPtr {
    const { address, length } = this.buffer();
    return new UserPtr(this.ddk, address, length, 0);
  }
}

/** IRP_MJ_DEVICE_CONTROL: a code, an input and an output, which the code's method brings in different ways. */
export class ControlRequest extends IoRequest {
  /** The whole control code, unsigned. */
  code(): number {
    return this.ddk.memory.readU32(this.stackLocation() + CODE);
  }

  /** The low two bits of the code: METHOD_BUFFERED... */
  method(): number {
    return decodeIoctl(this.code()).method;
  }

  /**
   * What the caller sent.
   * @throws NtError.NOT_SUPPORTED for METHOD_NEITHER: raw user addresses are nothing that a safe framework hands out
   */
  input(): UserPtr {
    this.refuseNeither();
    const address = this.ddk.memory.readPointer(this.raw + SYSTEM_BUFFER);
    const length = this.ddk.memory.readU32(this.stackLocation() + INPUT_LENGTH);
    return new UserPtr(this.ddk, address, address === 0 ? 0 : length, 0);
  }

  /**
   * The caller's second buffer: room to be filled, or with METHOD_IN_DIRECT more to be read. With METHOD_BUFFERED it is
   * the memory of the input, which must have been read before.
   * @throws NtError.NOT_SUPPORTED for METHOD_NEITHER
   */
  output(): UserPtr {
    this.refuseNeither();
    const { ddk, raw } = this;
    if (this.method() === METHOD_BUFFERED) {
      const address = ddk.memory.readPointer(raw + SYSTEM_BUFFER);
      return new UserPtr(ddk, address, 0, ddk.memory.readU32(this.stackLocation() + OUTPUT_LENGTH));
    }
    const mdl = ddk.memory.readPointer(raw + MDL_ADDRESS);
    if (mdl === 0) return new UserPtr(ddk, 0, 0, 0);
    const address = ddk.MmGetSystemAddressForMdlSafe(mdl, HIGH_PAGE_PRIORITY);
    const length = ddk.MmGetMdlByteCount(mdl);
    const isInput = this.method() === METHOD_IN_DIRECT;
    return new UserPtr(ddk, address, isInput ? length : 0, isInput ? 0 : length);
  }

  private refuseNeither(): void {
    if (this.method() === METHOD_NEITHER) throw NtError.NOT_SUPPORTED;
  }
}
