import type { MessagePortMain } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EngineStatus } from "../../preload/contract";
import type { MachineSpec } from "../attach/machineSpec";
import type { EngineChild, EngineExit, ToEngine } from "./engineChild";
import { EngineHost } from "./engineHost";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeChild implements EngineChild {
  posted: ToEngine[] = [];
  ports: MessagePortMain[] = [];
  killed = 0;
  answers = true;
  endsWhenAsked = true;
  private exitListener: (exit: EngineExit) => void = () => undefined;
  private messageListener: (message: unknown) => void = () => undefined;

  constructor(readonly processId: number) {}

  post(message: ToEngine, port?: MessagePortMain): void {
    this.posted.push(message);
    if (port) this.ports.push(port);
    if (message.kind === "ping" && this.answers) queueMicrotask(() => this.say({ kind: "pong", id: message.id }));
    if (message.kind === "shutdown" && this.endsWhenAsked) queueMicrotask(() => this.exit(0));
  }
  kill(): void {
    this.killed++;
    queueMicrotask(() => this.exit(9));
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
  exit(code: number): void {
    this.exitListener({ exitCode: code, reason: "the process was killed from outside" });
  }
}

function makeHost(prepare: (child: FakeChild) => void = () => undefined, machine: MachineSpec = { kind: "model" }) {
  const children: FakeChild[] = [];
  const statuses: EngineStatus[] = [];
  const logged: string[] = [];
  const host = new EngineHost({
    machine,
    fork() {
      const child = new FakeChild(100 + children.length);
      prepare(child);
      children.push(child);
      return child;
    },
    onDidChangeStatus: (status) => statuses.push(status),
    log: { write: (level, area, message) => logged.push(`${level} ${area}: ${message}`) },
  });
  host.start();
  const child = (index: number): FakeChild => {
    const found = children[index];
    if (!found) throw new Error(`no engine ${index} was started`);
    return found;
  };
  return { host, children, child, statuses, logged };
}

describe("EngineHost", () => {
  it("is starting until the engine answers, then running, and says so once", async () => {
    const { statuses } = makeHost();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(statuses).toEqual([{ kind: "starting" }, { kind: "running", processId: 100 }]);
  });

  it("says each second that the engine is hung, and when it answers again", async () => {
    const { child, statuses, logged } = makeHost();
    await vi.advanceTimersByTimeAsync(500);
    child(0).answers = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(statuses.slice(2)).toEqual([
      { kind: "hung", seconds: 3 },
      { kind: "hung", seconds: 4 },
    ]);
    child(0).say({ kind: "pong", id: 2 });
    expect(statuses).toHaveLength(4);
    child(0).say({ kind: "pong", id: 6 });
    expect(statuses.at(-1)).toEqual({ kind: "running", processId: 100 });
    expect(logged).toEqual(["warn engine: does not answer"]);
  });

  it("gives a first start more time", async () => {
    const { statuses } = makeHost((child) => {
      child.answers = false;
    });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(statuses).toEqual([{ kind: "starting" }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statuses.at(-1)).toEqual({ kind: "hung", seconds: 15 });
  });

  it("says how an engine ended that nobody asked to end, and stays that way", async () => {
    const { child, host, statuses, logged } = makeHost();
    await vi.advanceTimersByTimeAsync(100);
    child(0).say({ kind: "fatal", message: "RangeError: out of pages", stack: "at..." });
    child(0).exit(7);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.status).toEqual({ kind: "crashed", exitCode: 7, reason: "RangeError: out of pages" });
    expect(statuses.at(-1)).toBe(host.status);
    expect(logged).toEqual(["error engine: ended unexpectedly, exit code 7: RangeError: out of pages"]);
    expect(host.connect({} as MessagePortMain)).toBe(false);
  });

  it("restarts a crashed engine and hands the new one its ports", async () => {
    const { child, children, host, statuses } = makeHost();
    await vi.advanceTimersByTimeAsync(100);
    child(0).exit(9);
    await Promise.all([host.restart(), host.restart()]);
    await vi.advanceTimersByTimeAsync(100);
    expect(children).toHaveLength(2);
    expect(statuses.slice(-2)).toEqual([{ kind: "starting" }, { kind: "running", processId: 101 }]);
    const port = {} as MessagePortMain;
    expect(host.connect(port)).toBe(true);
    expect([child(0).ports, child(1).ports]).toEqual([[], [port]]);
  });

  it("asks a healthy engine to end, and kills it when it does not", async () => {
    const { child, host, statuses } = makeHost((fake) => {
      fake.endsWhenAsked = fake.processId !== 100;
    });
    await vi.advanceTimersByTimeAsync(100);
    const restarted = host.restart();
    await vi.advanceTimersByTimeAsync(900);
    expect([child(0).posted.at(-1), child(0).killed]).toEqual([{ kind: "shutdown" }, 0]);
    await vi.advanceTimersByTimeAsync(200);
    await restarted;
    expect(child(0).killed).toBe(1);
    await host.stop();
    expect(child(1).killed).toBe(0);
    expect(statuses.some((status) => status.kind === "crashed")).toBe(false);
  });

  it("kills a hung engine without asking", async () => {
    const { child, host, statuses } = makeHost((fake) => {
      fake.endsWhenAsked = false;
    });
    await vi.advanceTimersByTimeAsync(100);
    child(0).answers = false;
    await vi.advanceTimersByTimeAsync(5_000);
    await host.restart();
    await vi.advanceTimersByTimeAsync(100);
    expect([child(0).killed, child(0).posted.some((message) => message.kind === "shutdown")]).toEqual([1, false]);
    expect(statuses.at(-1)).toEqual({ kind: "running", processId: 101 });
  });

  it("does not believe what an engine says that it can't have heard", async () => {
    const { child, host } = makeHost((fake) => {
      fake.answers = false;
    });
    for (const message of [null, "pong", { kind: "pong" }, { kind: "pong", id: "1" }, { kind: "fatal" }]) {
      child(0).say(message);
    }
    expect(host.status).toEqual({ kind: "starting" });
    child(0).say({ kind: "pong", id: 1e9 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.status).toMatchObject({ kind: "hung" });
  });
});

describe("EngineHost, of a machine that takes its time", () => {
  const agent: MachineSpec = { kind: "agent", pairing: { host: "::1", port: 4000, key: new Uint8Array(32) } };
  const opening = { kind: "opening", sentence: "Connecting to the agent at [::1]:4000." };

  it("names the machine to the process before anything else", () => {
    const { child } = makeHost(undefined, agent);
    expect(child(0).posted[0]).toEqual({ kind: "open", spec: agent });
  });

  it("says what is being done until the machine is there", async () => {
    const { child, statuses } = makeHost(undefined, agent);
    await vi.advanceTimersByTimeAsync(5_000);
    child(0).say({ kind: "progress", sentence: "Making a prefix." });
    await vi.advanceTimersByTimeAsync(5_000);
    child(0).say({ kind: "opened" });
    expect(statuses).toEqual([
      { kind: "starting" },
      opening,
      { kind: "opening", sentence: "Making a prefix." },
      { kind: "running", processId: 100 },
    ]);
  });

  it("says why it could not be attached, ends the process, and tries again when asked", async () => {
    const { child, host, statuses } = makeHost(undefined, agent);
    await vi.advanceTimersByTimeAsync(100);
    child(0).say({ kind: "failed", error: { name: "agent-refused", message: "It does not take this key." } });
    await vi.advanceTimersByTimeAsync(10_000);
    const failed = { kind: "failed", error: { name: "agent-refused", message: "It does not take this key." } };
    expect([statuses.at(-1), child(0).posted.at(-1)]).toEqual([failed, { kind: "shutdown" }]);
    expect(host.connect({} as MessagePortMain)).toBe(false);
    await host.restart();
    expect(child(1).posted[0]).toEqual({ kind: "open", spec: agent });
    expect(statuses.slice(-2)).toEqual([{ kind: "starting" }, opening]);
  });

  it("gives up when asked, but not what is attached", async () => {
    const { child, host } = makeHost(undefined, agent);
    await vi.advanceTimersByTimeAsync(100);
    host.cancel();
    expect(host.status).toMatchObject({ kind: "failed", error: { name: "cancelled" } });
    await host.restart();
    await vi.advanceTimersByTimeAsync(100);
    child(1).say({ kind: "opened" });
    host.cancel();
    expect(host.status).toEqual({ kind: "running", processId: 101 });
  });

  it("kills one that does not end when it is given up, before the next begins", async () => {
    const { child, children, host } = makeHost((fake) => {
      fake.endsWhenAsked = fake.processId !== 100;
    }, agent);
    await vi.advanceTimersByTimeAsync(100);
    host.cancel();
    const restarted = host.restart();
    await vi.advanceTimersByTimeAsync(900);
    expect(children).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await restarted;
    expect([child(0).killed, children.length]).toEqual([1, 2]);
  });

  it("goes over to another machine", async () => {
    const { child, host, statuses } = makeHost(undefined, agent);
    await host.restart({ kind: "model" });
    await vi.advanceTimersByTimeAsync(100);
    expect(child(1).posted[0]).toEqual({ kind: "open", spec: { kind: "model" } });
    expect(statuses.slice(-2)).toEqual([{ kind: "starting" }, { kind: "running", processId: 101 }]);
  });
});
