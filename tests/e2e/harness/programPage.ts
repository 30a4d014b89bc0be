// A running program's pane in a user's words: run it, type into it, read what it wrote.
import type { Locator } from "playwright-core";
import { vi } from "vitest";
import type { NtscopePage } from "./ntscopePage";

export class ProgramPage {
  private constructor(
    private readonly ntscope: NtscopePage,
    private readonly commandLine: string,
    /** The text of its tab: the program and its process id. */
    readonly title: string,
    readonly pane: Locator,
  ) {}

  /** Through the dialog of the Machine menu. */
  static async run(ntscope: NtscopePage, name: string, args = ""): Promise<ProgramPage> {
    await ntscope.chooseMenu("program.run");
    const dialog = ntscope.view.getByRole("dialog", { name: "Run program" });
    await dialog.getByRole("radio", { name }).check();
    await dialog.getByLabel("Arguments").fill(args);
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const commandLine = `${name} ${args}`.trim();
    const output = ntscope.view.getByRole("log", { name: `Output of ${commandLine}`, exact: true });
    await output.waitFor();
    const tab = ntscope.view.locator(".dv-tab").filter({ hasText: `${commandLine} (` });
    const title = await tab.innerText();
    return new ProgramPage(ntscope, commandLine, title.trim(), ntscope.pane("Program").filter({ has: output }));
  }

  async type(line: string): Promise<void> {
    const field = this.pane.getByLabel("Line to type");
    await field.fill(line);
    await field.press("Enter");
  }

  /** Waits until the pane shows this and nothing else: what it wrote, and the lines that were typed. */
  async untilShows(lines: readonly string[]): Promise<void> {
    const output = this.pane.getByRole("log", { name: `Output of ${this.commandLine}`, exact: true });
    const look = async () => {
      const text = (await output.innerText()).trimEnd();
      if (text !== lines.join("\n").trimEnd()) throw new Error(`it shows:\n${text}`);
    };
    await vi.waitFor(look, { timeout: 20_000, interval: 20 });
  }

  async untilState(text: string): Promise<void> {
    await this.pane.locator("output").getByText(text).waitFor();
  }

  async press(name: "Stop" | "Run Again" | "End Input"): Promise<void> {
    await this.pane.getByRole("button", { name }).click();
  }

  async close(): Promise<void> {
    await this.ntscope.view.locator(".dv-tab").filter({ hasText: this.commandLine }).locator(".dockTabClose").click();
    await this.pane.waitFor({ state: "detached" });
  }
}
