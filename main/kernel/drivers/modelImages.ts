/**
 * Where the model finds a driver's code: `builtin:NAME` and the image paths of the in-box drivers. Anything else is a
 * file, and a model without compiled drivers has none: STATUS_OBJECT_NAME_NOT_FOUND, as for a file that is not there.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../../native-bindings/abi/ntstatus/codes";
import type { DriverImage, DriverImages } from "../io/driverImage";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import { createDdk } from "../wdk/kernelDdk";
import { type LeakedTag, type PoolBlock, PoolBlocks } from "../wdk/poolBlocks";
import { builtinDrivers } from "./builtinDrivers";

export class ModelImages implements DriverImages {
  readonly #byPath = new Map<string, DriverImage>();
  readonly #blocks = new WeakMap<KernelModule, PoolBlocks>();

  /** @param imagePath as the service key has it, without regard to case */
  register(imagePath: string, image: DriverImage): void {
    this.#byPath.set(imagePath.toLowerCase(), image);
  }

  /** The drivers that come with NtScope, for a kernel that these images were given to. */
  registerBuiltin(kernel: Kernel): void {
    for (const { name, entry } of builtinDrivers) {
      this.register(`builtin:${name}`, {
        name,
        entry: (module, driverObject, registryPath) => {
          const blocks = new PoolBlocks();
          this.#blocks.set(module, blocks);
          return entry(createDdk(kernel, module, blocks), driverObject, registryPath);
        },
      });
    }
  }

  /** What the driver that is mapped there has allocated and not freed. */
  allocatedBy(module: KernelModule): LeakedTag[] {
    return this.#blocks.get(module)?.byTag ?? [];
  }

  /** The block of that driver's that an address lies in. */
  blockAt(module: KernelModule, address: Address): PoolBlock | undefined {
    return this.#blocks.get(module)?.blockAt(address);
  }

  resolve(imagePath: string): DriverImage | number {
    return this.#byPath.get(imagePath.trim().toLowerCase()) ?? STATUS_OBJECT_NAME_NOT_FOUND;
  }
}
