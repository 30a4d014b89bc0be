/** Threads, the clock and handles: a deadlock seen, a clock stopped and stepped, why an open failed. */
import { describe, expect, it } from "vitest";
import type { LaunchedApp } from "./harness/launch";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

let launched: LaunchedApp;
let ntscope: NtscopePage;
withWindow(async (window) => {
  ({ launched, ntscope } = window);
  await ntscope.createAndStartService("deadlock", "builtin:deadlock");
});

const pane = () => ntscope.pane("Threads");
const clock = (text: string | RegExp) => ntscope.statusBar.getByText(text);
const graphBox = (name: RegExp) => pane().getByRole("button", { name });
const showThreads = async () => {
  await ntscope.chooseMenu("view.threads");
  await pane().waitFor();
};

describe("the clock", () => {
  it("stands where it is told to, holds requests, and lets one in at each step", async () => {
    await showThreads();
    await pane().getByText("Nothing waits.").waitFor();
    await pane().getByRole("button", { name: "Pause" }).click();
    await clock(/^Clock paused at \d\d:\d\d:\d\d\.\d{3}$/).waitFor();
    await ntscope.openDevice("\\\\.\\Deadlock\\a");
    await clock(/, 1 request waits$/).waitFor();
    await ntscope.openDevice("\\\\.\\Deadlock\\b");
    await clock(/, 2 requests wait$/).waitFor();
    expect(await ntscope.logTexts()).not.toContain(expect.stringContaining("has its first mutex"));
    await launched.page.keyboard.press("F10");
    await clock(/, 1 request waits$/).waitFor();
    await ntscope.statusBar.getByRole("button", { name: "Step" }).click();
    await clock(/^Clock paused at [\d:.]+$/).waitFor();
    await showThreads();
    await pane().getByText("DelayExecution").or(pane().getByText("time to pass")).first().waitFor();
  });
});

describe("a deadlock", () => {
  it("is drawn as a circle and said in words", async () => {
    // Five seconds pass for both at once, and then each goes on in a step of its own.
    for (let step = 0; step < 4; step += 1) await ntscope.chooseMenu("machine.step");
    const sentence = pane()
      .getByRole("alert")
      .getByText(/^Deadlock: thread \d+ \(ntscope\.exe\) waits for Mutant/);
    await sentence.waitFor();
    expect(await sentence.innerText()).toMatch(/deadlock!DeviceExtension\+0x38, which thread \d+ holds; thread/);
    await graphBox(/^Thread \d+ ntscope\.exe, deadlocked$/)
      .nth(1)
      .waitFor();
    await graphBox(/^Mutant deadlock!DeviceExtension, deadlocked$/).waitFor();
    expect(await pane().locator(".waitEdge[data-deadlocked]").count()).toBe(4);
    const notice = launched.page.locator(".notice").filter({ hasText: "deadlock: Threads wait for each other" });
    await notice.getByText("Acquire locks in the same order everywhere").waitFor();
    await notice.getByRole("button").click();
    await notice.waitFor({ state: "detached" });
    await ntscope.screenshots("wait-graph");
  });

  it("can be walked with the keyboard: Enter selects the thread's row", async () => {
    await graphBox(/^Thread \d+ ntscope\.exe, deadlocked$/)
      .first()
      .focus();
    await launched.page.keyboard.press("ArrowRight");
    const focused = () => launched.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(await focused()).toMatch(/^Mutant/);
    await launched.page.keyboard.press("ArrowRight");
    const name = (await focused()) ?? "";
    expect(name).toMatch(/^Thread \d+/);
    await launched.page.keyboard.press("Enter");
    const [, id = ""] = /^Thread (\d+)/.exec(name) ?? [];
    const row = pane().getByRole("grid").locator("[role=row][aria-selected=true]");
    await row.filter({ hasText: id }).filter({ hasText: "deadlock!DeadlockCreate" }).waitFor();
    expect(await graphBox(new RegExp(`^Thread ${id} `)).getAttribute("aria-pressed")).toBe("true");
  });

  it("goes with a restart, and the clock runs again", async () => {
    await ntscope.chooseMenu("machine.restart");
    await pane().getByText("Nothing waits.").waitFor();
    await clock(/^Clock paused/).waitFor({ state: "detached" });
    await pane().getByRole("button", { name: "Pause" }).waitFor();
  });
});

describe("handles", () => {
  it("are those of every process, and lead to their objects", async () => {
    await ntscope.chooseMenu("view.handles");
    const handles = ntscope.pane("Handles");
    const grid = handles.getByRole("grid");
    await ntscope.row(grid, "csrss.exe").first().waitFor();
    await ntscope.openDevice("NUL");
    await ntscope.chooseMenu("view.handles");
    await handles.getByLabel("Filter handles").fill("ntscope.exe");
    const row = ntscope.row(grid, "\\Device\\Null");
    await row.click();
    await handles.getByRole("button", { name: "Go to Object" }).click();
    await ntscope.row(ntscope.objects("\\Device"), "Null").and(ntscope.view.locator("[aria-selected=true]")).waitFor();
  });
});

describe("why an open failed", () => {
  it("is shown with the console's answer: the look-up, and who refused", async () => {
    await ntscope.createAndStartService("sanctum", "builtin:sanctum");
    await ntscope.openDevice("\\Device\\SanctumEDR");
    const console = ntscope.pane("Device Console");
    const answer = console.getByRole("region", { name: "Answer" });
    await console.locator("[role=row]").filter({ hasText: "SanctumEDR" }).click();
    await answer.getByText("Why").waitFor();
    await answer
      .locator("tr[data-failed]")
      .getByText(/no dispatch routine for IRP_MJ_CREATE/)
      .waitFor();
    expect(await answer.locator("tbody tr").count()).toBe(3);
  });
});
