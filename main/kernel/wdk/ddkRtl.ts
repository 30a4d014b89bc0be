/**
 * The run-time library: strings (wdm.h, ntifs.h). A string that is only read is the address of a UNICODE_STRING, or
 * its text; one that is written is always an address. Lengths in memory are bytes, as in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { StringArgument } from "../rtl/unicodeStrings";
import type { NtStatus, PrintArgument } from "./ddk";

export interface DdkStrings {
  /** `RtlInitUnicodeString`: for a text that ends with NUL; address 0 makes it empty. What is too long is cut off. */
  RtlInitUnicodeString(destination: Address, source: Address): void;
  /** `RtlInitUnicodeStringEx`: STATUS_NAME_TOO_LONG when a UNICODE_STRING can't hold it; then nothing is written. */
  RtlInitUnicodeStringEx(destination: Address, source: Address): NtStatus;
  /** `RtlInitAnsiString`. */
  RtlInitAnsiString(destination: Address, source: Address): void;
  /** `RtlCopyUnicodeString`: as much as the destination has room for; `source` 0 empties it. */
  RtlCopyUnicodeString(destination: Address, source: StringArgument): void;
  /** `RtlAppendUnicodeStringToString`: STATUS_BUFFER_TOO_SMALL when it does not fit. */
  RtlAppendUnicodeStringToString(destination: Address, source: StringArgument): NtStatus;
  /** `RtlAppendUnicodeToString`: a text that ends with NUL; STATUS_BUFFER_TOO_SMALL when it does not fit. */
  RtlAppendUnicodeToString(destination: Address, source: Address | string): NtStatus;
  /** `RtlCompareUnicodeString`: 0 when equal, below 0 when the first comes first. */
  RtlCompareUnicodeString(first: StringArgument, second: StringArgument, caseInsensitive: boolean): number;
  /** `RtlEqualUnicodeString`. */
  RtlEqualUnicodeString(first: StringArgument, second: StringArgument, caseInsensitive: boolean): boolean;
  /** `RtlPrefixUnicodeString`: whether the second begins with the first. */
  RtlPrefixUnicodeString(first: StringArgument, second: StringArgument, caseInsensitive: boolean): boolean;
  /**
   * `RtlUpcaseUnicodeString`: allocates the buffer (RtlFreeUnicodeString frees it) or writes into the one there is;
   * STATUS_BUFFER_OVERFLOW when that is too small, STATUS_NO_MEMORY when the pool is exhausted.
   */
  RtlUpcaseUnicodeString(destination: Address, source: StringArgument, allocate: boolean): NtStatus;
  /** `RtlDowncaseUnicodeString`: as RtlUpcaseUnicodeString. */
  RtlDowncaseUnicodeString(destination: Address, source: StringArgument, allocate: boolean): NtStatus;
  /** `RtlUpcaseUnicodeChar`: of one UTF-16 code unit. */
  RtlUpcaseUnicodeChar(unit: number): number;
  /** `RtlDowncaseUnicodeChar`: of one UTF-16 code unit. */
  RtlDowncaseUnicodeChar(unit: number): number;
  /** `RtlHashUnicodeString`: algorithm 0 or 1 (x65599); STATUS_INVALID_PARAMETER for another. */
  RtlHashUnicodeString(
    string: StringArgument,
    caseInsensitive: boolean,
    algorithm: number,
  ): { status: NtStatus; hash: number };
  /** `RtlFreeUnicodeString`: frees the buffer, unless it is 0, and empties the string. */
  RtlFreeUnicodeString(string: Address): void;
  /** `RtlAnsiStringToUnicodeString`: as RtlUpcaseUnicodeString; STATUS_INVALID_PARAMETER_2 when it gets too long. */
  RtlAnsiStringToUnicodeString(destination: Address, source: Address, allocate: boolean): NtStatus;
  /** `RtlUnicodeStringToAnsiString`: what a given buffer has no room for is cut off, with STATUS_BUFFER_OVERFLOW. */
  RtlUnicodeStringToAnsiString(destination: Address, source: StringArgument, allocate: boolean): NtStatus;
  /** `RtlFreeAnsiString`. */
  RtlFreeAnsiString(string: Address): void;
  /** `RtlUnicodeStringToAnsiSize`: bytes, NUL included. */
  RtlUnicodeStringToAnsiSize(string: StringArgument): number;
  /** `RtlAnsiStringToUnicodeSize`: bytes, NUL included. */
  RtlAnsiStringToUnicodeSize(string: Address): number;
  /**
   * `RtlUnicodeStringToInteger`: base 2, 8, 10 or 16, or 0 for what the prefix 0b, 0o or 0x says; else
   * STATUS_INVALID_PARAMETER. Ends at the first character that is no digit; unsigned 32 bits, wrapped around.
   */
  RtlUnicodeStringToInteger(string: StringArgument, base: number): { status: NtStatus; value: number };
  /** `RtlIntegerToUnicodeString`: base 2, 8, 10 or 16, 0 for 10; STATUS_BUFFER_OVERFLOW when it does not fit. */
  RtlIntegerToUnicodeString(value: number, base: number, string: Address): NtStatus;
  /** `RtlInt64ToUnicodeString`: the same for 64 bits. */
  RtlInt64ToUnicodeString(value: bigint, base: number, string: Address): NtStatus;
  /** `RtlGUIDFromString`: "{8-4-4-4-12}" in hex; else STATUS_INVALID_PARAMETER. */
  RtlGUIDFromString(string: StringArgument, guid: Address): NtStatus;
  /** `RtlStringFromGUID`: allocates the buffer, which RtlFreeUnicodeString frees. */
  RtlStringFromGUID(guid: Address, string: Address): NtStatus;
}

