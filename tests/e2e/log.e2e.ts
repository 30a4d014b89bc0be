/** The live log, as DebugView users know it: filter, find, bookmark, pause, clock, copy, save, clear. */
import { readFileSync } from "node:fs";
import path from "node:path";
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
  await ntscope.ready();
  await ntscope.createAndStartService("hello", "builtin:hello");
  await ntscope.createAndStartService("example", "builtin:example");
  device = new ConsolePage(ntscope);
  await device.open("\\\\.\\Example");
  await device.close("h1");
  await ntscope.showPane("Log");
  await log.untilOnly(all);
});
afterAll(async () => {
  await launched.close();
});

const hello = "Hello, world!";
const opened = "userspace opened the device";
const unused = "device is no longer in use by userspace";
const closed = "userspace closed the device";
const all = [hello, opened, unused, closed];

describe("quick filters", () => {
  it("include and exclude with DebugView's wildcards, and reset", async () => {
    await log.filter("Include", "hello;closed*device");
    await log.untilOnly([hello, closed]);
    await log.filter("Include", "userspace");
    await log.filter("Exclude", "no*longer");
    await log.untilOnly([opened, closed]);
    await log.filter("Include", "nothing like this");
    await log.pane.getByText("None of 4 lines passes the filter").waitFor();
    await log.pane.getByRole("button", { name: "Show all lines" }).click();
    await log.untilOnly(all);
  });

  it("highlight colours the lines that match and no others", async () => {
    const colour = (text: string) => log.line(text).locator("span[style*='background']");
    expect(await colour("").count()).toBe(0);
    await log.filter("Highlight", "closed");
    await colour(closed).first().waitFor();
    for (const other of [hello, opened, unused]) expect(await colour(other).count()).toBe(0);
    await log.filter("Highlight", "");
    await colour(closed).first().waitFor({ state: "detached" });
  });

  it("take the selected line's text from the context menu", async () => {
    await log.chooseOnLine(opened, "log.excludeText");
    await log.untilOnly([hello, unused, closed]);
    await ntscope.chooseMenu("log.resetFilter");
    await log.untilOnly(all);
  });
});

describe("finding and marking", () => {
  it("finds next and previous, and says when there is none", async () => {
    await log.selectLine(hello);
    await log.lines.press("ControlOrMeta+f");
    const field = log.pane.getByLabel("Find in the log");
    await field.fill("USERSPACE CLOSED");
    await field.press("Enter");
    await field.press("Escape");
    expect(await log.copy()).toContain(closed);
    await log.lines.press("ControlOrMeta+f");
    await field.fill("userspace");
    await field.press("Shift+Enter");
    await field.press("Shift+Enter");
    await field.press("Escape");
    expect(await log.copy()).toContain(opened);
    await log.lines.press("F3");
    expect(await log.copy()).toContain(opened);
    await log.lines.press("ControlOrMeta+f");
    await field.fill("no such line");
    await field.press("Enter");
    await log.pane.getByText("No match").waitFor();
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
  });

  it("marks lines and goes from mark to mark", async () => {
    await log.selectLine(opened);
    await log.lines.press("ControlOrMeta+F2");
    await log.line(opened).filter({ hasText: "◆" }).waitFor();
    await log.selectLine(closed);
    await log.lines.press("ControlOrMeta+F2");
    await log.line(closed).filter({ hasText: "◆" }).waitFor();
    await log.lines.press("Home");
    await log.lines.press("F2");
    expect(await log.copy()).toContain(opened);
  });
});

describe("the clock", () => {
  it("goes from time of day to elapsed time to the time between lines", async () => {
    const first = log.line(hello);
    const second = log.line(opened);
    await first.filter({ hasText: /\d\d:\d\d:\d\d\.\d{3}/ }).waitFor();
    await log.lines.press("ControlOrMeta+t");
    await first.filter({ hasText: /\s0\.000000/ }).waitFor();
    await log.lines.press("ControlOrMeta+t");
    await second.filter({ hasText: /\+\d+\.\d{6}/ }).waitFor();
    expect(await first.textContent()).not.toContain("+");
    await log.lines.press("ControlOrMeta+t");
    await second.filter({ hasText: /\d\d:\d\d:\d\d\.\d{3}/ }).waitFor();
  });
});

describe("copying and saving", () => {
  it("copies the selected lines in DebugView's form", async () => {
    await log.selectLine(hello);
    await log.lines.press("Shift+ArrowDown");
    const lines = (await log.copy()).split("\n");
    expect(lines[0]).toMatch(/^00000001\t0\.00000000\t(\[\d+\] )?Hello, world!$/);
    expect(lines[1]).toMatch(/^00000002\t\d+\.\d{8}\t(\[\d+\] )?userspace opened the device$/);
    expect(lines.slice(2).join("")).toBe("");
  });

  it.each([
    ["saved.txt", `${all.join("\n")}\n`],
    ["saved.jsonl", undefined],
  ])("saves what is shown: %s", async (name, content) => {
    const file = path.join(launched.userDataDir, name);
    await launched.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
    }, file);
    await log.lines.press("ControlOrMeta+s");
    await launched.page.getByText(file).waitFor();
    const text = readFileSync(file, "utf8");
    if (content === undefined) {
      const records = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(records.map((record) => record.text)).toEqual(all);
    } else {
      expect(text).toBe(content);
    }
  });

  it("says why a file could not be written", async () => {
    const file = path.join(launched.userDataDir, "no", "such", "folder.log");
    await launched.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
    }, file);
    await log.lines.press("ControlOrMeta+s");
    await launched.page.getByText("The log could not be saved").waitFor();
  });
});

describe("capturing", () => {
  it("pauses and resumes: what is printed meanwhile is not in the log", async () => {
    await ntscope.chooseMenu("log.clear");
    await log.pane.getByText("No debug output yet").waitFor();
    await log.pane.getByRole("button", { name: "Pause capture" }).click();
    await ntscope.statusBar.getByText("Paused").waitFor();
    expect(await device.open("\\\\.\\Example")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.statusBar.getByRole("button", { name: "Paused" }).click();
    await ntscope.statusBar.getByText("Capturing").waitFor();
    await device.close("h2");
    await ntscope.showPane("Log");
    await log.untilOnly([unused, closed]);
  });
});
