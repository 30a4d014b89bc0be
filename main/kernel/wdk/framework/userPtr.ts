/**
 * The buffer of a request, bounds checked, after "Windows Drivers in Rust: Reading and Writing". `readSize` is what the
 * driver may read of it (the caller's data of a write), `writeSize` what it may fill (the room of a read).
 */
import type { Address } from "../../../../native-bindings/abi/address";
import type { Ddk } from "../ddk";
import { NtError } from "./ntError";

/** `&mut [u8]` over kernel memory, which has no one buffer that an Uint8Array could be a view of. */
export class MutableSlice {
  constructor(
    private readonly ddk: Ddk,
    private readonly address: Address,
    /** In bytes. */
    readonly length: number,
  ) {}

  /**
   * Copies all of `bytes` to `at`.
   * @throws RangeError when they do not fit, as Rust panics: a bugcheck
   */
  copyFrom(bytes: Uint8Array, at = 0): void {
    if (at < 0 || at + bytes.length > this.length) {
      throw new RangeError(`range end index ${at + bytes.length} out of range for slice of length ${this.length}`);
    }
    if (bytes.length > 0) this.ddk.memory.writeBytes(this.address + at, bytes);
  }
}

export class UserPtr {
  constructor(
    private readonly ddk: Ddk,
    private readonly address: Address,
    readonly readSize: number,
    readonly writeSize: number,
  ) {}

  /** What the caller sent: a copy, so that later changes of the buffer do not show in it. */
  asSlice(): Uint8Array {
    return this.readSize === 0 ? new Uint8Array(0) : this.ddk.memory.readBytes(this.address, this.readSize);
  }

  asMutSlice(): MutableSlice {
    return new MutableSlice(this.ddk, this.address, this.writeSize);
  }

  /**
   * `UserPtr::read::<T>` for a T of `size` bytes.
   * @throws NtError.INVALID_USER_BUFFER when the caller sent less
   */
  read(size: number): Uint8Array {
    if (size > this.readSize) throw NtError.INVALID_USER_BUFFER;
    return size === 0 ? new Uint8Array(0) : this.ddk.memory.readBytes(this.address, size);
  }

  /**
   * `UserPtr::write`.
   * @throws NtError.INVALID_USER_BUFFER when the caller's room is smaller than `value`
   */
  write(value: Uint8Array): void {
    if (value.length > this.writeSize) throw NtError.INVALID_USER_BUFFER;
    if (value.length > 0) this.ddk.memory.writeBytes(this.address, value);
  }
}
