/**
 * Where the code of a driver comes from. The I/O manager knows images only by this: the program's own drivers are
 * registered by whoever puts the kernel together, and files of the user are offered for one start (ModelImages).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../../native-bindings/abi/ntstatus/codes";
import type { MayWait } from "../ke/call";
import type { KernelModule } from "../ke/routines";

export interface DriverImage {
  /** Of the module, as in "example!DriverEntry": the file's name without path and extension. */
  readonly name: string;
  /** In bytes of address space; the kernel's default when left out. */
  readonly size?: number;
  /**
   * DriverEntry.
   * @param module the image as it was mapped; the driver's routines are defined in it
   * @returns an NTSTATUS, in the end
   */
  entry(module: KernelModule, driverObject: Address, registryPath: Address): MayWait<number>;
}

export interface DriverImages {
  /**
   * @param imagePath an NT path such as `\SystemRoot\System32\drivers\x.sys`, or `builtin:NAME`
   * @returns the image, or the NTSTATUS that opening the file would give
   */
  resolve(imagePath: string): DriverImage | number;
}

/** Images by the name after `builtin:`, without regard to case. */
export class BuiltinDriverImages implements DriverImages {
  readonly #images = new Map<string, DriverImage>();

  register(name: string, image: DriverImage): void {
    this.#images.set(name.toLowerCase(), image);
  }

  get names(): string[] {
    return [...this.#images.keys()];
  }

  resolve(imagePath: string): DriverImage | number {
    const name = /^builtin:(.*)$/is.exec(imagePath)?.[1];
    const image = name === undefined ? undefined : this.#images.get(name.trim().toLowerCase());
    return image ?? STATUS_OBJECT_NAME_NOT_FOUND;
  }
}
