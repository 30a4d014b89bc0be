import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine";
import type { ClockState, ThreadInfo } from "../machine/threads";
import { createTestMachine, errorOf, unwrap } from "./testMachine";

async function start(machine: Machine, name: string): Promise<void> {
  unwrap(await machine.createService({ name, binPath: `builtin:${name}`, type: "kernel" }));
  unwrap(await machine.startService(name));
}

async function waitingThreads(machine: Machine): Promise<ThreadInfo[]> {
  return unwrap(await machine.waitGraph()).threads.filter(({ state }) => state === "waiting");
}

const open = (machine: Machine, path: string, signal?: AbortSignal) => machine.open({ path, access: "rw" }, signal);
const set = async (machine: Machine, ...command: Parameters<Machine["setClock"]>): Promise<ClockState> =>
  unwrap(await machine.setClock(...command));

describe("the wait graph", () => {
  it("shows two requests that wait for each other's mutex, by the driver's names", async () => {
    const { machine, events } = createTestMachine();
    await start(machine, "deadlock");
    await set(machine, { action: "pause" });
    void open(machine, "\\\\.\\Deadlock\\a");
    void open(machine, "\\\\.\\Deadlock\\b");
    await set(machine, { action: "step", count: 2 });
    expect((await waitingThreads(machine)).map(({ waitReason, waitsFor }) => [waitReason, waitsFor])).toEqual([
      ["DelayExecution", []],
      ["DelayExecution", []],
    ]);
    await set(machine, { action: "advance", milliseconds: 5000 });
    const { deadlocks } = unwrap(await machine.waitGraph());
    const [a, b] = await waitingThreads(machine);
    expect(deadlocks).toEqual([[a?.threadId, b?.threadId]]);
    expect(a).toMatchObject({
      process: "ntscope.exe",
      state: "waiting",
      waitType: "any",
      waitReason: "Executive",
      waitsFor: [{ kind: "Mutant", name: "deadlock!DeviceExtension+0x38", owners: [b?.threadId] }],
      stack: ["deadlock!DeadlockCreate"],
    });
    expect(b?.waitsFor).toMatchObject([{ name: "deadlock!DeviceExtension", owners: [a?.threadId] }]);
    expect(a?.deadline).toBeUndefined();
    const report = events.find((event) => event.kind === "report");
    expect(report).toMatchObject({ report: { severity: "error", mend: expect.stringContaining("the same order") } });
  });

  it("shows NtScope's own thread whose read a driver keeps, and no more when it has ended", async () => {
    const { machine } = createTestMachine();
    await start(machine, "pend-cancel");
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\PendCancel", access: "rw", overlapped: true }));
    expect(await waitingThreads(machine)).toEqual([]);
    const read = machine.read(handle, 4);
    await Promise.resolve();
    expect(await waitingThreads(machine)).toMatchObject([
      {
        waitReason: "UserRequest",
        waitsFor: [
          { kind: "Irp", name: "IRP_MJ_READ of \\Device\\PendCancel", owners: [], keeper: "\\Driver\\pend-cancel" },
        ],
      },
    ]);
    unwrap(await machine.write(handle, Uint8Array.of(1, 2)));
    expect(unwrap(await read).data).toEqual(Uint8Array.of(1, 2));
    expect(await waitingThreads(machine)).toEqual([]);
  });

  it("gives the time limit of a wait on the machine's clock", async () => {
    const { machine } = createTestMachine();
    await start(machine, "deadlock");
    await set(machine, { action: "pause" });
    void open(machine, "\\\\.\\Deadlock\\a");
    const { time, nextDue } = await set(machine, { action: "step", count: 1 });
    expect(nextDue).toBeCloseTo(time + 5000, 3);
    const [thread] = await waitingThreads(machine);
    expect([thread?.since, thread?.deadline]).toEqual([time, nextDue]);
  });

  it("tells of changes once for many, and of a restart", async () => {
    const { machine, events } = createTestMachine();
    await start(machine, "deadlock");
    await set(machine, { action: "pause" });
    const opening = [open(machine, "\\\\.\\Deadlock\\a"), open(machine, "\\\\.\\Deadlock\\b")];
    await set(machine, { action: "step", count: 2 });
    await Promise.resolve();
    const told = () => events.filter(({ kind }) => kind === "threadsChanged").length;
    expect(told()).toBe(1);
    unwrap(await machine.restart());
    expect((await Promise.all(opening)).map(errorOf)).toEqual(["machine-restarted", "machine-restarted"]);
    expect(unwrap(await machine.waitGraph())).toMatchObject({ deadlocks: [] });
    expect(events.findLast((event) => event.kind === "clockChanged")).toMatchObject({ state: { isPaused: false } });
  });
});

