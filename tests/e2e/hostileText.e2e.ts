/** Text of drivers and names of objects are data: what a terminal, a page or a desktop would obey is shown instead. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  await ntscope.ready();
});
afterAll(async () => {
  await launched.close();
});

describe("the log", () => {
  it("shows escape codes, controls and bidi marks instead of obeying them", async () => {
    const { page } = launched;
    const log = await ntscope.showPane("Log");
    await log.getByRole("application", { name: "Log lines" }).waitFor();
    await ntscope.chooseMenu("log.comment");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("a\u001b[2J\u001b[31mred\u0007 b\u202ec <b>d</b> end");
    await dialog
      .getByRole("button", { name: "OK" })
      .or(dialog.getByRole("button", { name: "Insert" }))
      .click();
    await ntscope.untilLogShows(["end"]);
    const line = (await ntscope.logTexts()).find((text) => text.endsWith("end")) ?? "";
    expect(line).toMatch(/a.*\[2J.*\[31mred.* b.*c <b>d<\/b> end$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(await page.locator(".logTerminal .xterm-rows b").count()).toBe(0);
  });
});

describe("names and paths", () => {
  it("shows markup in a path as text", async () => {
    const { page } = launched;
    const path = "\\Device\\<img src=x onerror=document.title='owned'>\u202e\u001b[31m";
    const box = page.getByRole("combobox", { name: "Path" });
    await box.fill(path);
    await box.press("Enter");
    await page.getByText("STATUS_OBJECT_NAME_NOT_FOUND").first().waitFor();
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.evaluate(() => document.title)).not.toBe("owned");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(await page.locator("body").innerText()).not.toMatch(/[\u0007\u001b\u202e]/);
  });

  // Labels apart from the paths: a title is printed, and some of these are long or not text.
  it.each([
    ["nothing", ""],
    ["blanks", "   "],
    ["the root", "\\"],
    ["two backslashes", "\\\\"],
    ["a drive", "C:"],
    ["the DOS device prefix", "\\\\.\\"],
    ["a name longer than a UNICODE_STRING", "a".repeat(70_000)],
    ["a lone surrogate", "\\Device\\\ud800"],
    ["a NUL", "\\Device\\a\u0000b"],
  ])("takes %s as a path and goes on", async (_label, path) => {
    const { page } = launched;
    const box = page.getByRole("combobox", { name: "Path" });
    await box.fill(path);
    await box.press("Enter");
    await ntscope.showDirectory("\\Driver");
    await ntscope.showDirectory("\\Device");
  });

  it("creates a service of any name, or says why not", async () => {
    const { page } = launched;
    const pane = await ntscope.showPane("Services");
    for (const name of ["<b>\u202ex\u001b[31m", "a/b", "x".repeat(300), "\ud800"]) {
      await pane.getByRole("button", { name: "Create" }).click();
      const dialog = page.getByRole("dialog", { name: "Create driver service" });
      await dialog.getByLabel("Service name").fill(name);
      await dialog.getByRole("button", { name: "Create" }).click();
      const refused = dialog.getByText(/ERROR_|STATUS_/);
      await Promise.race([dialog.waitFor({ state: "detached" }), refused.first().waitFor()]);
      if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(await pane.innerText()).not.toMatch(/[\u001b\u202e]/);
    expect(await pane.locator("b").count()).toBe(0);
  });
});
