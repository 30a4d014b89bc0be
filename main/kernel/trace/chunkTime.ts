/**
 * Times within a chunk: microseconds from its first entry in 32 bits, half an hour either way. The clock may be set
 * back, so a time can lie before the first.
 */
const FURTHEST = 2 ** 31 - 1;

/** @param time both in Unix milliseconds */
export function toChunkTime(base: number, time: number): number {
  return Math.round((time - base) * 1000);
}

/** Whether 32 bits hold it. */
export function isChunkTime(microseconds: number): boolean {
  return microseconds < FURTHEST && microseconds > -FURTHEST;
}

/** @returns Unix milliseconds */
export function fromChunkTime(base: number, microseconds: number): number {
  return base + microseconds / 1000;
}
