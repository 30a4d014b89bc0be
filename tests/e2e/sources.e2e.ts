/** Log sources in the window: a file's lines come into the log, a source that cannot be is refused in words, one that fails is told. */
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

const folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-sources-"));
const file = path.join(folder, "driver.log");
let ntscope: NtscopePage;
// The last of all: what is set up later is taken down earlier.
afterAll(() => rmSync(folder, { recursive: true, force: true }));
withWindow((window) => {
  ntscope = window.ntscope;
});

const pane = () => ntscope.pane("Log Sources");

async function add(spec: string): Promise<void> {
  await pane().getByLabel("Source to add").fill(spec);
  await pane().getByRole("button", { name: "Add" }).click();
}

it("has none at first, and says what one would be", async () => {
  await ntscope.chooseMenu("view.sources");
  await pane().getByText("No sources but the machine itself").waitFor();
  expect(await ntscope.statusBar.locator("[data-command='view.sources']").count()).toBe(0);
});

it("refuses what is no source, in words, and keeps it to be mended", async () => {
  await add("telegraph office");
  await pane().getByRole("alert").getByText("telegraph").first().waitFor();
  expect(await pane().getByLabel("Source to add").inputValue()).toBe("telegraph office");
});

it("refuses to start programs from the window", async () => {
  await add("run /bin/true");
  await pane().getByRole("alert").getByText("Programs are started for the command line only.").waitFor();
});

it("brings in the lines that a file grows by", async () => {
  await add(`file "${file}"`);
  await ntscope.row(pane().getByRole("grid"), `file ${file}`).waitFor();
  expect(await pane().getByRole("alert").count()).toBe(0);
  await ntscope.statusBar.getByText("1 source", { exact: true }).waitFor();
  appendFileSync(file, "from a file\n");
  await ntscope.showPane("Log");
  await ntscope.untilLogShows(["from a file"]);
});

it("tells in the status bar that one failed, and why", async () => {
  await ntscope.statusBar.locator("[data-command='view.sources']").click();
  // A folder is no file of text.
  await add(`file "${folder}"`);
  await ntscope.statusBar.getByText("2 sources, 1 failed").waitFor();
  const failed = pane().getByRole("row").filter({ hasText: "Failed" });
  await failed.waitFor();
  await failed.click();
  await pane().getByRole("button", { name: "Remove source" }).click();
  await ntscope.statusBar.getByText("1 source", { exact: true }).waitFor();
});

it("removes one, whose lines stay", async () => {
  await ntscope.row(pane().getByRole("grid"), `file ${file}`).click();
  await pane().getByRole("button", { name: "Remove source" }).click();
  await pane().getByText("No sources but the machine itself").waitFor();
  await ntscope.showPane("Log");
  await ntscope.untilLogShows(["from a file"]);
});
