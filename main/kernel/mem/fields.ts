/**
 * The fields of one structure, read and written by their offsets. What the kernel touches dozens of times in a request
 * (an IRP) is found in its page once, not at each access; see {@link fieldsAt}.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { clearView } from "./clearView";
import { PAGE_SIZE } from "./frames";
import type { KernelMemory } from "./kernelMemory";

const TWO_TO_32 = 0x1_0000_0000;

/** Little-endian; pointers as of ByteMemory. */
export interface Fields {
  readU8(offset: number): number;
  readU32(offset: number): number;
  readI32(offset: number): number;
  readPointer(offset: number): Address;
  writeU8(offset: number, value: number): void;
  writeU16(offset: number, value: number): void;
  writeU32(offset: number, value: number): void;
  writePointer(offset: number, value: Address): void;
  /** Zeroes a range. */
  clear(offset: number, length: number): void;
}

/**
 * @param isPinned the memory stays mapped, and where it is, for as long as the result is used: an own block of nonpaged
 * pool does, a driver's memory need not
 */
export function fieldsAt(memory: KernelMemory, address: Address, length: number, isPinned: boolean): Fields {
  const offset = address & (PAGE_SIZE - 1);
  if (!isPinned || offset + length > PAGE_SIZE) return new TranslatedFields(memory, address);
  const { buffer, byteOffset } = memory.translation.writePage(address);
  return new PinnedFields(new DataView(buffer, byteOffset + offset, length));
}

class PinnedFields implements Fields {
  constructor(private readonly view: DataView) {}

  readU8(offset: number): number {
    return this.view.getUint8(offset);
  }

  readU32(offset: number): number {
    return this.view.getUint32(offset, true);
  }

  readI32(offset: number): number {
    return this.view.getInt32(offset, true);
  }

  readPointer(offset: number): Address {
    return this.view.getInt32(offset + 4, true) * TWO_TO_32 + this.view.getUint32(offset, true);
  }

  writeU8(offset: number, value: number): void {
    this.view.setUint8(offset, value);
  }

  writeU16(offset: number, value: number): void {
    this.view.setUint16(offset, value, true);
  }

  writeU32(offset: number, value: number): void {
    this.view.setUint32(offset, value, true);
  }

  writePointer(offset: number, value: Address): void {
    this.view.setUint32(offset, value, true);
    this.view.setUint32(offset + 4, Math.floor(value / TWO_TO_32), true);
  }

  clear(offset: number, length: number): void {
    clearView(this.view, offset, offset + length);
  }
}

class TranslatedFields implements Fields {
  constructor(
    private readonly memory: KernelMemory,
    private readonly address: Address,
  ) {}

  readU8(offset: number): number {
    return this.memory.readU8(this.address + offset);
  }

  readU32(offset: number): number {
    return this.memory.readU32(this.address + offset);
  }

  readI32(offset: number): number {
    return this.memory.readI32(this.address + offset);
  }

  readPointer(offset: number): Address {
    return this.memory.readPointer(this.address + offset);
  }

  writeU8(offset: number, value: number): void {
    this.memory.writeU8(this.address + offset, value);
  }

  writeU16(offset: number, value: number): void {
    this.memory.writeU16(this.address + offset, value);
  }

  writeU32(offset: number, value: number): void {
    this.memory.writeU32(this.address + offset, value);
  }

  writePointer(offset: number, value: Address): void {
    this.memory.writePointer(this.address + offset, value);
  }

  clear(offset: number, length: number): void {
    this.memory.fill(this.address + offset, length, 0);
  }
}
