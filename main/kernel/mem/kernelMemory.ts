/**
 * The model's memory: sparse 4 KiB pages in the 64-bit address space, a kernel half that all share and a user
 * half per process. Everything that NT keeps in memory lies here in NT's layout; a KernelFault is what the
 * processor would raise. Little-endian; unaligned access is allowed, as on x64.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { ByteMemory } from "../../../native-bindings/abi/byteMemory";
import { clearView } from "./clearView";
import { FRAMES_PER_CHUNK, FRAMES_PER_CHUNK_SHIFT, Frames, PAGE_SHIFT } from "./frames";
import { Pages } from "./pages";
import { Translation } from "./translation";
import { readUnicodeString, writeUnicodeString } from "./unicodeString";
import type { UserSpace } from "./userSpace";
import { readUtf16, writeUtf16 } from "./utf16";

const TWO_TO_32 = 0x1_0000_0000;
const FRAME_INDEX = FRAMES_PER_CHUNK - 1;

/** Up to here stores in a loop are quicker than a call of the built-in function that fills: an IRP, a stack location. */
const LOOPED_FILL = 512;

/** The case of nearly all structures; empty ranges take the general way, which touches nothing. */
function isWithinPage(address: Address, length: number): boolean {
  return length > 0 && (address & 0xfff) + length <= 0x1000;
}

/** In the buffer that the frame is part of. */
function startIn(frame: number, address: Address): number {
  return ((frame & FRAME_INDEX) << PAGE_SHIFT) | (address & 0xfff);
}

export class KernelMemory implements ByteMemory {
  readonly frames = new Frames();
  readonly translation = new Translation(this.frames);
  /** Mapping, unmapping, protections. */
  readonly pages = new Pages(this.frames, this.translation);

  /** Whose user half is there from now on; undefined: nobody's. */
  attachUser(space: UserSpace | undefined): void {
    this.translation.attachUser(space);
  }

  // Short, so that V8 inlines them everywhere: what lies across two pages is read and written elsewhere.

  readU8(address: Address): number {
    return this.translation.readPage(address).getUint8(address & 0xfff);
  }

  readU16(address: Address): number {
    const offset = address & 0xfff;
    if (offset > 0xffe) return this.readU8(address) | (this.readU8(address + 1) << 8);
    return this.translation.readPage(address).getUint16(offset, true);
  }

  readU32(address: Address): number {
    return this.readI32(address) >>> 0;
  }

  readI32(address: Address): number {
    const offset = address & 0xfff;
    if (offset > 0xffc) return this.#readI32Across(address);
    return this.translation.readPage(address).getInt32(offset, true);
  }

  readU64(address: Address): bigint {
    return (BigInt(this.readU32(address + 4)) << 32n) | BigInt(this.readU32(address));
  }

  readPointer(address: Address): Address {
    const offset = address & 0xfff;
    if (offset > 0xff8) return this.#readPointerAcross(address);
    const page = this.translation.readPage(address);
    return page.getInt32(offset + 4, true) * TWO_TO_32 + page.getUint32(offset, true);
  }

  writeU8(address: Address, value: number): void {
    this.translation.writePage(address).setUint8(address & 0xfff, value);
  }

  writeU16(address: Address, value: number): void {
    const offset = address & 0xfff;
    if (offset > 0xffe) this.#writeAcross(address, value, value, 2);
    else this.translation.writePage(address).setUint16(offset, value, true);
  }

  writeU32(address: Address, value: number): void {
    const offset = address & 0xfff;
    if (offset > 0xffc) this.#writeAcross(address, value, value, 4);
    else this.translation.writePage(address).setUint32(offset, value, true);
  }

  writeI32(address: Address, value: number): void {
    this.writeU32(address, value);
  }

  writeU64(address: Address, value: bigint): void {
    this.#writeHalves(address, Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn));
  }

  writePointer(address: Address, value: Address): void {
    this.#writeHalves(address, value, Math.floor(value / TWO_TO_32));
  }

  /** Two ULONGs, one behind the other, as structures begin with. */
  writePair(address: Address, first: number, second: number): void {
    this.#writeHalves(address, first, second);
  }

  /**
   * Adds to a 64-bit integer that stays within 2^53, such as a reference count.
   * @returns the new value
   */
  addPointer(address: Address, delta: number): number {
    const value = this.readPointer(address) + delta;
    this.writePointer(address, value);
    return value;
  }

  readBytes(address: Address, length: number): Uint8Array {
    if (!isWithinPage(address, length)) return this.#readBytesAcross(address, length);
    const frame = this.translation.readFrame(address);
    const start = startIn(frame, address);
    return this.#chunkOf(frame).slice(start, start + length);
  }

