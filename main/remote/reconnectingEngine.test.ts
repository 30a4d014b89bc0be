import { describe, expect, it } from "vitest";
import { ManualScheduler } from "../log/manualScheduler";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { AgentConnection } from "./agentClient";
import { type LinkState, ReconnectingEngine } from "./reconnectingEngine";

const agent = { id: "a", name: "test", version: "1" };

/** Connections that are made, answered and lost by hand. */
class FakeAgent {
  readonly scheduler = new ManualScheduler();
  readonly states: LinkState[] = [];
  readonly listening: string[] = [];
  answer: (result: Result<AgentConnection>) => void = () => {};
  lose: (reason: string) => void = () => {};
  disposed = 0;
  readonly engine = new ReconnectingEngine({
    connect: () => new Promise((resolve) => (this.answer = resolve)),
    scheduler: this.scheduler,
    random: () => 1,
  });

  constructor() {
    this.engine.onState((state) => this.states.push(state));
  }

  async connect(): Promise<void> {
    let unanswered: (() => void) | undefined;
    this.answer(
      ok({
        agent,
        client: {
          call: () =>
            new Promise((resolve) => {
              unanswered = () => resolve(fail(ntscopeError("engine-gone", "gone")));
            }),
          on: (event) => {
            this.listening.push(event);
            return { dispose() {} };
          },
          dispose: () => {
            this.disposed += 1;
            unanswered?.();
          },
        },
        onClose: (listener) => {
          this.lose = (reason) => {
            unanswered?.();
            listener(reason);
          };
          return { dispose() {} };
        },
      }),
    );
    await Promise.resolve();
  }

  async refuse(name: string): Promise<void> {
    this.answer(fail(ntscopeError(name, `${name}.`)));
    await Promise.resolve();
  }
}

describe("a connection that is made again", () => {
  it("waits longer after each failure, and at first again after a success", async () => {
    const fake = new FakeAgent();
    const delays: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      await fake.refuse("agent-unreachable");
      const state = fake.engine.state;
      if (state.kind !== "lost") throw new Error(state.kind);
      delays.push(state.retryIn);
      fake.scheduler.advance(state.retryIn);
      expect(fake.engine.state).toEqual({ kind: "connecting", attempt: count + 2 });
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
    await fake.connect();
    expect(fake.engine.state).toEqual({ kind: "connected", agent, connection: 1 });
    fake.lose("a cable");
    expect(fake.engine.state).toEqual({ kind: "lost", reason: "a cable", retryIn: 250 });
    fake.engine.dispose();
    expect(fake.scheduler.waiting).toBe(0);
  });

  it("is tried seldom with who refused", async () => {
    const fake = new FakeAgent();
    await fake.refuse("agent-refused");
    expect(fake.engine.state).toEqual({ kind: "lost", reason: "agent-refused.", retryIn: 15_000 });
    expect(await fake.engine.settled()).toMatchObject({ ok: false, error: { name: "agent-refused" } });
    expect(await fake.engine.call("machine.info", {})).toMatchObject({ ok: false, error: { name: "agent-refused" } });
    fake.engine.dispose();
  });

  it("fails calls under way with the reason, and calls meanwhile at once", async () => {
    const fake = new FakeAgent();
    expect(await fake.engine.call("machine.info", {})).toMatchObject({ error: { name: "agent-lost" } });
    await fake.connect();
    expect(await fake.engine.settled()).toEqual(ok(agent));
    const call = fake.engine.call("devices.write", { handle: 1, data: new Uint8Array(1) });
    fake.lose("The agent was stopped.");
    const answer = await call;
    expect(answer).toMatchObject({ ok: false, error: { name: "agent-lost" } });
    if (!answer.ok) {
      expect(answer.error.message).toContain("whether devices.write was carried out is not known");
      expect(answer.error.message).toContain("The agent was stopped.");
    }
    expect(await fake.engine.call("machine.info", {})).toMatchObject({ error: { name: "agent-lost" } });
    fake.engine.dispose();
  });

  it("listens on every connection to what its listeners want", async () => {
    const fake = new FakeAgent();
    fake.engine.on("log", () => {});
    await fake.connect();
    fake.engine.on("log", () => {});
    fake.engine.on("machine", () => {});
    expect(fake.listening).toEqual(["log", "machine"]);
    fake.lose("x");
    fake.scheduler.advance(250);
    await fake.connect();
    expect(fake.listening).toEqual(["log", "machine", "log", "machine"]);
    expect(fake.engine.state).toEqual({ kind: "connected", agent, connection: 2 });
    fake.engine.dispose();
    expect(fake.disposed).toBe(1);
    expect(fake.engine.state).toEqual({ kind: "closed" });
  });

  it("gives up a connection that comes after it was closed", async () => {
    const fake = new FakeAgent();
    fake.engine.dispose();
    await fake.connect();
    expect(fake.disposed).toBe(1);
    expect(fake.states.map((state) => state.kind)).toEqual(["closed"]);
  });
});
