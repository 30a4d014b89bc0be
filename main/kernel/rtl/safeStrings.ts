/**
 * ntstrsafe.h: strings that end with NUL, in buffers of a known size. What does not fit is cut off, still with its NUL,
 * and the status is STATUS_BUFFER_OVERFLOW. One implementation for wide and for ANSI text, which is UTF-8.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { formatMessage } from "../dbg/formatMessage";
import { KernelTextMemory } from "../dbg/kernelText";
import { ValueVaList } from "../dbg/vaList";
import type { KernelMemory } from "../mem/kernelMemory";

/** NTSTRSAFE_MAX_CCH */
const MOST_UNITS = 0x7fff_ffff;
/** A driver's buffer is never that large; a wrong size must not cost the host its memory. */
const MOST_FORMATTED = 0x10_0000;
/** Of UTF-8, for one UTF-16 code unit. */
const UTF8_BYTES = 3;
/** String.fromCharCode takes units as arguments: not too many at once. */
const PIECE = 0x100;

/** Bytes of a character. */
export type Unit = 1 | 2;

const encoder = new TextEncoder();

export class SafeStrings {
  readonly #texts: KernelTextMemory;

  constructor(
    private readonly memory: KernelMemory,
    private readonly unit: Unit,
  ) {
    this.#texts = new KernelTextMemory(memory);
  }

  /** StringXxxCopy. @param room of the buffer, in characters */
  copy(destination: Address, room: number, source: Address | string, most = MOST_UNITS): number {
    if (!isRoom(room)) return STATUS_INVALID_PARAMETER;
    return this.#put(destination, room, this.#units(source, Math.min(most, room)));
  }

  /** StringXxxCat. STATUS_INVALID_PARAMETER when the buffer holds no text that ends. */
  append(destination: Address, room: number, source: Address | string, most = MOST_UNITS): number {
    const length = this.length(destination, room);
    if (length === undefined) return STATUS_INVALID_PARAMETER;
    const left = room - length;
    return this.#put(destination + length * this.unit, left, this.#units(source, Math.min(most, left)));
  }

  /** StringXxxPrintf */
  print(destination: Address, room: number, format: Address | string, values: readonly unknown[]): number {
    if (!isRoom(room)) return STATUS_INVALID_PARAMETER;
    const isWide = this.unit === 2;
    const list = new ValueVaList(values, this.#texts);
    const limit = Math.min(room, MOST_FORMATTED) * (isWide ? UTF8_BYTES : 1);
    const text = typeof format === "string" ? format : this.#text(format);
    return this.#put(destination, room, this.#encode(formatMessage(text, list, limit, isWide)));
  }

  /** @returns in characters, NUL not counted; undefined when none of the first `room` characters is NUL */
  length(source: Address, room: number): number | undefined {
    if (!isRoom(room)) return undefined;
    for (let index = 0; index < room; index++) if (this.#unitAt(source, index) === 0) return index;
    return undefined;
  }

  #unitAt(address: Address, index: number): number {
    return this.unit === 2 ? this.memory.readU16(address + index * 2) : this.memory.readU8(address + index);
  }

  #text(source: Address): string {
    return this.#texts.readText(source, this.unit === 2 ? "wide" : "ansi", MOST_FORMATTED) ?? "";
  }

  /** Up to the NUL, at most `most`. */
  #units(source: Address | string, most: number): { units: number[]; isCut: boolean } {
    const units: number[] = [];
    if (typeof source === "string") {
      const encoded = this.#encode({ text: source, truncated: false });
      const end = encoded.units.indexOf(0);
      return { units: encoded.units.slice(0, Math.min(most, end < 0 ? most : end)), isCut: false };
    }
    while (units.length < most) {
      const next = this.#unitAt(source, units.length);
      if (next === 0) break;
      units.push(next);
    }
    return { units, isCut: false };
  }

  #encode({ text, truncated }: { text: string; truncated: boolean }): { units: number[]; isCut: boolean } {
    if (this.unit === 1) return { units: [...encoder.encode(text)], isCut: truncated };
    return { units: Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)), isCut: truncated };
  }

  #put(destination: Address, room: number, { units, isCut }: { units: number[]; isCut: boolean }): number {
    const fitting = Math.min(units.length, room - 1);
    for (let start = 0; start < fitting; start += PIECE) {
      this.#write(destination + start * this.unit, units.slice(start, Math.min(fitting, start + PIECE)));
    }
    this.#write(destination + fitting * this.unit, [0]);
    return isCut || fitting < units.length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
  }

  #write(at: Address, units: readonly number[]): void {
    if (this.unit === 1) this.memory.writeBytes(at, Uint8Array.from(units));
    else this.memory.writeUtf16(at, String.fromCharCode(...units));
  }
}

function isRoom(characters: number): boolean {
  return Number.isInteger(characters) && characters > 0 && characters <= MOST_UNITS;
}
