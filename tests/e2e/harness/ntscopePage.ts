// The page in a user's words: what can be clicked, and what can be read. Tests say what is done, this says where.
import type { ElectronApplication, Frame, Locator, Page } from "playwright-core";
import { vi } from "vitest";
import type { CommandId } from "../../../preload/commands";
import type { LaunchedApp } from "./launch";

export class NtscopePage {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Where this machine is shown: the page itself, or a frame in it. */
  readonly view: Page | Frame;
  readonly tree: Locator;
  readonly logLines: Locator;
  readonly statusBar: Locator;

  /** @param frame of a machine in a tab; left out, the window's first machine */
  constructor(
    private readonly launched: LaunchedApp,
    frame?: Frame,
  ) {
    this.app = launched.app;
    this.page = launched.page;
    this.view = frame ?? launched.page;
    // Below a test's own limit, so that a step that never comes is named in the failure.
    this.page.setDefaultTimeout(20_000);
    this.tree = this.view.getByRole("tree", { name: "Namespace" });
    // xterm's own rows: what is on the screen, one element a line.
    this.logLines = this.view.locator(".logTerminal .xterm-rows > div");
    this.statusBar = this.view.getByRole("contentinfo", { name: "Status" });
  }

  /** Waits until the page has its engine and the namespace: from then on every click does something. */
  async ready(machine: string | RegExp = "Model kernel · running"): Promise<void> {
    await this.statusBar.getByText(machine).waitFor();
    await this.directory("\\Device").waitFor();
    // The tree shows before the docking area stands (renderer/frame/FirstLook.tsx).
    await this.view.locator(".dv-tab").first().waitFor();
  }

