/**
 * The arguments after a format string, one way for all callers: TypeScript drivers pass values, compiled drivers
 * leave them in registers and on the stack.
 */

/**
 * ansi and wide: a pointer to text that ends with NUL. ansiString and unicodeString: a pointer to an ANSI_STRING or
 * a UNICODE_STRING.
 */
export type TextKind = "ansi" | "wide" | "ansiString" | "unicodeString";

export interface VaList {
  /**
   * The next argument, cut to `bits` and extended with its sign or with zeros. A bigint only where a number would
   * not be exact. A list that knows its end answers 0 beyond it.
   */
  nextInteger(bits: 16 | 32 | 64, signed: boolean): number | bigint;
  /**
   * The text that the next argument points to, at most `maxUnits` characters of it.
   * @returns undefined for a null pointer
   */
  nextText(kind: TextKind, maxUnits: number): string | undefined;
}

/** Where the text of a pointer argument is read. Reading what is not there is a page fault, as in any kernel code. */
export interface TextMemory {
  readText(address: number, kind: TextKind, maxUnits: number): string | undefined;
}

const TWO_TO_32 = 0x1_0000_0000;

function toNumber(value: unknown): number | bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? Math.trunc(value) : 0;
}

function cut64(value: number | bigint, signed: boolean): number | bigint {
  if (typeof value === "number" && Number.isSafeInteger(value) && (signed || value >= 0)) return value;
  const wide = BigInt(value);
  const exact = signed ? BigInt.asIntN(64, wide) : BigInt.asUintN(64, wide);
  const narrow = Number(exact);
  return Number.isSafeInteger(narrow) ? narrow : exact;
}

function cut32(value: number | bigint): number {
  if (typeof value === "bigint") return Number(BigInt.asIntN(32, value));
  return value - Math.floor(value / TWO_TO_32) * TWO_TO_32;
}

/** The low bits of `value` as C's conversions leave them. */
export function cutInteger(value: number | bigint, bits: 16 | 32 | 64, signed: boolean): number | bigint {
  if (bits === 64) return cut64(value, signed);
  const low = cut32(value) | 0;
  if (bits === 32) return signed ? low : low >>> 0;
  return signed ? (low << 16) >> 16 : low & 0xffff;
}

/** Values of a TypeScript driver: a string stands for a pointer to it, null for a null pointer. */
export class ValueVaList implements VaList {
  #next = 0;
  #missing = 0;

  constructor(
    private readonly values: readonly unknown[],
    private readonly memory: TextMemory | undefined,
  ) {}

  /** How many arguments the format wanted beyond those given: on NT it would have printed what lay on the stack. */
  get missing(): number {
    return this.#missing;
  }

  #take(): unknown {
    if (this.#next >= this.values.length) {
      this.#missing += 1;
      return undefined;
    }
    const value = this.values[this.#next];
    this.#next += 1;
    return value;
  }

  nextInteger(bits: 16 | 32 | 64, signed: boolean): number | bigint {
    const value = this.#take();
    if (typeof value === "string") return value.length === 0 ? 0 : value.charCodeAt(0);
    return cutInteger(toNumber(value), bits, signed);
  }

  nextText(kind: TextKind, maxUnits: number): string | undefined {
    const value = this.#take();
    if (typeof value === "string") return textOf(value, kind, maxUnits);
    const address = Number(toNumber(value));
    if (address === 0) return undefined;
    return this.memory?.readText(address, kind, maxUnits);
  }
}

/** A counted string may hold NUL, the others end there. */
function textOf(value: string, kind: TextKind, maxUnits: number): string {
  const end = kind === "ansi" || kind === "wide" ? value.indexOf("\0") : -1;
  return value.slice(0, end < 0 ? maxUnits : Math.min(end, maxUnits));
}
