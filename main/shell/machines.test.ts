import type { MessagePortMain } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MachinesState } from "../../preload/contract";
import type { MachineSpec } from "../attach/machineSpec";
import type { EngineChild, EngineExit, ToEngine } from "./engineChild";
import { firstMachine, type MachinePage, Machines } from "./machines";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeChild implements EngineChild {
  readonly processId = 1;
  posted: ToEngine[] = [];
  private exitListener: (exit: EngineExit) => void = () => undefined;
  private messageListener: (message: unknown) => void = () => undefined;

  post(message: ToEngine): void {
    this.posted.push(message);
    if (message.kind === "ping") queueMicrotask(() => this.say({ kind: "pong", id: message.id }));
    if (message.kind === "shutdown") queueMicrotask(() => this.exit(0));
  }
  kill(): void {
    this.exit(9);
  }
  onDidExit(listener: (exit: EngineExit) => void): void {
    this.exitListener = listener;
  }
  onMessage(listener: (message: unknown) => void): void {
    this.messageListener = listener;
  }
  say(message: unknown): void {
    this.messageListener(message);
  }
  exit(exitCode: number): void {
    this.exitListener({ exitCode, reason: "it ended" });
  }
}

const model: MachineSpec = { kind: "model" };
const agent: MachineSpec = { kind: "agent", pairing: { host: "box", port: 4000, key: new Uint8Array(32) } };

function make() {
  const children: FakeChild[] = [];
  const states: MachinesState[] = [];
  const titles: string[] = [];
  const machines = new Machines({
    fork() {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    onDidChange: (state) => states.push(state),
    onDidChangeActive: (machine, name) => titles.push(`${machine.id} ${name}`),
    log: { write: () => undefined },
  });
  const page = () => {
    const sent: unknown[][] = [];
    const shown: MachinePage & { sent: unknown[][] } = {
      sent,
      send: (_channel, ...values) => sent.push(values),
      postMessage: (channel) => sent.push([channel]),
    };
    return shown;
  };
  return { machines, children, states, titles, page };
}

describe("Machines", () => {
  it("opens each in a tab of its own, shown at once, under a name that holds no key", async () => {
    const { machines, titles } = make();
    machines.open(model);
    machines.open(agent);
    await vi.advanceTimersByTimeAsync(100);
    expect(machines.state()).toEqual({
      machines: [
        { id: "first", name: "Model kernel", state: "connecting" },
        { id: "m2", name: "box:4000", state: "connecting" },
      ],
      active: "m2",
    });
    expect(titles).toEqual(["first Model kernel", "m2 box:4000"]);
  });

  it("tells a machine's news to its own page alone", async () => {
    const { machines, children, page } = make();
    machines.open(model);
    machines.open(agent);
    const [first, second] = [page(), page()];
    machines.get("first").page = first;
    machines.get("m2").page = second;
    children[1]?.exit(9);
    expect(first.sent).toEqual([]);
    expect(second.sent).toEqual([["engineStatus", { kind: "crashed", exitCode: 9, reason: "it ended" }]]);
    machines.tellAll("command", "edit.copy");
    expect([first.sent.length, second.sent.length]).toEqual([1, 2]);
  });

  it("joins a page with its own machine's engine", () => {
    const { machines, children, page } = make();
    machines.open(model);
    machines.open(model);
    const second = page();
    machines.get("m2").page = second;
    machines.connect("m2", { port1: {} as MessagePortMain, port2: {} as MessagePortMain });
    const connects = (child: FakeChild | undefined) => child?.posted.filter(({ kind }) => kind === "connect").length;
    expect([connects(children[0]), connects(children[1]), second.sent]).toEqual([0, 1, [["ntscope.enginePort"]]]);
  });

  it("shows on a tab what the engine's host and the page know", async () => {
    const { machines, children } = make();
    machines.open(model);
    machines.open(agent);
    await vi.advanceTimersByTimeAsync(100);
    const state = () => machines.state().machines[1]?.state;
    children[1]?.say({ kind: "opened" });
    machines.describe("m2", "Model kernel (box:4000)", "running");
    expect([state(), machines.state().machines[1]?.name]).toEqual(["running", "Model kernel (box:4000)"]);
    machines.describe("m2", "Model kernel (box:4000)", "lost");
    expect(state()).toBe("lost");
    children[1]?.exit(9);
    expect(state()).toBe("crashed");
    await machines.get("m2").engine.restart();
    await vi.advanceTimersByTimeAsync(100);
    children[2]?.say({ kind: "opened" });
    // What the page said of the engine before is of no account.
    expect(state()).toBe("connecting");
  });

  it("ends the engine of a closed tab, shows the one before, and never closes the first", async () => {
    const { machines, children } = make();
    machines.open(model);
    machines.open(model);
    machines.open(model);
    expect(machines.close("m3")).toBe(true);
    expect([machines.active.id, children[2]?.posted.at(-1)]).toEqual(["m2", { kind: "shutdown" }]);
    expect([machines.close(firstMachine), machines.close("m3"), machines.close("")]).toEqual([false, false, false]);
    // The number is not given again: a page of before could be taken for the new machine's.
    expect([machines.has("m3"), machines.open(model)]).toEqual([false, "m4"]);
    await machines.stop();
    expect(children.every((child) => child.posted.at(-1)?.kind === "shutdown")).toBe(true);
  });

  it("goes round the tabs", () => {
    const { machines } = make();
    for (let count = 0; count < 3; count++) machines.open(model);
    const reached = ([1, 1, -1, -1, -1] as const).map((step) => {
      machines.step(step);
      return machines.active.id;
    });
    expect(reached).toEqual(["first", "m2", "first", "m3", "m2"]);
    machines.activate("nowhere");
    expect(machines.active.id).toBe("m2");
  });

  it("points the first at another machine", async () => {
    const { machines, children } = make();
    machines.open(model);
    await vi.advanceTimersByTimeAsync(100);
    await machines.replace(firstMachine, agent);
    expect(children[1]?.posted[0]).toEqual({ kind: "open", spec: agent });
    expect(machines.state().machines).toEqual([{ id: "first", name: "box:4000", state: "connecting" }]);
  });
});