describe("the clock", () => {
  it("holds requests while it is paused, lets one in at a step, and all when it runs", async () => {
    const { machine, printed } = createTestMachine();
    await start(machine, "example");
    await set(machine, { action: "pause" });
    const opening = [1, 2, 3].map(() => open(machine, "\\\\.\\Example"));
    const paused = unwrap(await machine.clock());
    expect(paused).toMatchObject({ isPaused: true, waiting: 3, ready: 0 });
    expect(printed()).toEqual([]);
    expect(await set(machine, { action: "step", count: 1 })).toMatchObject({ waiting: 2, time: paused.time });
    expect(printed()).toEqual(["userspace opened the device\n"]);
    expect(await set(machine, { action: "run" })).toMatchObject({ isPaused: false, waiting: 0 });
    expect(printed()).toHaveLength(2);
    expect((await Promise.all(opening)).map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it("goes on with what is ready before it lets another request in, and lets time pass when nobody waits", async () => {
    const { machine } = createTestMachine();
    await start(machine, "deadlock");
    await set(machine, { action: "pause" });
    const first = open(machine, "\\\\.\\Deadlock\\a");
    const { time } = await set(machine, { action: "step", count: 1 });
    // Nothing is ready and nobody waits: five seconds pass, and the thread can go on.
    const due = await set(machine, { action: "step", count: 1 });
    expect(due.time).toBeCloseTo(time + 5000, 3);
    expect(due.ready).toBe(1);
    const second = open(machine, "\\\\.\\Deadlock");
    expect(await set(machine, { action: "step", count: 1 })).toMatchObject({ ready: 0, waiting: 1 });
    expect((await first).ok).toBe(true);
    expect(await set(machine, { action: "step", count: 1 })).toMatchObject({ waiting: 0 });
    expect((await second).ok).toBe(true);
  });

  it("lets a request be given up while it waits for its turn: the driver never sees it", async () => {
    const { machine, printed, events } = createTestMachine();
    await start(machine, "example");
    await set(machine, { action: "pause" });
    const controller = new AbortController();
    const opening = open(machine, "\\\\.\\Example", controller.signal);
    await Promise.resolve();
    controller.abort();
    expect(errorOf(await opening)).toBe("cancelled");
    expect(events.findLast((event) => event.kind === "clockChanged")).toMatchObject({ state: { waiting: 0 } });
    await set(machine, { action: "run" });
    expect(printed()).toEqual([]);
  });

  it("holds services and closes too, and answers questions meanwhile", async () => {
    const { machine, printed } = createTestMachine();
    await start(machine, "hello");
    printed();
    await set(machine, { action: "pause" });
    const stopping = machine.stopService("hello");
    expect(unwrap(await machine.queryService("hello")).state).toBe("RUNNING");
    expect(printed()).toEqual([]);
    await set(machine, { action: "step", count: 1 });
    expect(unwrap(await stopping).state).toBe("STOPPED");
  });

  it("moves on by itself only while it runs", async () => {
    const { machine } = createTestMachine();
    const { time } = unwrap(await machine.clock());
    expect(unwrap(await machine.clock()).time).toBeGreaterThan(time);
    const paused = await set(machine, { action: "pause" });
    expect(unwrap(await machine.clock()).time).toBe(paused.time);
    expect((await set(machine, { action: "advance", milliseconds: 1.5 })).time).toBeCloseTo(paused.time + 1.5, 3);
  });

  it("refuses numbers that make no sense", async () => {
    const { machine } = createTestMachine();
    expect(errorOf(await machine.setClock({ action: "step", count: 0 }))).toBe("bad-count");
    expect(errorOf(await machine.setClock({ action: "step", count: 1.5 }))).toBe("bad-count");
    expect(errorOf(await machine.setClock({ action: "advance", milliseconds: -1 }))).toBe("bad-time");
    expect(errorOf(await machine.setClock({ action: "advance", milliseconds: Number.NaN }))).toBe("bad-time");
  });
});
