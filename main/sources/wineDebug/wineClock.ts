/**
 * Wall time of Wine's time stamps, which count from an origin of Wine's own. The first line that arrives sets the
 * anchor: it was printed just now. Lines wait in the pipe, so an anchor may be late; no line comes from the future, so
 * whichever came through fastest knows best.
 */

/**
 * A line older than this in ms did not wait in a pipe: the clocks went apart (the computer slept, the counter of
 * milliseconds began anew after 49.7 days, another prefix writes).
 */
const MOST_DELAY = 60_000;

export class WineClock {
  /** Wall time of Wine's zero. */
  private origin: number | undefined;

  /**
   * @param seconds of Wine's clock
   * @param arrival Unix ms at which the line was read
   * @returns Unix ms at which it was printed
   */
  toWallClock(seconds: number, arrival: number): number {
    const sinceOrigin = seconds * 1000;
    const latest = arrival - sinceOrigin;
    if (this.origin === undefined || latest < this.origin || latest > this.origin + MOST_DELAY) this.origin = latest;
    return this.origin + sinceOrigin;
  }
}
