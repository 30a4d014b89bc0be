/** The run-time library: memory, bitmaps, generic tables, time (wdm.h, ntddk.h). */
import type { Address } from "../../../native-bindings/abi/address";

export interface DdkRtlMemory {
  /** `RtlCopyMemory`: copies bytes between places that do not overlap. */
  RtlCopyMemory(destination: Address, source: Address, bytes: number): void;
  /** `RtlMoveMemory`: copies bytes; the places may overlap. */
  RtlMoveMemory(destination: Address, source: Address, bytes: number): void;
  /** `RtlFillMemory`: fills with one byte. */
  RtlFillMemory(destination: Address, bytes: number, fill: number): void;
  /** `RtlZeroMemory`: fills with zeros. */
  RtlZeroMemory(destination: Address, bytes: number): void;
  /** `RtlSecureZeroMemory`: the same; no compiler leaves it out. */
  RtlSecureZeroMemory(destination: Address, bytes: number): void;
  /** `RtlCompareMemory`: how many bytes are equal, from the start. */
  RtlCompareMemory(first: Address, second: Address, bytes: number): number;
  /** `RtlEqualMemory`. */
  RtlEqualMemory(first: Address, second: Address, bytes: number): boolean;
  /** `RtlTimeToTimeFields`: from a LARGE_INTEGER of 100 ns since 1601 to TIME_FIELDS. */
  RtlTimeToTimeFields(time: Address, fields: Address): void;
  /** `RtlTimeFieldsToTime`: false for fields that are no date; then nothing is written. */
  RtlTimeFieldsToTime(fields: Address, time: Address): boolean;
  /** `RtlRandomEx`: a number below 2^31 - 1, from a ULONG seed that it replaces. Not NT's sequence. */
  RtlRandomEx(seed: Address): number;
}

/** RTL_BITMAP: the caller's header and buffer. -1 where nothing was found. */
export interface DdkBitmaps {
  /** `RtlInitializeBitMap`: the buffer is not touched; it holds whole ULONGs. */
  RtlInitializeBitMap(header: Address, buffer: Address, bits: number): void;
  /** `RtlClearAllBits`. */
  RtlClearAllBits(header: Address): void;
  /** `RtlSetAllBits`. */
  RtlSetAllBits(header: Address): void;
  /** `RtlClearBit`. */
  RtlClearBit(header: Address, bit: number): void;
  /** `RtlSetBit`. */
  RtlSetBit(header: Address, bit: number): void;
  /** `RtlTestBit`. */
  RtlTestBit(header: Address, bit: number): boolean;
  /** `RtlCheckBit`: the same as a number. */
  RtlCheckBit(header: Address, bit: number): number;
  /** `RtlClearBits`. */
  RtlClearBits(header: Address, start: number, count: number): void;
  /** `RtlSetBits`. */
  RtlSetBits(header: Address, start: number, count: number): void;
  /** `RtlAreBitsClear`: false for a range that is empty or not within the bitmap. */
  RtlAreBitsClear(header: Address, start: number, count: number): boolean;
  /** `RtlAreBitsSet`: false for a range that is empty or not within the bitmap. */
  RtlAreBitsSet(header: Address, start: number, count: number): boolean;
  /** `RtlFindClearBits`: the first run that is long enough, from the hint on and then from the start. */
  RtlFindClearBits(header: Address, count: number, hint: number): number;
  /** `RtlFindSetBits`. */
  RtlFindSetBits(header: Address, count: number, hint: number): number;
  /** `RtlFindClearBitsAndSet`: finds a run and sets it. */
  RtlFindClearBitsAndSet(header: Address, count: number, hint: number): number;
  /** `RtlFindSetBitsAndClear`: finds a run and clears it. */
  RtlFindSetBitsAndClear(header: Address, count: number, hint: number): number;
  /** `RtlNumberOfClearBits`. */
  RtlNumberOfClearBits(header: Address): number;
  /** `RtlNumberOfSetBits`. */
  RtlNumberOfSetBits(header: Address): number;
  /** `RtlFindNextForwardRunClear`: the next run from a bit on; length 0 when there is none. */
  RtlFindNextForwardRunClear(header: Address, from: number): { start: number; length: number };
  /** `RtlFindFirstRunClear`. */
  RtlFindFirstRunClear(header: Address): { start: number; length: number };
  /** `RtlFindLongestRunClear`: the first of the longest ones. */
  RtlFindLongestRunClear(header: Address): { start: number; length: number };
}

/**
 * RTL_AVL_TABLE: a sorted set of structures, each copied into memory that the driver's routine allocates.
 * `compare(table, first, second)` answers 0 less, 1 greater, 2 equal; `allocate(table, bytes)`; `free(table, node)`.
 * An element's address is that of the driver's structure, 0x20 bytes into what was allocated.
 */
export interface DdkGenericTables {
  /** `RtlInitializeGenericTableAvl`. */
  RtlInitializeGenericTableAvl(
    table: Address,
    compare: Address,
    allocate: Address,
    free: Address,
    context: Address,
  ): void;
  /** `RtlInsertElementGenericTableAvl`: the new element, or the equal one there was; 0 when `allocate` answers 0. */
  RtlInsertElementGenericTableAvl(
    table: Address,
    buffer: Address,
    bytes: number,
  ): { element: Address; newElement: boolean };
  /** `RtlDeleteElementGenericTableAvl`: whether there was one. */
  RtlDeleteElementGenericTableAvl(table: Address, buffer: Address): boolean;
  /** `RtlLookupElementGenericTableAvl`: 0 when there is none. */
  RtlLookupElementGenericTableAvl(table: Address, buffer: Address): Address;
  /** `RtlEnumerateGenericTableAvl`: the first element with `restart`, then the next each time; 0 at the end. */
  RtlEnumerateGenericTableAvl(table: Address, restart: boolean): Address;
  /** `RtlEnumerateGenericTableWithoutSplayingAvl`: `restartKey` is a pointer of the caller's, 0 at first. */
  RtlEnumerateGenericTableWithoutSplayingAvl(table: Address, restartKey: Address): Address;
  /** `RtlGetElementGenericTableAvl`: the element of that rank, from 0; 0 beyond the last. */
  RtlGetElementGenericTableAvl(table: Address, index: number): Address;
  /** `RtlNumberGenericTableElementsAvl`. */
  RtlNumberGenericTableElementsAvl(table: Address): number;
  /** `RtlIsGenericTableEmptyAvl`. */
  RtlIsGenericTableEmptyAvl(table: Address): boolean;
}
