/** DdkRtlMemory, DdkBitmaps and DdkGenericTables over the kernel. */
import type { Address } from "../../../native-bindings/abi/address";
import type { Kernel } from "../kernel";
import { AVL_HEADER_SIZE, AvlTable } from "../rtl/avlTables";
import { Bitmap, type BitRun } from "../rtl/bitmaps";
import { compareMemory, fillMemory, moveMemory, sizeOf } from "../rtl/memory";
import { readTimeFields, uniform, writeTimeFields } from "../rtl/times";
import type { DdkBitmaps, DdkGenericTables, DdkRtlMemory } from "./ddkRtlData";

export function rtlMemoryDdk({ mem }: Kernel): DdkRtlMemory {
  const move = (destination: Address, source: Address, bytes: number) => moveMemory(mem, destination, source, bytes);
  const zero = (destination: Address, bytes: number) => fillMemory(mem, destination, bytes, 0);
  return {
    RtlCopyMemory: move,
    RtlMoveMemory: move,
    RtlFillMemory: (destination, bytes, fill) => fillMemory(mem, destination, bytes, fill),
    RtlZeroMemory: zero,
    RtlSecureZeroMemory: zero,
    RtlCompareMemory: (first, second, bytes) => compareMemory(mem, first, second, bytes),
    RtlEqualMemory: (first, second, bytes) => compareMemory(mem, first, second, bytes) === sizeOf(bytes),
    RtlTimeToTimeFields: (time, fields) => writeTimeFields(mem, BigInt.asIntN(64, mem.readU64(time)), fields),
    RtlTimeFieldsToTime: (fields, time) => {
      const value = readTimeFields(mem, fields);
      if (value !== undefined) mem.writeU64(time, value);
      return value !== undefined;
    },
    RtlRandomEx: (seed) => {
      const next = uniform(mem.readU32(seed));
      mem.writeU32(seed, next);
      return next;
    },
  };
}

const NOT_FOUND = -1;
const noRun: BitRun = { start: 0, length: 0 };

export function bitmapsDdk({ mem }: Kernel): DdkBitmaps {
  const at = (header: Address) => new Bitmap(mem, header);
  const find = (header: Address, count: number, hint: number, isSet: boolean) =>
    at(header).find(count, hint, isSet) ?? NOT_FOUND;
  const findAndChange = (header: Address, count: number, hint: number, isSet: boolean) => {
    const found = at(header).find(count, hint, isSet);
    if (found !== undefined) at(header).write(found, count, !isSet);
    return found ?? NOT_FOUND;
  };
  const nextRun = (header: Address, from: number): BitRun => {
    for (const run of at(header).runs(false, from)) return run;
    return noRun;
  };
  return {
    RtlInitializeBitMap: (header, buffer, bits) => Bitmap.initialize(mem, header, buffer, bits),
    RtlClearAllBits: (header) => at(header).writeAll(false),
    RtlSetAllBits: (header) => at(header).writeAll(true),
    RtlClearBit: (header, bit) => at(header).write(bit, 1, false),
    RtlSetBit: (header, bit) => at(header).write(bit, 1, true),
    RtlTestBit: (header, bit) => at(header).test(bit),
    RtlCheckBit: (header, bit) => (at(header).test(bit) ? 1 : 0),
    RtlClearBits: (header, start, count) => at(header).write(start, count, false),
    RtlSetBits: (header, start, count) => at(header).write(start, count, true),
    RtlAreBitsClear: (header, start, count) => at(header).isAll(start, count, false),
    RtlAreBitsSet: (header, start, count) => at(header).isAll(start, count, true),
    RtlFindClearBits: (header, count, hint) => find(header, count, hint, false),
    RtlFindSetBits: (header, count, hint) => find(header, count, hint, true),
    RtlFindClearBitsAndSet: (header, count, hint) => findAndChange(header, count, hint, false),
    RtlFindSetBitsAndClear: (header, count, hint) => findAndChange(header, count, hint, true),
    RtlNumberOfClearBits: (header) => at(header).count(false),
    RtlNumberOfSetBits: (header) => at(header).count(true),
    RtlFindNextForwardRunClear: nextRun,
    RtlFindFirstRunClear: (header) => nextRun(header, 0),
    RtlFindLongestRunClear: (header) => {
      let longest = noRun;
      for (const run of at(header).runs(false)) if (run.length > longest.length) longest = run;
      return longest;
    },
  };
}

export function genericTablesDdk({ mem, ke }: Kernel): DdkGenericTables {
  const at = (table: Address) => new AvlTable(mem, ke, table);
  return {
    RtlInitializeGenericTableAvl: (table, compare, allocate, free, context) =>
      at(table).initialize(compare, allocate, free, context),
    RtlInsertElementGenericTableAvl: (table, buffer, bytes) => {
      const { element, isNew } = at(table).insert(buffer, bytes);
      return { element, newElement: isNew };
    },
    RtlDeleteElementGenericTableAvl: (table, buffer) => at(table).delete(buffer),
    RtlLookupElementGenericTableAvl: (table, buffer) => at(table).lookup(buffer),
    RtlEnumerateGenericTableAvl: (table, restart) => at(table).enumerate(restart),
    RtlEnumerateGenericTableWithoutSplayingAvl: (table, restartKey) => {
      const node = at(table).next(mem.readPointer(restartKey));
      if (node === 0) return 0;
      mem.writePointer(restartKey, node);
      return node + AVL_HEADER_SIZE;
    },
    RtlGetElementGenericTableAvl: (table, index) => at(table).at(index),
    RtlNumberGenericTableElementsAvl: (table) => at(table).count,
    RtlIsGenericTableEmptyAvl: (table) => at(table).count === 0,
  };
}
