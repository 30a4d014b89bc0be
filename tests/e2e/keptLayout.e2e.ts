/** What a user arranged is there again at the next start; a settings file that is broken costs the arrangement only. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let userDataDir: string;
beforeAll(() => {
  userDataDir = mkdtempSync(path.join(os.tmpdir(), "ntscope-e2e-"));
});
afterAll(() => {
  rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function open(): Promise<{ launched: LaunchedApp; ntscope: NtscopePage }> {
  const launched = await launchApp({ userDataDir });
  const ntscope = new NtscopePage(launched);
  await ntscope.ready();
  return { launched, ntscope };
}

/** What the user sees of the arrangement. */
async function arrangement(ntscope: NtscopePage) {
  const grid = ntscope.objects("\\Device");
  await grid.locator("[data-row='0'] [data-text]").first().waitFor();
  const headers = await grid.getByRole("columnheader").evaluateAll((cells) =>
    cells.map((cell) => ({
      title: cell.textContent,
      width: Math.round(cell.getBoundingClientRect().width),
      sort: cell.getAttribute("aria-sort"),
    })),
  );
  const tabs = await ntscope.page.locator(".dv-tab").allTextContents();
  const theme = await ntscope.page.evaluate(() => document.documentElement.dataset.theme);
  const zoom = await ntscope.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor().toFixed(2),
  );
  return { headers, tabs: tabs.sort(), theme, zoom };
}

it("keeps columns, sort, theme, zoom, path and panes", async () => {
  const first = await open();
  const { ntscope } = first;
  const { page } = ntscope;
  await ntscope.showDirectory("\\Device");
  const grid = ntscope.objects("\\Device");
  const name = grid.getByRole("columnheader", { name: "Name" });
  const box = await name.boundingBox();
  if (!box) throw new Error("The header is not there.");
  await page.mouse.move(box.x + box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 70, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await name.click({ button: "right" });
  await page
    .getByRole("dialog", { name: "Columns" })
    .getByRole("checkbox", { name: "Link target / Description" })
    .uncheck();
  await page.keyboard.press("Escape");
  await grid.getByRole("columnheader", { name: "Type" }).click();
  await ntscope.chooseMenu("view.themeDark");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await first.launched.screenshot("dark");
  await ntscope.chooseMenu("view.zoomIn");
  await ntscope.chooseMenu("view.debugFilter");
  await ntscope.pane("Debug Print Filter").waitFor();
  await page.waitForFunction(() => devicePixelRatio > 1.05);
  await ntscope.chooseMenu("view.objects");
  const kept = await arrangement(ntscope);
  expect(kept).toMatchObject({ theme: "dark", zoom: "1.10" });
  expect(kept.headers.map(({ title, sort }) => [title, sort])).toEqual([
    ["Name", "none"],
    ["Type", "ascending"],
  ]);
  expect(kept.headers[0]?.width).toBe(Math.round(box.width) - 70);
  await first.launched.close();

  const second = await open();
  expect(await arrangement(second.ntscope)).toEqual(kept);
  await second.launched.close();
});

it("falls back to the first arrangement when the file is broken", async () => {
  writeFileSync(path.join(userDataDir, "settings.json"), '{"version":1,"settings":{"layout":{"grid":"no"},"theme":');
  const { launched, ntscope } = await open();
  await ntscope.objects("\\").waitFor();
  expect(await ntscope.page.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
  await ntscope.pane("Getting Started").waitFor();
  await launched.close();
});
