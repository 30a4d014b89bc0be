// The window's machines in a user's words: their tabs, the dialogs that open them, and the page behind a tab.
import type { Frame, Locator } from "playwright-core";
import { vi } from "vitest";
import type { MachineTab } from "../../../preload/contract";
import type { LaunchedApp } from "./launch";
import { NtscopePage } from "./ntscopePage";

export class MachineTabs {
  readonly strip: Locator;
  private readonly first: NtscopePage;

  constructor(private readonly launched: LaunchedApp) {
    this.first = new NtscopePage(launched);
    this.strip = launched.page.getByRole("tablist", { name: "Machines" });
  }

  tab(id: string, state?: MachineTab["state"]): Locator {
    const selector = `[data-machine="${id}"]${state === undefined ? "" : `[data-state="${state}"]`}`;
    return this.strip.locator(selector);
  }

  /** Waits until this tab is the one that is shown. */
  async untilShown(id: string): Promise<void> {
    await this.strip.locator(`[data-machine="${id}"][aria-selected="true"]`).waitFor();
  }

  /** The page of a machine in a tab of its own, once it is there. */
  async page(id: string): Promise<NtscopePage> {
    return new NtscopePage(this.launched, await this.frame(id));
  }

  async frame(id: string): Promise<Frame> {
    const find = () => this.launched.page.frames().find((frame) => frame.url().endsWith(`?machine=${id}`));
    return vi.waitUntil(find, { timeout: 20_000, interval: 20 });
  }

  /** By Machine > Agent... of the machine that is shown. */
  async openAgent(pairingLine: string, view: NtscopePage = this.first): Promise<void> {
    await view.chooseMenu("machine.agent");
    const dialog = view.view.getByRole("dialog", { name: "Open an agent's machine" });
    await dialog.getByLabel("By its pairing line").check();
    await dialog.getByLabel("Pairing line", { exact: true }).fill(pairingLine);
    await dialog.getByRole("button", { name: "Open" }).click();
    await dialog.waitFor({ state: "detached" });
  }
}
