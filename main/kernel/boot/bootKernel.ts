/** A kernel with the namespace of a freshly booted Windows 10 and the drivers that come with NtScope. */
import type { Address } from "../../../native-bindings/abi/address";
import { ModelImages } from "../drivers/modelImages";
import { Kernel } from "../kernel";
import type { KernelHost } from "../kernelHost";
import { KernelMode } from "../ob/caller";
import { bootNamespace } from "./bootNamespace";
import type { BootParts } from "./bootParts";
import type { InboxDeviceIndex } from "./inboxDevices";
import { inboxDrivers, inboxImage, inboxImagePath } from "./inboxDrivers";

export interface BootedKernel {
  readonly kernel: Kernel;
  readonly images: ModelImages;
  /** What the boot tables say of a device, by its object's address. */
  readonly notes: ReadonlyMap<Address, string>;
}

function partsOf({ mem: memory, pool, ke, ob, ps, io, cm: registry }: Kernel): BootParts {
  return { memory, pool, ke, ob, ps, io, registry };
}

export function bootKernel(host: KernelHost): BootedKernel {
  const images = new ModelImages();
  const kernel = new Kernel(host, { images });
  const parts = partsOf(kernel);
  const index: InboxDeviceIndex = new Map();
  images.registerBuiltin(kernel);
  for (const driver of inboxDrivers) {
    // Two services of one file are two drivers with code of their own, so they need paths of their own.
    images.register(inboxImagePath(driver), inboxImage(parts, driver, index));
  }
  kernel.boot();
  const { notes } = kernel.ps.runAs(kernel.ps.systemThread, KernelMode, () => bootNamespace(parts, index));
  return { kernel, images, notes };
}
