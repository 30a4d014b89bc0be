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

function partsOf({ mem: memory, pool, ke, ob, ps, se, io, cm: registry }: Kernel): BootParts {
  return { memory, pool, ke, ob, ps, se, io, registry };
}

/** A kernel whose root has all its directories, and the rest of whose boot is to come, step by step. */
export interface BootingKernel {
  readonly kernel: Kernel;
  /** Runs the next step, a millisecond or so; the booted kernel after the last. Throws as {@link bootKernel} does. */
  step(): BootedKernel | undefined;
}

export function beginBoot(host: KernelHost): BootingKernel {
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
  const steps = bootNamespace(parts, index);
  const next = () => kernel.ps.runAs(kernel.ps.systemThread, KernelMode, () => steps.next());
  next();
  return {
    kernel,
    step() {
      const { done, value } = next();
      return done ? { kernel, images, notes: value.notes } : undefined;
    },
  };
}

/** Throws a RangeError when the boot tables contradict each other or the namespace: they are part of the program. */
export function bootKernel(host: KernelHost): BootedKernel {
  const booting = beginBoot(host);
  for (;;) {
    const booted = booting.step();
    if (booted !== undefined) return booted;
  }
}
