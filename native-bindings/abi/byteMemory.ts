/**
 * Bytes at addresses: what structure views read and write. The kernel model implements it over its pages,
 * the native bindings over buffers that the system filled. Little-endian, like x64.
 */
import { type Address, addressToHex } from "./address";

export interface ByteMemory {
  readU8(address: Address): number;
  readU16(address: Address): number;
  /** Unsigned: 0..2^32-1. */
  readU32(address: Address): number;
  readI32(address: Address): number;
  readU64(address: Address): bigint;
  /**
   * Eight bytes as a signed number. Exact whenever they hold a canonical address; garbage that is not
   * canonical comes back rounded and outside the canonical range, so that using it faults.
   */
  readPointer(address: Address): Address;
  writeU8(address: Address, value: number): void;
  writeU16(address: Address, value: number): void;
  writeU32(address: Address, value: number): void;
  writeI32(address: Address, value: number): void;
  writeU64(address: Address, value: bigint): void;
  writePointer(address: Address, value: Address): void;
  /** A copy. */
  readBytes(address: Address, length: number): Uint8Array;
  writeBytes(address: Address, bytes: Uint8Array): void;
}

const TWO_TO_32 = 0x1_0000_0000;

/** One buffer that pretends to lie at `base`. Access outside it throws a RangeError that names the address. */
export class BufferMemory implements ByteMemory {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;

  constructor(
    bytes: Uint8Array | number,
    readonly base: Address = 0,
  ) {
    this.#bytes = typeof bytes === "number" ? new Uint8Array(bytes) : bytes;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  get length(): number {
    return this.#bytes.length;
  }

  #offset(address: Address, length: number): number {
    const offset = address - this.base;
    if (!(offset >= 0 && length >= 0 && offset + length <= this.#bytes.length)) {
      throw new RangeError(
        `${addressToHex(address)} + ${length} is outside the ${this.length} bytes at ${addressToHex(this.base)}`,
      );
    }
    return offset;
  }

  readU8(address: Address): number {
    return this.#view.getUint8(this.#offset(address, 1));
  }

  readU16(address: Address): number {
    return this.#view.getUint16(this.#offset(address, 2), true);
  }

  readU32(address: Address): number {
    return this.#view.getUint32(this.#offset(address, 4), true);
  }

  readI32(address: Address): number {
    return this.#view.getInt32(this.#offset(address, 4), true);
  }

  readU64(address: Address): bigint {
    return this.#view.getBigUint64(this.#offset(address, 8), true);
  }

  readPointer(address: Address): Address {
    const offset = this.#offset(address, 8);
    return this.#view.getInt32(offset + 4, true) * TWO_TO_32 + this.#view.getUint32(offset, true);
  }

  writeU8(address: Address, value: number): void {
    this.#view.setUint8(this.#offset(address, 1), value);
  }

  writeU16(address: Address, value: number): void {
    this.#view.setUint16(this.#offset(address, 2), value, true);
  }

  writeU32(address: Address, value: number): void {
    this.#view.setUint32(this.#offset(address, 4), value, true);
  }

  writeI32(address: Address, value: number): void {
    this.#view.setInt32(this.#offset(address, 4), value, true);
  }

  writeU64(address: Address, value: bigint): void {
    this.#view.setBigUint64(this.#offset(address, 8), value, true);
  }

  writePointer(address: Address, value: Address): void {
    const offset = this.#offset(address, 8);
    const high = Math.floor(value / TWO_TO_32);
    this.#view.setUint32(offset, value - high * TWO_TO_32, true);
    this.#view.setInt32(offset + 4, high, true);
  }

  readBytes(address: Address, length: number): Uint8Array {
    const offset = this.#offset(address, length);
    return this.#bytes.slice(offset, offset + length);
  }

  writeBytes(address: Address, bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#offset(address, bytes.length));
  }
}
