// The IRP trace in a user's words: the list of requests, and one's way through the stack.
import type { Locator } from "playwright-core";
import { vi } from "vitest";
import type { NtscopePage } from "./ntscopePage";

export class TracePage {
  readonly pane: Locator;
  readonly grid: Locator;
  readonly lane: Locator;

  constructor(private readonly ntscope: NtscopePage) {
    this.pane = ntscope.pane("IRP Trace");
    this.grid = this.pane.getByRole("grid", { name: "IRPs" });
    this.lane = this.pane.getByRole("listbox", { name: /^Way of IRP \d+/ });
  }

  async show(): Promise<void> {
    await this.ntscope.chooseMenu("view.trace");
    await this.grid.waitFor();
  }

  async clear(): Promise<void> {
    await this.pane.getByRole("button", { name: "Clear IRP trace" }).click();
  }

  async filter(field: "Device" | "Process" | "Function" | "Status", text: string): Promise<void> {
    await this.pane.getByLabel(new RegExp(`^${field}:`)).fill(text);
  }

  /** The first row of a function. */
  row(major: string): Locator {
    return this.ntscope.row(this.grid, major).first();
  }

  /** Waits until the list shows requests of these functions, in this order, and no others. */
  async untilFunctions(majors: readonly string[]): Promise<void> {
    const functions = () =>
      this.grid
        .locator("[role=row] [data-text^=IRP_MJ_]")
        .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.text));
    await vi.waitFor(
      async () => {
        const shown = await functions();
        if (JSON.stringify(shown) !== JSON.stringify(majors)) throw new Error(`The list shows ${shown.join(", ")}.`);
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  /** Names of the lanes, from the left. */
  async lanes(): Promise<string[]> {
    return this.lane.locator(".laneName").allTextContents();
  }

  /** The steps in sight, as a screen reader says them. */
  async steps(): Promise<string[]> {
    return this.lane.getByRole("option").locator(".visuallyHidden").allTextContents();
  }

  async selectedStep(): Promise<string> {
    return (await this.lane.locator("[aria-selected=true] .visuallyHidden").textContent()) ?? "";
  }
}