  /** Clicks an item of the native menu bar, once it can be clicked: what can be done now comes from the page. */
  async chooseMenu(command: CommandId): Promise<void> {
    const isEnabled = () =>
      this.app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.enabled ?? false, command);
    await vi.waitUntil(isEnabled, { timeout: 20_000, interval: 20 });
    await this.app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), command);
  }

  /** Right-clicks, and clicks an item of the native menu that pops up; nobody can click such a menu from outside. */
  async chooseContextMenu(target: Locator, command: CommandId, click: { force?: boolean } = {}): Promise<void> {
    await this.app.evaluate(({ Menu }, id) => {
      const real = Menu.prototype.popup;
      const shown = new Promise<string[]>((resolve) => {
        Menu.prototype.popup = function popup(options) {
          Menu.prototype.popup = real;
          resolve(this.items.filter((item) => item.enabled).map((item) => item.id));
          this.getMenuItemById(id)?.click();
          options?.callback?.();
        };
      });
      Object.assign(globalThis, { popupShown: shown });
    }, command);
    await target.click({ button: "right", ...click });
    const items = await this.app.evaluate(
      () => (globalThis as unknown as { popupShown: Promise<string[]> }).popupShown,
    );
    if (!items.includes(command))
      throw new Error(`${command} is not in the menu, or can't be chosen: ${items.join(", ")}`);
  }

  /** A directory's row in the tree. */
  directory(path: string): Locator {
    return this.tree.locator(`[role=treeitem][data-path=${JSON.stringify(path)}]`);
  }

  /** Clicks a directory that the tree shows, and waits for the list to show it. */
  async showDirectory(path: string): Promise<void> {
    await this.directory(path).click();
    // Until they have come, the rows are those of the directory before.
    await this.objects(path).and(this.view.locator("[aria-busy=false]")).waitFor();
  }

  /** The list while it shows this directory. */
  objects(path: string): Locator {
    return this.view.getByRole("grid", { name: `Objects in ${path}`, exact: true });
  }

  /** An object's row, if it is on the screen. */
  row(grid: Locator, name: string): Locator {
    return grid.locator("[role=row]").filter({ has: this.view.locator(`[data-text=${JSON.stringify(name)}]`) });
  }

  /** Turns the wheel over a list until it shows a row; throws at the list's end. */
  async scrollToRow(grid: Locator, name: string): Promise<Locator> {
    const row = this.row(grid, name);
    await grid.hover();
    await grid.evaluate((element) => element.scrollTo({ top: 0 }));
    // A screenful, less the header and a row that is cut.
    const step = await grid.evaluate((element) => Math.max(60, element.clientHeight - 60));
    for (;;) {
      if ((await row.count()) > 0) return row;
      const isAtEnd = (element: Element) => element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
      if (await grid.evaluate(isAtEnd)) throw new Error(`"${name}" is not in the list`);
      // The whole way before the next look: a list that still scrolls may run past the row.
      const stands = grid.evaluate(
        (element) =>
          new Promise<void>((resolve) => {
            const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
            element.addEventListener("scrollend", drawn, { once: true });
          }),
      );
      await this.page.mouse.wheel(0, step);
      await stands;
    }
  }

  /** Brings a pane to the front by its tab. */
  async showPane(title: string): Promise<Locator> {
    await this.view.locator(`.dv-tab[aria-label=${JSON.stringify(title)}]`).click();
    return this.pane(title);
  }

  pane(title: string): Locator {
    return this.view.locator(`section.pane[aria-label=${JSON.stringify(title)}]`);
  }

  /** Creates a driver's service in the services pane and starts it with the dialog's own tick. */
  async createAndStartService(name: string, binPath: string): Promise<void> {
    const pane = await this.showPane("Services");
    await pane.getByRole("button", { name: "Create" }).click();
    const dialog = this.view.getByRole("dialog", { name: "Create driver service" });
    await dialog.getByLabel("Service name").fill(name);
    await dialog.getByLabel("Driver (binPath)").fill(binPath);
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.waitFor({ state: "detached" });
    await this.serviceState(name, "RUNNING").waitFor();
  }

  /** Selects a service in the services pane and stops it. */
  async stopService(name: string): Promise<void> {
    const pane = await this.showPane("Services");
    await (await this.scrollToRow(pane.getByRole("grid"), name)).click();
    await pane.getByRole("button", { name: "Stop service" }).click();
    await this.serviceState(name, "STOPPED").waitFor();
  }

  /** A service's row while it is in this state. */
  serviceState(name: string, state: "RUNNING" | "STOPPED"): Locator {
    const grid = this.pane("Services").getByRole("grid");
    const shown = { RUNNING: /running/i, STOPPED: /stopped/i }[state];
    return this.row(grid, name).filter({ hasText: shown });
  }

  /** Opens a device in the console and waits for the answer's row, if one comes. */
  async openDevice(path: string): Promise<void> {
    const pane = await this.showPane("Device Console");
    await pane.getByLabel("Path of the device").fill(path);
    await pane.getByRole("button", { name: "Open", exact: true }).click();
  }

  /** Drags the divider above the lower panes up, as one would for what needs height. */
  async raiseLowerPanes(): Promise<void> {
    await this.view.locator(".dv-sash").first().hover();
    await this.page.mouse.down();
    await this.page.mouse.move(300, 190, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Pictures of the window in the light theme (`name`) and in the dark one (`name-dark`), once its lists are there. */
  async screenshots(name: string): Promise<void> {
    // Off whatever would be drawn as pointed at.
    await this.page.mouse.move(0, 0);
    for (const theme of ["light", "dark"] as const) {
      await this.chooseMenu(theme === "dark" ? "view.themeDark" : "view.themeLight");
      await this.page.locator(`html[data-theme=${theme}]`).waitFor();
      await this.view.waitForFunction(() => document.querySelector(".gridRowLoading, [aria-busy=true]") === null);
      await this.launched.screenshot(theme === "dark" ? `${name}-dark` : name);
    }
    await this.chooseMenu("view.themeSystem");
  }

  /** Texts of the log's lines on the screen, from the top, as drawn. */
  async logTexts(): Promise<string[]> {
    const texts = await this.logLines.allTextContents();
    return texts.map((text) => text.replaceAll("\u00a0", " ").trimEnd()).filter((text) => text !== "");
  }

  /** Waits until the log shows these texts in this order, each at the end of a line; other lines may lie between. */
  async untilLogShows(texts: readonly string[]): Promise<void> {
    await this.view.waitForFunction((wanted) => {
      const lines = [...document.querySelectorAll(".logTerminal .xterm-rows > div")].map((line) =>
        (line.textContent ?? "").replaceAll("\u00a0", " ").trimEnd(),
      );
      let found = 0;
      for (const line of lines) if (found < wanted.length && line.endsWith(wanted[found] ?? "")) found += 1;
      return found === wanted.length;
    }, texts);
  }

  /** Lines in the log's store, as the status bar says. */
  async logLineCount(): Promise<number> {
    const text = await this.statusBar.locator("[data-command='view.log']").innerText();
    return Number(text.replace(/\D/g, ""));
  }
}
