/**
 * Where the model finds a driver's code: `builtin:NAME` and the image paths of the in-box drivers. Anything else is a
 * file, and a model without compiled drivers has none: STATUS_OBJECT_NAME_NOT_FOUND, as for a file that is not there.
 */
import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../../native-bindings/abi/ntstatus/codes";
import type { DriverImage, DriverImages } from "../io/driverImage";
import type { Kernel } from "../kernel";
import { createDdk } from "../wdk/kernelDdk";
import { builtinDrivers } from "./builtinDrivers";

export class ModelImages implements DriverImages {
  readonly #byPath = new Map<string, DriverImage>();

  /** @param imagePath as the service key has it, without regard to case */
  register(imagePath: string, image: DriverImage): void {
    this.#byPath.set(imagePath.toLowerCase(), image);
  }

  /** The drivers that come with NtScope, for a kernel that these images were given to. */
  registerBuiltin(kernel: Kernel): void {
    for (const { name, entry } of builtinDrivers) {
      this.register(`builtin:${name}`, {
        name,
        entry: (module, driverObject, registryPath) => entry(createDdk(kernel, module), driverObject, registryPath),
      });
    }
  }

  resolve(imagePath: string): DriverImage | number {
    return this.#byPath.get(imagePath.trim().toLowerCase()) ?? STATUS_OBJECT_NAME_NOT_FOUND;
  }
}
