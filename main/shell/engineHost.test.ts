import type { MessagePortMain } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EngineStatus } from "../../preload/contract";
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

function makeHost(prepare: (child: FakeChild) => void = () => undefined) {
  const children: FakeChild[] = [];
  const statuses: EngineStatus[] = [];
  const logged: string[] = [];
  const host = new EngineHost({
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
