// How long the page's frames take while something happens: what a user sees as smooth or not.
import type { Page } from "playwright-core";

interface FrameRecorder {
  frameTimes?: number[];
}

/** Begins to note the time between each two frames. */
export async function startFrameTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    const recorder = globalThis as FrameRecorder;
    recorder.frameTimes = times;
    let last = performance.now();
    const note = (): void => {
      const now = performance.now();
      times.push(now - last);
      last = now;
      if (recorder.frameTimes === times) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}

/** Ends it; ms between frames. The first is the gap before the first frame and is left out. */
export function stopFrameTimes(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const recorder = globalThis as FrameRecorder;
    const times = recorder.frameTimes ?? [];
    delete recorder.frameTimes;
    return times.slice(1);
  });
}

/** Ms between the next `count` frames of a page that nobody asks anything: what the machine itself does to frames. */
export async function framesFor(page: Page, count: number): Promise<number[]> {
  await startFrameTimes(page);
  await page.waitForFunction(
    (wanted) => ((globalThis as FrameRecorder).frameTimes?.length ?? 0) > wanted,
    Math.max(1, count),
  );
  return stopFrameTimes(page);
}
