import { describe, expect, it } from "vitest";
import type { EngineClient, EngineEvent, LogState } from "../../preload/shared";
import { ok } from "../../preload/shared";
import { createEngineLink } from "./engineLink";

function fakeEngine(name: string) {
  const listeners = new Map<EngineEvent, Set<(value: never) => void>>();
  const calls: string[] = [];
  let isDisposed = false;
  const client: EngineClient = {
    async call(verb) {
      calls.push(verb);
      // The tests ask for one verb only; its answer names the engine that gave it.
      return ok(name) as never;
    },
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all);
      all.add(listener as (value: never) => void);
      return { dispose: () => void all.delete(listener as (value: never) => void) };
    },
    dispose() {
      isDisposed = true;
    },
  };
  return {
    client,
    calls,
    isDisposed: () => isDisposed,
    listenerCount: (event: EngineEvent) => listeners.get(event)?.size ?? 0,
    emitLog(lines: number) {
      for (const listener of listeners.get("log") ?? []) (listener as (state: LogState) => void)({ lines } as LogState);
    },
  };
}

describe("the engine link", () => {
  it("answers an error value while there is no engine", async () => {
    const answer = await createEngineLink().call("machine.info", {});
    expect(answer).toMatchObject({ ok: false, error: { name: "engine-not-connected" } });
  });

  it("carries listeners over to the next engine and lets go of the last", () => {
    const link = createEngineLink();
    const first = fakeEngine("first");
    const second = fakeEngine("second");
    const seen: number[] = [];
    const subscription = link.on("log", (state) => seen.push(state.lines));
    link.attach(first.client);
    first.emitLog(1);
    link.attach(second.client);
    first.emitLog(2);
    second.emitLog(3);
    expect(seen).toEqual([1, 3]);
    expect(first.isDisposed()).toBe(true);
    subscription.dispose();
    expect(second.listenerCount("log")).toBe(0);
  });

  it("tells of each connection, at once when there is one already, and of each loss once", () => {
    const link = createEngineLink();
    const heard: string[] = [];
    link.onDidConnect(() => heard.push("early"));
    link.onDidDisconnect(() => heard.push("lost"));
    link.attach(fakeEngine("one").client);
    link.onDidConnect(() => heard.push("late"));
    link.detach();
    link.detach();
    link.attach(fakeEngine("two").client);
    expect(heard).toEqual(["early", "late", "lost", "early", "late"]);
  });

  it("hands calls to the engine that is there", async () => {
    const link = createEngineLink();
    link.attach(fakeEngine("one").client);
    link.attach(fakeEngine("two").client);
    expect(await link.call("machine.info", {})).toEqual({ ok: true, value: "two" });
  });
});
