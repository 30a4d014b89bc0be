// The window that the tests of a file share: there before the first of them, closed after the last.
import { afterAll, beforeAll } from "vitest";
import { type LaunchedApp, launchApp } from "./launch";
import { NtscopePage } from "./ntscopePage";

export interface TestWindow {
  readonly launched: LaunchedApp;
  /** Its page, which is ready. */
  readonly ntscope: NtscopePage;
}

/** @param prepare what else has to be there before the first test; it hands the window to the file's tests */
export function withWindow(prepare: (window: TestWindow) => void | Promise<void>): void {
  let launched: LaunchedApp | undefined;
  beforeAll(async () => {
    launched = await launchApp();
    const ntscope = new NtscopePage(launched);
    await ntscope.ready();
    await prepare({ launched, ntscope });
  });
  afterAll(async () => {
    await launched?.close();
  });
}
