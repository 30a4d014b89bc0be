/** The scalar field types of NT structures: their sizes, and how each is read and written. */
import type { Address } from "./address";
import type { ByteMemory } from "./byteMemory";

export type ScalarType = "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "u64" | "i64" | "pointer" | "wchar";

/** 64-bit integers are bigint; a pointer is an {@link Address}; a wchar is its UTF-16 code unit. */
export type ScalarValue<T extends ScalarType> = T extends "u64" | "i64" ? bigint : number;

const sizes: Readonly<Record<ScalarType, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  wchar: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  pointer: 8,
};

/** In bytes. */
export function scalarSize(type: ScalarType): number {
  return sizes[type];
}

export function readScalar(memory: ByteMemory, address: Address, type: ScalarType): number | bigint {
  switch (type) {
    case "u8":
      return memory.readU8(address);
    case "i8":
      return (memory.readU8(address) << 24) >> 24;
    case "u16":
    case "wchar":
      return memory.readU16(address);
    case "i16":
      return (memory.readU16(address) << 16) >> 16;
    case "u32":
      return memory.readU32(address);
    case "i32":
      return memory.readI32(address);
    case "u64":
      return memory.readU64(address);
    case "i64":
      return BigInt.asIntN(64, memory.readU64(address));
    case "pointer":
      return memory.readPointer(address);
  }
}

/** Integers are cut to the width of the field, as a C assignment does. */
export function writeScalar(memory: ByteMemory, address: Address, type: ScalarType, value: number | bigint): void {
  switch (type) {
    case "u8":
    case "i8":
      memory.writeU8(address, Number(value) & 0xff);
      return;
    case "u16":
    case "i16":
    case "wchar":
      memory.writeU16(address, Number(value) & 0xffff);
      return;
    case "u32":
      memory.writeU32(address, Number(value) >>> 0);
      return;
    case "i32":
      memory.writeI32(address, Number(value) | 0);
      return;
    case "u64":
    case "i64":
      memory.writeU64(address, BigInt.asUintN(64, BigInt(value)));
      return;
    case "pointer":
      memory.writePointer(address, Number(value));
  }
}
