// Times and memory of a benchmark's parts.
import { readFileSync } from "node:fs";

const ROUNDS = 5;

/** Seconds of the quickest of some rounds: the others measure the machine's other work. */
export function quickest(act: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    act();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}

/**
 * As {@link quickest}, in seconds of processor time: the same as on a machine with nothing else to do, but for the
 * threads that collect garbage and compile, which count too.
 */
export function leastProcessorTime(act: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) least = Math.min(least, processorTime(act));
  return least;
}

/** Seconds of one call. */
export function processorTime(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** As {@link quickest}. */
export async function quickestOf(act: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await act();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}

/**
 * MB of this process at its greatest. Not the figure of getrusage where there is a better one: on Linux that begins with
 * the size of the process that started this one, which has built the benchmarks.
 */
export function mostMemory(): number {
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) / 1024;
}

/** Bytes of objects and buffers that are still reachable. */
export function memoryUsed(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
