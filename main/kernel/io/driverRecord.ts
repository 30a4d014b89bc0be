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
