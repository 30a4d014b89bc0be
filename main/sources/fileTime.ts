/** Windows' FILETIME (100 ns since 1601, UTC) as the log's Unix milliseconds. Source: FILETIME structure, Microsoft. */

const UNIX_EPOCH_IN_MS = 11_644_473_600_000;
const TICKS_PER_MS = 10_000;
const TWO_TO_32 = 0x1_0000_0000;

/** Unix milliseconds; exact to about a microsecond, which is what a double of this size holds. */
export function fileTimeToUnix(low: number, high: number): number {
  // Whole milliseconds and the rest apart: a double cannot hold all ticks since 1601.
  const highMs = Math.floor((high * TWO_TO_32) / TICKS_PER_MS);
  const restTicks = high * TWO_TO_32 - highMs * TICKS_PER_MS + low;
  return highMs - UNIX_EPOCH_IN_MS + restTicks / TICKS_PER_MS;
}
