/**
 * Where the model finds a driver's code: `builtin:NAME`, the image paths of the in-box drivers, and files of the host
 * that were made ready for one start. Anything else is a file that is not there: STATUS_OBJECT_NAME_NOT_FOUND.
 */
import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../../native-bindings/abi/ntstatus/codes";
import type { DriverImage, DriverImages } from "../io/driverImage";
import type { Kernel } from "../kernel";
import { createDdk } from "../wdk/kernelDdk";
import { builtinDrivers } from "./builtinDrivers";
import type { DriverFile, DriverFileFailure } from "./driverFile";

/** Room for the addresses of some 4000 functions: a file may make one for each device it creates. */
const FILE_IMAGE_SIZE = 0x1_0000;

export class ModelImages implements DriverImages {
  readonly #byPath = new Map<string, DriverImage>();
  /** Files for the start that is going on; their paths' case counts, as the host's may. */
  readonly #offered = new Map<string, DriverImage | number>();
  /** Those that are mapped now. */
  readonly #files = new Set<DriverFile>();
  /** Those that have ever been. */
  readonly #loaded = new WeakSet<DriverFile>();

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

  /**
   * Makes a file, or why there is none, what an image path stands for until it is withdrawn.
   * @returns withdraws it: a file that was not loaded until then is disposed; one that was, when its image goes or the
   * machine ends
   */
  offer(kernel: Kernel, imagePath: string, file: DriverFile | DriverFileFailure): () => void {
    const image = "status" in file ? file.status : this.#imageOf(kernel, file);
    this.#offered.set(imagePath, image);
    return () => {
      if (this.#offered.get(imagePath) === image) this.#offered.delete(imagePath);
      if (!("status" in file) && !this.#loaded.has(file)) file.dispose();
    };
  }

  #imageOf(kernel: Kernel, file: DriverFile): DriverImage {
    return {
      name: file.name,
      size: FILE_IMAGE_SIZE,
      entry: (module, driverObject, registryPath) => {
        this.#loaded.add(file);
        this.#files.add(file);
        kernel.ke.routines.whenRemoved(module, () => {
          this.#files.delete(file);
          file.dispose();
        });
        kernel.ke.routines.setPlaces(module, () => file.places());
        return file.entry(createDdk(kernel, module), driverObject, registryPath);
      },
    };
  }

  /** The machine has ended: nothing that was loaded is called again. */
  dispose(): void {
    for (const file of this.#files) file.dispose();
    this.#files.clear();
  }

  resolve(imagePath: string): DriverImage | number {
    const offered = this.#offered.get(imagePath);
    return offered ?? this.#byPath.get(imagePath.trim().toLowerCase()) ?? STATUS_OBJECT_NAME_NOT_FOUND;
  }
}
