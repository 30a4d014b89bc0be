import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EngineClient } from "../engine/protocol";
import { fail, ntscopeError } from "../machine/result";
import type { AgentLink, LinkState } from "./reconnectingEngine";
import { RemoteMachine } from "./remoteMachine";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("says of a lost connection how long it is until the next attempt, as time passes", async () => {
  const agent = { id: "1", name: "box", version: "1" };
  let state: LinkState = { kind: "connected", agent, connection: 1 };
  let tell: (state: LinkState) => void = () => undefined;
  const link: AgentLink = {
    get state() {
      return state;
    },
    onState(listener) {
      tell = listener;
      return { dispose: () => undefined };
    },
  };
  const engine: EngineClient = {
    call: async () => fail(ntscopeError("agent-lost", "The line is dead.")),
    on: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  const machine = new RemoteMachine({ engine, link, address: "box:4000" });
  const become = (next: LinkState) => {
    state = next;
    tell(next);
  };
  const stateNow = async () => (await machine.info()).state;

  become({ kind: "lost", reason: "The line is dead.", retryIn: 4_000 });
  expect(await stateNow()).toEqual({ kind: "disconnected", reason: "The line is dead.", retryIn: 4_000 });
  vi.advanceTimersByTime(3_000);
  expect(await stateNow()).toMatchObject({ retryIn: 1_000 });
  vi.advanceTimersByTime(3_000);
  expect(await stateNow()).toMatchObject({ retryIn: 0 });
  become({ kind: "connecting", attempt: 2 });
  expect(await stateNow()).toEqual({ kind: "disconnected", reason: "The line is dead." });
  become({ kind: "lost", reason: "Still dead.", retryIn: 8_000 });
  expect(await stateNow()).toMatchObject({ retryIn: 8_000 });
});
