/** The IRP trace: what a driver was given and did with it, in rows, in the swim lane, and beside its lines in the log. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import type { LaunchedApp } from "./harness/launch";
import { LogPage } from "./harness/logPage";
import type { NtscopePage } from "./harness/ntscopePage";
import { TracePage } from "./harness/tracePage";
import { withWindow } from "./harness/withWindow";

let launched: LaunchedApp;
let ntscope: NtscopePage;
let log: LogPage;
let trace: TracePage;
let device: ConsolePage;
withWindow(async (window) => {
  ({ launched, ntscope } = window);
  log = new LogPage(ntscope);
  trace = new TracePage(ntscope);
  device = new ConsolePage(ntscope);
  await ntscope.createAndStartService("example", "builtin:example");
});

const opened = "userspace opened the device";

describe("recording", () => {
  it("says what to do before there is a request", async () => {
    await trace.show();
    await trace.clear();
    await trace.pane.getByText("No IRPs yet").waitFor();
  });

  it("has a row for each request, in order", async () => {
    expect(await device.open("\\\\.\\Example")).toMatchObject({ status: "STATUS_SUCCESS" });
    await device.close("h1");
    await trace.show();
    await trace.untilFunctions(["IRP_MJ_CREATE", "IRP_MJ_CLEANUP", "IRP_MJ_CLOSE"]);
    await trace
      .row("IRP_MJ_CREATE")
      .filter({ hasText: "\\Device\\Example" })
      .filter({ hasText: "STATUS_SUCCESS" })
      .waitFor();
  });

  it("pauses and goes on", async () => {
    await trace.pane.getByRole("button", { name: "Pause recording" }).click();
    await trace.pane.getByRole("button", { name: "Record IRPs" }).waitFor();
    await device.open("\\\\.\\Example");
    await trace.show();
    await trace.pane.getByRole("button", { name: "Record IRPs" }).click();
    await trace.pane.getByRole("button", { name: "Pause recording" }).waitFor();
    await ntscope.showPane("Device Console");
    await device.close("h2");
    await trace.show();
    await trace.untilFunctions(["IRP_MJ_CREATE", "IRP_MJ_CLEANUP", "IRP_MJ_CLOSE", "IRP_MJ_CLEANUP", "IRP_MJ_CLOSE"]);
  });
});

describe("the filter", () => {
  it("shows what passes, by any of its parts, and all again", async () => {
    await trace.filter("Function", "create");
    await trace.untilFunctions(["IRP_MJ_CREATE"]);
    await trace.filter("Status", "error");
    await trace.pane.getByText("None of 5 IRPs passes the filter").waitFor();
    await trace.pane.getByRole("button", { name: "Show all IRPs" }).click();
    await trace.untilFunctions(["IRP_MJ_CREATE", "IRP_MJ_CLEANUP", "IRP_MJ_CLOSE", "IRP_MJ_CLEANUP", "IRP_MJ_CLOSE"]);
  });

  it("takes the selected row's function from the context menu", async () => {
    await ntscope.chooseContextMenu(trace.row("IRP_MJ_CREATE"), "trace.onlyFunction");
    await trace.untilFunctions(["IRP_MJ_CREATE"]);
    await trace.filter("Function", "");
  });
});

describe("the swim lane", () => {
  it("shows the way from the call to the end, with what was printed", async () => {
    await trace.row("IRP_MJ_CREATE").click();
    await trace.lane.waitFor();
    const steps = await trace.steps();
    expect(steps[0]).toMatch(/I\/O manager calls example with IRP_MJ_CREATE at stack location 1$/);
    expect(steps).toContainEqual(expect.stringMatching(/example prints: .*userspace opened the device$/));
    expect(steps).toContainEqual(expect.stringMatching(/example completes the IRP with STATUS_SUCCESS/));
    expect(steps.at(-1)).toMatch(/ends the request with STATUS_SUCCESS|returns STATUS_SUCCESS/);
  });

  it("is walked with the arrow keys, and shows the selected step in full", async () => {
    await trace.lane.focus();
    await trace.lane.press("Home");
    await trace.pane.getByText(/^Step 1 of \d+$/).waitFor();
    await trace.lane.press("ArrowDown");
    await trace.pane.getByText(/^Step 2 of \d+$/).waitFor();
    await trace.lane.press("End");
    expect(await trace.selectedStep()).toBe((await trace.steps()).at(-1));
  });

  it("leads to the line in the log, and the line back to the IRP", async () => {
    await trace.lane.locator("[role=option]").filter({ hasText: opened }).click();
    await trace.pane.getByRole("button", { name: "Show in log" }).last().click();
    await ntscope.untilLogShows([opened]);
    expect(await log.copy()).toContain(opened);
    await trace.show();
    await trace.pane.getByRole("button", { name: "Close", exact: true }).click();
    await trace.lane.waitFor({ state: "detached" });
    await ntscope.showPane("Log");
    await ntscope.chooseContextMenu(log.line(opened).first(), "log.showIrp", { force: true });
    await trace.lane.waitFor();
    await trace.grid.locator("[role=row][aria-selected=true]").filter({ hasText: "IRP_MJ_CREATE" }).waitFor();
  });
});

describe("an IRP that its driver holds", () => {
  it("is under way until it is cancelled", async () => {
    await ntscope.createAndStartService("pend", "builtin:pend-cancel");
    expect(await device.open("\\\\.\\PendCancel")).toMatchObject({ status: "STATUS_SUCCESS" });
    await device.pane.getByLabel("Bytes").fill("16");
    await device.pane.getByRole("button", { name: "Read", exact: true }).click();
    await device.pane.getByRole("button", { name: "stop waiting" }).waitFor();
    await trace.show();
    await trace.filter("Status", "pending");
    await trace.untilFunctions(["IRP_MJ_READ"]);
    await trace.row("IRP_MJ_READ").filter({ hasText: "under way" }).click();
    await trace.lane.getByText("still under way").waitFor();
    expect(await trace.steps()).toContainEqual(expect.stringMatching(/marks the IRP pending$/));
    await ntscope.showPane("Device Console");
    await device.pane.getByRole("button", { name: "stop waiting" }).click();
    expect(await device.next()).toMatchObject({ status: "STATUS_CANCELLED" });
    await trace.show();
    await trace.lane.getByText("still under way").waitFor({ state: "detached" });
    const steps = await trace.steps();
    expect(steps).toContainEqual(expect.stringMatching(/The IRP is cancelled/));
    expect(steps).toContainEqual(expect.stringMatching(/completes the IRP with STATUS_CANCELLED/));
    await trace.pane.getByText("None of").waitFor();
    await trace.filter("Status", "");
    await trace.pane.getByText(/^\d+ IRPs$/).waitFor();
    // Higher, as one would have it for a way of several steps.
    await ntscope.raiseLowerPanes();
    await trace.lane.getByRole("option").first().click();
    await ntscope.screenshots("irp-trace");
  });
});

describe("a filter above the driver", () => {
  it("has a lane of its own before the driver's, and its completion routine on the way up", async () => {
    await ntscope.stopService("example");
    await ntscope.createAndStartService("rw", "builtin:example-rw");
    await ntscope.createAndStartService("filter", "builtin:filter");
    await trace.show();
    await trace.clear();
    expect(await device.open("\\\\.\\Example")).toMatchObject({ status: "STATUS_SUCCESS" });
    expect(await device.write("Hello, world!")).toMatchObject({ status: "STATUS_SUCCESS", bytes: "13" });
    expect(await device.read(13)).toMatchObject({ status: "STATUS_SUCCESS", bytes: "13" });
    await trace.show();
    await trace.untilFunctions(["IRP_MJ_CREATE", "IRP_MJ_WRITE", "IRP_MJ_READ"]);
    await trace.row("IRP_MJ_WRITE").click();
    await trace.lane.waitFor();
    expect(await trace.lanes()).toEqual(["I/O manager", "filter", "rw"]);
    const steps = await trace.steps();
    expect(steps[0]).toMatch(/I\/O manager calls filter with IRP_MJ_WRITE at stack location 2$/);
    const inOrder = [
      /filter calls rw with IRP_MJ_WRITE at stack location 1$/,
      /rw completes the IRP with STATUS_SUCCESS, information 13$/,
      /Completion routine filter!FilterCompletion of filter returns STATUS_SUCCESS$/,
    ].map((sentence) => steps.findIndex((step) => sentence.test(step)));
    expect(inOrder).not.toContain(-1);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    await trace.lane.getByRole("option").first().click();
    await ntscope.screenshots("filter-lanes");
  });
});

describe("keeping", () => {
  it("saves what is shown, an IRP a line", async () => {
    const file = path.join(launched.userDataDir, "irps.jsonl");
    await launched.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
    }, file);
    await trace.show();
    await trace.filter("Function", "IRP_MJ_READ");
    await trace.untilFunctions(["IRP_MJ_READ"]);
    await ntscope.chooseMenu("trace.save");
    await launched.page.getByText(file).waitFor();
    const saved = readFileSync(file, "utf8");
    expect(saved).toContain("IRP_MJ_READ");
    expect(saved).not.toContain("IRP_MJ_CREATE");
    await trace.filter("Function", "");
  });
});
