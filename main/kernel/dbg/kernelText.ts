/** The text that pointer arguments of DbgPrint lead to, read from kernel memory as the driver left it there. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";
import type { TextKind, TextMemory } from "./vaList";

/** ANSI_STRING and UNICODE_STRING: Length in bytes at 0, Buffer at 8. */
const BUFFER_OFFSET = 8;

export class KernelTextMemory implements TextMemory {
  readonly #decoder = new TextDecoder();

  constructor(private readonly memory: KernelMemory) {}

  readText(address: Address, kind: TextKind, maxUnits: number): string | undefined {
    switch (kind) {
      case "ansi":
        return this.#ansi(address, maxUnits, false);
      case "wide":
        return this.#wide(address, maxUnits);
      case "ansiString":
        return this.#counted(address, (buffer, length) => this.#ansi(buffer, Math.min(length, maxUnits), true));
      case "unicodeString":
        return this.#counted(address, (buffer, length) =>
          this.memory.readUtf16(buffer, Math.min(length & ~1, maxUnits * 2)),
        );
    }
  }

  #counted(address: Address, read: (buffer: Address, length: number) => string): string | undefined {
    const buffer = this.memory.readPointer(address + BUFFER_OFFSET);
    return buffer === 0 ? undefined : read(buffer, this.memory.readU16(address));
  }

  /** The model's ANSI code page is UTF-8. */
  #ansi(address: Address, maxBytes: number, counted: boolean): string {
    const bytes: number[] = [];
    while (bytes.length < maxBytes) {
      const byte = this.memory.readU8(address + bytes.length);
      if (byte === 0 && !counted) break;
      bytes.push(byte);
    }
    return this.#decoder.decode(Uint8Array.from(bytes));
  }

  #wide(address: Address, maxUnits: number): string {
    const units: number[] = [];
    while (units.length < maxUnits) {
      const unit = this.memory.readU16(address + units.length * 2);
      if (unit === 0) break;
      units.push(unit);
    }
    return String.fromCharCode(...units);
  }
}