/**
 * ntstrsafe.h. `Cch` takes the buffer's size in characters, `Cb` in bytes; W is UTF-16, A is UTF-8. Each answers
 * STATUS_BUFFER_OVERFLOW when it had to cut, STATUS_INVALID_PARAMETER for a size of 0 or of more than 2^31 - 1 characters.
 */
export interface DdkSafeStrings {
  /** `RtlStringCchPrintfW`: in the format, %s is wide and %S narrow. */
  RtlStringCchPrintfW(at: Address, size: number, format: Address | string, ...args: PrintArgument[]): NtStatus;
  /** `RtlStringCbPrintfW`. */
  RtlStringCbPrintfW(at: Address, bytes: number, format: Address | string, ...args: PrintArgument[]): NtStatus;
  /** `RtlStringCchPrintfA`. */
  RtlStringCchPrintfA(at: Address, size: number, format: Address | string, ...args: PrintArgument[]): NtStatus;
  /** `RtlStringCbPrintfA`. */
  RtlStringCbPrintfA(at: Address, bytes: number, format: Address | string, ...args: PrintArgument[]): NtStatus;
  /** `RtlStringCchCopyW`. */
  RtlStringCchCopyW(at: Address, size: number, source: Address | string): NtStatus;
  /** `RtlStringCbCopyW`. */
  RtlStringCbCopyW(at: Address, bytes: number, source: Address | string): NtStatus;
  /** `RtlStringCchCopyA`. */
  RtlStringCchCopyA(at: Address, size: number, source: Address | string): NtStatus;
  /** `RtlStringCbCopyA`. */
  RtlStringCbCopyA(at: Address, bytes: number, source: Address | string): NtStatus;
  /** `RtlStringCchCopyNW`: at most `most` characters of the source. */
  RtlStringCchCopyNW(at: Address, size: number, source: Address | string, most: number): NtStatus;
  /** `RtlStringCbCopyNW`: at most `most` bytes of the source. */
  RtlStringCbCopyNW(at: Address, bytes: number, source: Address | string, most: number): NtStatus;
  /** `RtlStringCchCatW`. */
  RtlStringCchCatW(at: Address, size: number, source: Address | string): NtStatus;
  /** `RtlStringCbCatW`. */
  RtlStringCbCatW(at: Address, bytes: number, source: Address | string): NtStatus;
  /** `RtlStringCchCatA`. */
  RtlStringCchCatA(at: Address, size: number, source: Address | string): NtStatus;
  /** `RtlStringCbCatA`. */
  RtlStringCbCatA(at: Address, bytes: number, source: Address | string): NtStatus;
  /** `RtlStringCchLengthW`: STATUS_INVALID_PARAMETER when no NUL is found; `length` in characters. */
  RtlStringCchLengthW(at: Address, most: number): { status: NtStatus; length: number };
  /** `RtlStringCbLengthW`: the same in bytes. */
  RtlStringCbLengthW(at: Address, most: number): { status: NtStatus; length: number };
  /** `RtlStringCchLengthA`. */
  RtlStringCchLengthA(at: Address, most: number): { status: NtStatus; length: number };
  /** `RtlStringCbLengthA`. */
  RtlStringCbLengthA(at: Address, most: number): { status: NtStatus; length: number };
}
