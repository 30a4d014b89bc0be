/** A small service for the tests of this folder: echo, a call that waits for its release, one that throws. */
import * as v from "valibot";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, ok } from "../machine/result";
import { latestWins } from "./eventQueue";
import type { RpcService } from "./rpcServer";

export interface TestVerbs {
  echo: [{ text: string }, string];
  hold: [{ name: string }, string];
  throw: [Record<string, never>, null];
  bytes: [{ length: number }, Uint8Array];
}

export interface TestEvents {
  state: number;
  news: string;
}

export class TestClient implements Disposable {
  disposed = false;
  dispose(): void {
    this.disposed = true;
  }
}

export class TestService implements RpcService<TestVerbs, TestEvents, TestClient> {
  readonly clients: TestClient[] = [];
  readonly faults: string[] = [];
  /** Names of `hold` calls that run, and of those that were told to give up. */
  readonly held = new Map<string, () => void>();
  readonly cancelled: string[] = [];
  lastBytes: Uint8Array | undefined;

  readonly schemas = {
    echo: v.strictObject({ text: v.pipe(v.string(), v.maxLength(1000)) }),
    hold: v.strictObject({ name: v.string() }),
    throw: v.strictObject({}),
    bytes: v.strictObject({ length: v.number() }),
  };

  readonly events = {
    state: { window: 1, merge: latestWins<number> },
    news: { window: 2, merge: (waiting: readonly string[], value: string) => [...waiting, value] },
  };

  readonly handlers: RpcService<TestVerbs, TestEvents, TestClient>["handlers"] = {
    echo: ({ text }) => ok(text),
    hold: ({ name }, { signal }) =>
      new Promise((resolve) => {
        this.held.set(name, () => resolve(ok(`released ${name}`)));
        signal.addEventListener("abort", () => {
          this.cancelled.push(name);
          resolve(fail(ntscopeError("cancelled", name)));
        });
      }),
    throw: () => {
      throw new Error("broken handler");
    },
    bytes: ({ length }) => {
      this.lastBytes = new Uint8Array(length).fill(7);
      return ok(this.lastBytes);
    },
  };

  connect(): TestClient {
    const client = new TestClient();
    this.clients.push(client);
    return client;
  }

  transfer(verb: keyof TestVerbs, value: unknown): ArrayBuffer[] {
    return verb === "bytes" && value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  }

  onFault({ verb, error }: { verb: string; error: unknown }): void {
    this.faults.push(`${verb}: ${String(error)}`);
  }
}
