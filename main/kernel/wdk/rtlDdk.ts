/** DdkStrings and DdkSafeStrings over the kernel. What they allocate is the driver's pool, with NT's tag for strings. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INVALID_PARAMETER,
  STATUS_NO_MEMORY,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import { setUnicodeString } from "../mem/unicodeString";
import { RtlUpcaseUnicodeChar, upcase } from "../ob/upcase";
import { guidText, parseGuid } from "../rtl/guids";
import { SafeStrings } from "../rtl/safeStrings";
import * as strings from "../rtl/unicodeStrings";
import type { DdkSafeStrings, DdkStrings } from "./ddkRtl";

const STRING_TAG = "Strg";
const BUFFER = 8;

export function stringsDdk({ mem, driverPool }: Kernel, module: KernelModule): DdkStrings {
  const text = (string: strings.StringArgument) => strings.textOf(mem, string);
  const allocator = (wanted: boolean) =>
    wanted ? (bytes: number) => driverPool.allocate(module, PagedPool, bytes, STRING_TAG) : undefined;
  const cased = (string: strings.StringArgument, ignoreCase: boolean) =>
    ignoreCase ? upcase(text(string)) : text(string);
  const free = (string: Address) => {
    const buffer = mem.readPointer(string + BUFFER);
    if (buffer === 0) return;
    driverPool.free(module, buffer);
    setUnicodeString(mem, string, 0, 0);
  };
  return {
    RtlInitUnicodeString: (destination, source) => strings.initString(mem, destination, source, 2),
    RtlInitUnicodeStringEx: (destination, source) => strings.initStringEx(mem, destination, source),
    RtlInitAnsiString: (destination, source) => strings.initString(mem, destination, source, 1),
    RtlCopyUnicodeString: (destination, source) => strings.copyString(mem, destination, source),
    RtlAppendUnicodeStringToString: (destination, source) => strings.appendText(mem, destination, text(source)),
    RtlAppendUnicodeToString: (destination, source) =>
      strings.appendText(mem, destination, strings.wideText(mem, source)),
    RtlCompareUnicodeString: (first, second, ignoreCase) =>
      strings.compareStrings(text(first), text(second), ignoreCase),
    RtlEqualUnicodeString: (first, second, ignoreCase) => cased(first, ignoreCase) === cased(second, ignoreCase),
    RtlPrefixUnicodeString: (first, second, ignoreCase) =>
      cased(second, ignoreCase).startsWith(cased(first, ignoreCase)),
    RtlUpcaseUnicodeString: (destination, source, allocate) =>
      strings.storeCased(mem, destination, upcase(text(source)), allocator(allocate)),
    RtlDowncaseUnicodeString: (destination, source, allocate) =>
      strings.storeCased(mem, destination, strings.downcase(text(source)), allocator(allocate)),
    RtlUpcaseUnicodeChar: (unit) => RtlUpcaseUnicodeChar(unit),
    RtlDowncaseUnicodeChar: (unit) => strings.downcaseUnit(unit),
    RtlHashUnicodeString: (string, ignoreCase, algorithm) => {
      const hash = strings.hashString(text(string), ignoreCase, algorithm);
      return { status: hash === undefined ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS, hash: hash ?? 0 };
    },
    RtlFreeUnicodeString: free,
    RtlAnsiStringToUnicodeString: (destination, source, allocate) =>
      strings.ansiToUnicode(mem, destination, source, allocator(allocate)),
    RtlUnicodeStringToAnsiString: (destination, source, allocate) =>
      strings.unicodeToAnsi(mem, destination, text(source), allocator(allocate)),
    RtlFreeAnsiString: free,
    RtlUnicodeStringToAnsiSize: (string) => strings.ansiSize(text(string)),
    RtlAnsiStringToUnicodeSize: (string) => strings.unicodeSize(mem, string),
    RtlUnicodeStringToInteger: (string, base) => strings.parseInteger(text(string), base),
    RtlIntegerToUnicodeString: (value, base, string) => strings.storeInteger(mem, BigInt(value >>> 0), base, string),
    RtlInt64ToUnicodeString: (value, base, string) =>
      strings.storeInteger(mem, BigInt.asUintN(64, value), base, string),
    RtlGUIDFromString: (string, guid) =>
      parseGuid(mem, text(string), guid) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER,
    RtlStringFromGUID: (guid, string) => {
      const spelled = guidText(mem, guid);
      const bytes = spelled.length * 2 + 2;
      const buffer = driverPool.allocate(module, PagedPool, bytes, STRING_TAG);
      if (buffer === 0) return STATUS_NO_MEMORY;
      mem.writeUtf16(buffer, `${spelled}\0`);
      setUnicodeString(mem, string, buffer, bytes - 2, bytes);
      return STATUS_SUCCESS;
    },
  };
}

/** Whole characters of a size in bytes: half a character does not count. */
function units(bytes: number): number {
  return Math.floor(bytes / 2);
}

function measured(length: number | undefined, unit = 1): { status: number; length: number } {
  if (length === undefined) return { status: STATUS_INVALID_PARAMETER, length: 0 };
  return { status: STATUS_SUCCESS, length: length * unit };
}

export function safeStringsDdk({ mem }: Kernel): DdkSafeStrings {
  const wide = new SafeStrings(mem, 2);
  const ansi = new SafeStrings(mem, 1);
  return {
    RtlStringCchPrintfW: (at, size, format, ...args) => wide.print(at, size, format, args),
    RtlStringCbPrintfW: (at, bytes, format, ...args) => wide.print(at, units(bytes), format, args),
    RtlStringCchPrintfA: (at, size, format, ...args) => ansi.print(at, size, format, args),
    RtlStringCbPrintfA: (at, bytes, format, ...args) => ansi.print(at, bytes, format, args),
    RtlStringCchCopyW: (at, size, source) => wide.copy(at, size, source),
    RtlStringCbCopyW: (at, bytes, source) => wide.copy(at, units(bytes), source),
    RtlStringCchCopyA: (at, size, source) => ansi.copy(at, size, source),
    RtlStringCbCopyA: (at, bytes, source) => ansi.copy(at, bytes, source),
    RtlStringCchCopyNW: (at, size, source, most) => wide.copy(at, size, source, most),
    RtlStringCbCopyNW: (at, bytes, source, most) => wide.copy(at, units(bytes), source, units(most)),
    RtlStringCchCatW: (at, size, source) => wide.append(at, size, source),
    RtlStringCbCatW: (at, bytes, source) => wide.append(at, units(bytes), source),
    RtlStringCchCatA: (at, size, source) => ansi.append(at, size, source),
    RtlStringCbCatA: (at, bytes, source) => ansi.append(at, bytes, source),
    RtlStringCchLengthW: (at, most) => measured(wide.length(at, most)),
    RtlStringCbLengthW: (at, most) => measured(wide.length(at, units(most)), 2),
    RtlStringCchLengthA: (at, most) => measured(ansi.length(at, most)),
    RtlStringCbLengthA: (at, most) => measured(ansi.length(at, most)),
  };
}
