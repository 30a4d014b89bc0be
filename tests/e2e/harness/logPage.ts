// The log in a user's words: write lines, filter them, and read what is on the screen.
import type { ElectronApplication, Locator, Page } from "playwright-core";
import type { CommandId } from "../../../preload/commands";
import type { NtscopePage } from "./ntscopePage";

export class LogPage {
  readonly pane: Locator;
  readonly lines: Locator;
  private readonly page: Page;
  private readonly app: ElectronApplication;

  constructor(private readonly ntscope: NtscopePage) {
    this.page = ntscope.page;
    this.app = ntscope.app;
    this.pane = ntscope.pane("Log");
    this.lines = this.pane.getByRole("application", { name: "Log lines" });
  }

  /** Puts lines of the user's own into the log. */
  async comment(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.ntscope.chooseMenu("log.comment");
      const dialog = this.page.getByRole("dialog", { name: "Insert comment" });
      await dialog.getByLabel("Comment").fill(text);
      await dialog.getByRole("button", { name: "OK" }).click();
      await dialog.waitFor({ state: "detached" });
    }
  }

  async filter(field: "Include" | "Exclude" | "Highlight", pattern: string): Promise<void> {
    await this.pane.getByLabel(new RegExp(`^${field}:`)).fill(pattern);
  }

  /** Waits until the screen shows these messages and no others. */
  async untilOnly(messages: readonly string[]): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const lines = [...document.querySelectorAll(".logTerminal .xterm-rows > div")]
        .map((line) => (line.textContent ?? "").replaceAll("\u00a0", " ").trimEnd())
        .filter((line) => line !== "");
      return lines.length === wanted.length && wanted.every((text, at) => lines[at]?.endsWith(` ${text}`));
    }, messages);
  }

  /** Right-clicks a line and chooses. */
  async chooseOnLine(text: string, command: CommandId): Promise<void> {
    await this.ntscope.chooseContextMenu(this.line(text), command, { force: true });
  }

  line(text: string): Locator {
    return this.ntscope.logLines.filter({ hasText: text });
  }

  /** Clicks a line's number, which selects the whole line. */
  async selectLine(text: string): Promise<void> {
    // Forced: xterm's own layer over its rows takes the press, as it does the user's.
    await this.line(text).click({ position: { x: 30, y: 6 }, force: true });
  }

  /** What Ctrl+C in the log leaves on the clipboard. */
  async copy(): Promise<string> {
    await this.app.evaluate(({ clipboard }) => {
      const written = new Promise<string>((resolve) => {
        const write = clipboard.writeText;
        clipboard.writeText = (text) => {
          clipboard.writeText = write;
          resolve(text);
          return write.call(clipboard, text);
        };
      });
      Object.assign(globalThis, { clipboardWritten: written });
    });
    await this.lines.press("ControlOrMeta+c");
    return await this.app.evaluate(
      () => (globalThis as unknown as { clipboardWritten: Promise<string> }).clipboardWritten,
    );
  }
}
