// The device console in a user's words: ask a device for something, and read the answer's row.
import type { Locator } from "playwright-core";
import { vi } from "vitest";
import type { NtscopePage } from "./ntscopePage";

/** One row of the answers, as drawn. */
export interface ConsoleAnswer {
  request: string;
  handle: string;
  status: string;
  bytes: string;
}

export class ConsolePage {
  readonly pane: Locator;
  readonly answers: Locator;
  private asked = 0;

  /** For a window whose console has asked nothing yet. */
  constructor(private readonly ntscope: NtscopePage) {
    this.pane = ntscope.pane("Device Console");
    this.answers = this.pane.getByRole("grid", { name: "Requests and their answers" });
  }

  async open(path: string, access = "Read and write"): Promise<ConsoleAnswer> {
    await this.ask(path, access);
    return this.next();
  }

  /** Asks for a device without waiting for the answer, which `next` gives. */
  async ask(path: string, access = "Read and write"): Promise<void> {
    await this.ntscope.showPane("Device Console");
    await this.pane.getByLabel("Access").selectOption(access);
    await this.ntscope.openDevice(path);
  }

  async write(data: string, form: "Text" | "Hex" = "Text"): Promise<ConsoleAnswer> {
    await this.pane.getByLabel("Form of the data").selectOption(form);
    await this.pane.getByLabel("Data to write").fill(data);
    await this.pane.getByRole("button", { name: "Write" }).click();
    return this.next();
  }

  async read(bytes: number): Promise<ConsoleAnswer> {
    await this.pane.getByLabel("Bytes").fill(String(bytes));
    await this.pane.getByRole("button", { name: "Read", exact: true }).click();
    return this.next();
  }

  async control(code: string, input: string, room: number): Promise<ConsoleAnswer> {
    await this.pane.getByLabel("Control code").fill(code);
    await this.pane.getByLabel("Input in hex").fill(input);
    await this.pane.getByLabel("Output size").fill(String(room));
    await this.pane.getByRole("button", { name: "Send Code" }).click();
    return this.next();
  }

  async close(handle: string): Promise<ConsoleAnswer> {
    await this.pane.getByRole("button", { name: `Close ${handle}` }).click();
    return this.next();
  }

  /** A request's row, counted from 0; while its driver holds it, it says so. */
  row(number: number): Locator {
    return this.answers.locator(`[role=row][data-row="${number}"]`);
  }

  /** The next request's row, once it is answered. */
  async next(): Promise<ConsoleAnswer> {
    const row = this.row(this.asked);
    this.asked += 1;
    // Read in one look: between two, the row may be drawn anew, and one that is not drawn yet has no text at all.
    const look = async (): Promise<ConsoleAnswer | false> => {
      const texts = await row
        .getByRole("gridcell")
        .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.text ?? ""));
      const [request = "", handle = "", status = "", bytes = ""] = texts;
      return request !== "" && !texts.join(" ").includes("pending") && { request, handle, status, bytes };
    };
    return vi.waitUntil(look, { timeout: 20_000, interval: 20 });
  }
}