  /** All or nothing: a fault on a later page leaves the earlier ones as they were. */
  writeBytes(address: Address, bytes: Uint8Array): void {
    if (!isWithinPage(address, bytes.length)) {
      this.#writeBytesAcross(address, bytes);
      return;
    }
    const frame = this.translation.writeFrame(address);
    this.#chunkOf(frame).set(bytes, startIn(frame, address));
  }

  fill(address: Address, length: number, value: number): void {
    if (!isWithinPage(address, length)) {
      this.#fillAcross(address, length, value);
    } else if (value === 0 && length <= LOOPED_FILL) {
      const offset = address & 0xfff;
      clearView(this.translation.writePage(address), offset, offset + length);
    } else {
      const frame = this.translation.writeFrame(address);
      const start = startIn(frame, address);
      this.#chunkOf(frame).fill(value, start, start + length);
    }
  }

  /** As memmove: the ranges may overlap. */
  copy(target: Address, source: Address, length: number): void {
    if (!isWithinPage(source, length) || !isWithinPage(target, length)) {
      this.writeBytes(target, this.readBytes(source, length));
      return;
    }
    const from = this.translation.readFrame(source);
    const to = this.translation.writeFrame(target);
    const start = startIn(from, source);
    const bytes = this.#chunkOf(from);
    const others = this.#chunkOf(to);
    if (bytes === others) bytes.copyWithin(startIn(to, target), start, start + length);
    else others.set(bytes.subarray(start, start + length), startIn(to, target));
  }

  #readBytesAcross(address: Address, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const at = address + done;
      const page = this.frames.page(this.translation.readFrame(at));
      const offset = at & 0xfff;
      const count = Math.min(length - done, page.length - offset);
      bytes.set(page.subarray(offset, offset + count), done);
      done += count;
    }
    return bytes;
  }

  #writeBytesAcross(address: Address, bytes: Uint8Array): void {
    this.#probeWrite(address, bytes.length);
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const page = this.frames.page(this.translation.writeFrame(at));
      const offset = at & 0xfff;
      const count = Math.min(bytes.length - done, page.length - offset);
      page.set(bytes.subarray(done, done + count), offset);
      done += count;
    }
  }

  #fillAcross(address: Address, length: number, value: number): void {
    this.#probeWrite(address, length);
    for (let done = 0; done < length; ) {
      const at = address + done;
      const page = this.frames.page(this.translation.writeFrame(at));
      const offset = at & 0xfff;
      const count = Math.min(length - done, page.length - offset);
      page.fill(value, offset, offset + count);
      done += count;
    }
  }

  #chunkOf(frame: number): Uint8Array {
    return this.frames.bytes[frame >>> FRAMES_PER_CHUNK_SHIFT] as Uint8Array;
  }

  /** @param length in bytes; an odd last byte is left out. */
  readUtf16(address: Address, length: number): string {
    return readUtf16(this, address, length >>> 1);
  }

  /** Writes the code units as they are, without a terminator. */
  writeUtf16(address: Address, text: string): void {
    this.#probeWrite(address, text.length * 2);
    writeUtf16(this, address, text);
  }

  /** The text of the UNICODE_STRING at `at`. */
  readUnicodeString(at: Address): string {
    return readUnicodeString(this, at);
  }

  /** A UNICODE_STRING at `at`, its text and a NUL right behind it: 18 + 2 * length bytes in all. */
  writeUnicodeString(at: Address, text: string): void {
    writeUnicodeString(this, at, text);
  }

  #probeWrite(address: Address, length: number): void {
    if (length === 0) return;
    for (let at = address - (address & 0xfff); at < address + length; at += 0x1000) {
      this.translation.writeFrame(Math.max(at, address));
    }
  }

  #writeHalves(address: Address, low: number, high: number): void {
    const offset = address & 0xfff;
    if (offset > 0xff8) {
      this.#writeAcross(address, low, high, 8);
      return;
    }
    const page = this.translation.writePage(address);
    page.setUint32(offset, low, true);
    page.setUint32(offset + 4, high, true);
  }

  #readI32Across(address: Address): number {
    return this.readU16(address) | (this.readU16(address + 2) << 16);
  }

  #readPointerAcross(address: Address): Address {
    return this.readI32(address + 4) * TWO_TO_32 + this.readU32(address);
  }

  /** A write over a page boundary; both pages are checked before the first byte changes. */
  #writeAcross(address: Address, low: number, high: number, length: number): void {
    this.#probeWrite(address, length);
    for (let index = 0; index < length; index++) {
      this.writeU8(address + index, (index < 4 ? low : high) >>> ((index & 3) * 8));
    }
  }
}
