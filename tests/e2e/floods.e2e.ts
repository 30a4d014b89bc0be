/** More output than anybody reads, and a request that never ends: the window keeps its counts and answers. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { LogPage } from "./harness/logPage";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
let log: LogPage;
let device: ConsolePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  log = new LogPage(ntscope);
  device = new ConsolePage(ntscope);
  await ntscope.ready();
});
afterAll(async () => {
  await launched.close();
});

const lastLine = /line 100000 of 100000/;

describe("100,000 lines", () => {
  it("are followed to the last one", async () => {
    await ntscope.createAndStartService("crowd", "builtin:crowd");
    expect(await device.open("\\\\.\\Crowd")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.showPane("Log");
    await ntscope.statusBar.getByText("100,000 lines").waitFor();
    await ntscope.logLines.filter({ hasText: lastLine }).waitFor();
  });

  it("leave the view alone that has let go of the end, and say how many came", async () => {
    await log.lines.press("Home");
    const first = ntscope.logLines.filter({ hasText: /line 1 of 100000/ });
    await first.waitFor();
    await device.ask("\\\\.\\Crowd");
    // The window works meanwhile.
    await ntscope.showDirectory("\\Driver");
    await device.next();
    await ntscope.showPane("Log");
    const chip = log.pane.getByRole("button", { name: "100,000 new" });
    await chip.waitFor();
    await first.waitFor();
    await chip.click();
    await ntscope.logLines.filter({ hasText: lastLine }).waitFor();
    await ntscope.logLines.filter({ hasText: /^\W*200000\s/ }).waitFor();
    await chip.waitFor({ state: "detached" });
  });
});

describe("builtin:mistakes", () => {
  it("prints 100 MB, and every line is counted", async () => {
    await ntscope.chooseMenu("log.clear");
    await ntscope.createAndStartService("mistakes", "builtin:mistakes");
    await device.ask("\\\\.\\Mistakes\\flood");
    // The page answers while the engine is busy.
    await ntscope.chooseMenu("tools.palette");
    await launched.page.getByRole("dialog").waitFor();
    await launched.page.keyboard.press("Escape");
    expect(await device.next()).toMatchObject({ status: "STATUS_SUCCESS" });
    // 100,000,000 bytes in lines of 511.
    await ntscope.statusBar.getByText("195,695 lines").waitFor();
    expect(await ntscope.statusBar.getByText(/lost/).count()).toBe(0);
    await ntscope.showPane("Log");
    await ntscope.logLines
      .filter({ hasText: /flood flood/ })
      .first()
      .waitFor();
  });

  it("forgets a request: it is pending, and one can stop waiting for it", async () => {
    await ntscope.chooseMenu("log.clear");
    await ntscope.openDevice("\\\\.\\Mistakes\\never-complete");
    const row = device.row(3);
    await row.filter({ hasText: "pending" }).waitFor();
    // The rest of the machine goes on.
    await ntscope.showDirectory("\\Device");
    await row.getByRole("button", { name: "stop waiting" }).click();
    // Not STATUS_CANCELLED: the IRP is still the driver's, only the waiting ended.
    expect((await device.next()).status).toBe("cancelled");
  });
});
