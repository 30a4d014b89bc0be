/** The pool by tag: what is in use, sorted by number, and what a driver leaves since a mark. */
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

let ntscope: NtscopePage;
withWindow(async (window) => {
  ntscope = window.ntscope;
  await ntscope.createAndStartService("pipes", "builtin:poor-mans-pipes");
});

const pane = () => ntscope.pane("Pool Usage");
const grid = () => pane().getByRole("grid", { name: "Pool usage by tag" });
const tag = (name: string) => ntscope.row(grid(), name);

async function filter(text: string): Promise<void> {
  await pane().getByLabel("Filter tags").fill(text);
}

/** A column's texts, from the first row in sight on. */
async function column(at: number): Promise<string[]> {
  return grid()
    .locator(`[role=row] [role=gridcell][aria-colindex="${at}"]`)
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.text ?? ""));
}

function numbers(texts: readonly string[]): number[] {
  return texts.map((text) => Number(text.replaceAll(",", "")));
}

async function hasText(row: Locator, columnAt: number, text: string | RegExp): Promise<void> {
  await row.locator(`[role=gridcell][aria-colindex="${columnAt}"]`).filter({ hasText: text }).waitFor();
}

describe("the tags", () => {
  it("are counted, with what is left and its size", async () => {
    await ntscope.chooseMenu("view.pool");
    await tag("Driv").waitFor();
    await pane()
      .getByText(/Nonpaged [\d,]+ · Paged [\d,]+ bytes/)
      .waitFor();
    const cells = numbers(await tag("Driv").getByRole("gridcell").allTextContents());
    const [, , allocations = 0, frees = 0, diff, bytes = 0, perAllocation] = cells;
    expect(diff).toBe(allocations - frees);
    expect(perAllocation).toBe(Math.round(bytes / (allocations - frees)));
  });

  it("sort by number, not by digits", async () => {
    await grid().getByText("Bytes", { exact: true }).click();
    await grid().locator("[role=columnheader][aria-sort=ascending]").waitFor();
    const ascending = numbers(await column(6));
    expect(ascending.length).toBeGreaterThan(3);
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    await grid().getByText("Bytes", { exact: true }).click();
    await grid().locator("[role=columnheader][aria-sort=descending]").waitFor();
    const descending = numbers(await column(6));
    expect(descending).toEqual(descending.toSorted((a, b) => b - a));
  });

  it("are filtered by part and by pattern", async () => {
    await filter("obdi");
    await pane()
      .getByText(/^1 of \d+$/)
      .waitFor();
    expect(await column(1)).toEqual(["ObDi"]);
    await filter("O*");
    await tag("ObNm").waitFor();
    await filter("no such tag");
    await pane().getByText("No tag matches the filter").waitFor();
    await filter("");
  });
});

describe("a mark", () => {
  it("says what has come since, while one looks", async () => {
    await pane().getByRole("button", { name: "Mark", exact: true }).click();
    await pane()
      .getByLabel(/^Only what changed since/)
      .check();
    await pane().getByText("Nothing changed since the mark").waitFor();
    const device = new ConsolePage(ntscope);
    expect(await device.open("\\\\.\\Example\\one")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.chooseMenu("view.pool");
    await grid().locator(".poolGrown").first().waitFor();
    const file = tag("File");
    await hasText(file, 8, /^\+\d+$/);
    await hasText(file, 10, /^\+[\d,]+$/);
    await ntscope.screenshots("pool");
  });

  it("is cleared, and the columns with it", async () => {
    await pane().getByRole("button", { name: "Clear mark" }).click();
    await grid().getByText("+Bytes").waitFor({ state: "detached" });
    await tag("ObNm").waitFor();
  });
});
