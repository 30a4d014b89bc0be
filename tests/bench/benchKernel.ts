// A booted kernel with nobody watching, so that only the kernel is measured.
import { bootKernel } from "../../main/kernel/boot/bootKernel";
import type { Kernel } from "../../main/kernel/kernel";
import type { KernelHost } from "../../main/kernel/kernelHost";
import { KernelMode } from "../../main/kernel/ob/caller";

/** Read once: it never changes, and asking costs a third of a reading of the clock. */
const origin = performance.timeOrigin;

export const silentHost: KernelHost = {
  now: () => origin + performance.now(),
  random: Math.random,
  didPrint: () => undefined,
  didReport: () => undefined,
  didBugcheck: ({ name, rule }) => {
    throw new Error(`${name}: ${rule}`);
  },
};

export function bootSilently(): Kernel {
  return bootKernel(silentHost).kernel;
}

/** Runs what a benchmark does once: a failure there would make its figures meaningless. */
export function requireSuccess<T extends { readonly status: number }>(what: string, result: T): T {
  if (result.status !== 0) throw new Error(`${what}: 0x${result.status.toString(16)}`);
  return result;
}

export function asSystem<T>({ ps }: Kernel, action: () => T): T {
  return ps.runAs(ps.systemThread, KernelMode, action);
}
