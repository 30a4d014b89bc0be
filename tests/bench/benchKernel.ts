// A booted kernel with nobody watching, so that only the kernel is measured.
import { nodeScheduler } from "../../main/engine/nodeScheduler";
import { bootKernel } from "../../main/kernel/boot/bootKernel";
import type { Kernel } from "../../main/kernel/kernel";
import type { KernelHost } from "../../main/kernel/kernelHost";
import { KernelMode } from "../../main/kernel/ob/caller";

export const silentHost: KernelHost = {
  now: nodeScheduler.wallClock,
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
