// A few lines of the Chrome DevTools Protocol over `--remote-debugging-pipe`: messages of JSON, each ended by a NUL.
// Playwright's way to Electron holds the app back until it is attached, which a measured start must not be.
import type { Readable, Writable } from "node:stream";

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly targetInfo?: { readonly targetId: string; readonly type: string } };
  readonly result?: { readonly sessionId?: string; readonly result?: { readonly value?: unknown } };
  readonly error?: { readonly message: string };
}

export class DevtoolsPipe {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly page: Promise<string>;
  private foundPage: (targetId: string) => void = () => undefined;
  private lastId = 0;

  constructor(
    private readonly input: Writable,
    output: Readable,
  ) {
    this.page = new Promise((resolve) => {
      this.foundPage = resolve;
    });
    let text = "";
    output.setEncoding("utf8");
    output.on("data", (chunk: string) => {
      const messages = (text + chunk).split("\0");
      text = messages.pop() ?? "";
      for (const message of messages) this.receive(JSON.parse(message) as Answer);
    });
  }

  /** Attaches to the first page, as soon as there is one; answers a function that evaluates in it. */
  async attach(): Promise<(expression: string) => Promise<unknown>> {
    await this.send("Target.setDiscoverTargets", { discover: true });
    const { result } = await this.send("Target.attachToTarget", { targetId: await this.page, flatten: true });
    const sessionId = result?.sessionId;
    return async (expression) => {
      const parameters = { expression, awaitPromise: true, returnByValue: true };
      for (;;) {
        const answer = await this.send("Runtime.evaluate", parameters, sessionId);
        // A page that is just being loaded takes its first, empty document's answer with it: ask the next one.
        if (answer.error === undefined && answer.result?.result?.value !== undefined) return answer.result.result.value;
      }
    };
  }

  private send(method: string, params: object, sessionId?: string): Promise<Answer> {
    this.lastId += 1;
    const id = this.lastId;
    this.input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  private receive(message: Answer): void {
    const target = message.params?.targetInfo;
    if (message.method === "Target.targetCreated" && target?.type === "page") this.foundPage(target.targetId);
    if (message.id === undefined) return;
    this.waiting.get(message.id)?.(message);
    this.waiting.delete(message.id);
  }
}
