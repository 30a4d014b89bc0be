/** What the I/O manager remembers of a loaded driver beside its DRIVER_OBJECT. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelModule } from "../ke/routines";

export interface DriverRecord {
  readonly object: Address;
  /** `\Driver\Example` */
  readonly name: string;
  readonly servicePath: string;
  readonly imagePath: string;
  readonly module: KernelModule;
  /** Pool of its strings, freed with the object. */
  readonly strings: readonly Address[];
  /** Links that its code made and has not deleted: path to target. */
  readonly links: Map<string, string>;
}

/** Records by a text that is compared without regard to case. */
export class RecordIndex {
  readonly #records = new Map<string, readonly DriverRecord[]>();

  find(text: string): readonly DriverRecord[] {
    return this.#records.get(text.toUpperCase()) ?? [];
  }

  add(text: string, record: DriverRecord): void {
    this.#records.set(text.toUpperCase(), [...this.find(text), record]);
  }

  remove(text: string, record: DriverRecord): void {
    const left = this.find(text).filter((other) => other !== record);
    if (left.length > 0) this.#records.set(text.toUpperCase(), left);
    else this.#records.delete(text.toUpperCase());
  }
}
