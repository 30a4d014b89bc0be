import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STATUS_CANCELLED, STATUS_PENDING, STATUS_SUCCESS } from "../../native-bindings/abi/ntstatus/codes";
import type { PendingRequest } from "../machine/machine";
import { MOST_EVENTS } from "./eventWaiter";
import { FakeRequestCalls, PendingDriver } from "./fakeRequestCalls";
import { NativeRequests, type RequestToIssue } from "./nativeRequests";

const STATUS_BUFFER_OVERFLOW = 0x80000005;
const STATUS_ACCESS_DENIED = 0xc0000022;

let calls: FakeRequestCalls;
let driver: PendingDriver;
let told: PendingRequest[][];
let requests: NativeRequests;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  calls = new FakeRequestCalls();
  driver = new PendingDriver(calls);
  told = [];
  requests = new NativeRequests(calls, (pending) => told.push(pending));
});
afterEach(() => {
  requests.dispose();
  vi.useRealTimers();
});

function request(issue: RequestToIssue["issue"], more: Partial<RequestToIssue> = {}): RequestToIssue {
  return { operation: "IRP_MJ_READ", device: "\\??\\X", handle: 0x44n, issue, ...more };
}

/** All that is due now has run: every wait here is a microtask. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("requests that end at once", () => {
  const answering = (status: number, information: number) =>
    request(async (ioStatus) => {
      ioStatus.writeBigUInt64LE(BigInt(information), 8);
      return status | 0;
    });

  it.each([
    [STATUS_SUCCESS, 5, 5],
    [STATUS_BUFFER_OVERFLOW, 5, 5],
    // Then NT leaves the status block as it was.
    [STATUS_ACCESS_DENIED, 5, 0],
  ])("answer their status %i", async (status, information, shown) => {
    const outcome = await requests.run(answering(status, information), undefined);
    expect(outcome).toMatchObject({ ok: true, value: { status, information: shown } });
    // Its event is kept for the next one.
    await requests.run(answering(status, information), undefined);
    expect([calls.openEvents, requests.pending().length, calls.waits]).toEqual([1, 0, 0]);
    requests.dispose();
    expect(calls.openEvents).toBe(0);
  });

  it("pass a failure of the call itself on and keep nothing", async () => {
    const broken = request(async () => {
      throw new Error("no such function");
    });
    await expect(requests.run(broken, undefined)).rejects.toThrow("no such function");
    requests.dispose();
    expect([calls.openEvents, requests.pending().length]).toEqual([0, 0]);
  });
});

describe("requests that a driver keeps", () => {
  it("end in any order, and one thread waits for all of them", async () => {
    const ended: number[] = [];
    const runs = [0, 1, 2].map(async (index) => {
      const outcome = await requests.run(request(driver.issue), undefined);
      ended.push(index);
      return outcome;
    });
    await settled();
    expect(requests.pending().map(({ operation, device }) => [operation, device])).toEqual(
      new Array(3).fill(["IRP_MJ_READ", "\\??\\X"]),
    );
    for (const index of [1, 2, 0]) {
      driver.complete(index, STATUS_SUCCESS, index + 1);
      await settled();
    }
    expect(ended).toEqual([1, 2, 0]);
    expect((await Promise.all(runs)).map((run) => run.ok && run.value.information)).toEqual([1, 2, 3]);
    expect(calls.mostWaits).toBe(1);
    await settled();
    // The thread is given back with the last of them.
    requests.dispose();
    expect([calls.waits, calls.openEvents]).toEqual([0, 0]);
  });

  it("are told of once they last, and again when they are over", async () => {
    const run = requests.run(request(driver.issue), undefined);
    await settled();
    vi.advanceTimersByTime(1_000);
    expect(told.map((pending) => pending.length)).toEqual([1]);
    driver.complete(0, STATUS_SUCCESS, 0);
    await run;
    vi.advanceTimersByTime(1_000);
    expect(told.map((pending) => pending.length)).toEqual([1, 0]);
  });

  it("are not told of when they are over soon", async () => {
    const run = requests.run(request(driver.issue), undefined);
    await settled();
    driver.complete(0, STATUS_SUCCESS, 0);
    await run;
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it("are refused beyond what one thread can wait for", async () => {
    const runs = Array.from({ length: MOST_EVENTS }, () => requests.run(request(driver.issue), undefined));
    await settled();
    expect(driver.held.length).toBe(MOST_EVENTS);
    expect(await requests.run(request(driver.issue), undefined)).toMatchObject({
      error: { name: "too-many-requests" },
    });
    driver.complete(7, STATUS_SUCCESS, 0);
    await runs[7];
    const next = requests.run(request(driver.issue), undefined);
    await settled();
    driver.complete(MOST_EVENTS, STATUS_SUCCESS, 9);
    expect(await next).toMatchObject({ ok: true, value: { information: 9 } });
  });
});

describe("cancelling", () => {
  it("tells the driver and answers what it makes of that", async () => {
    const controller = new AbortController();
    const run = requests.run(request(driver.issue), controller.signal);
    await settled();
    controller.abort();
    await settled();
    expect(calls.cancelled).toEqual([{ handle: 0x44n, ioStatus: driver.held[0]?.ioStatus }]);
    driver.complete(0, STATUS_CANCELLED, 0);
    expect(await run).toMatchObject({ ok: true, value: { status: STATUS_CANCELLED } });
  });

  it("gives up on a driver that takes no notice, and keeps the buffers until it completes", async () => {
    const controller = new AbortController();
    const abandoned = vi.fn();
    const run = requests.run(request(driver.issue, { abandoned }), controller.signal);
    await settled();
    controller.abort();
    vi.advanceTimersByTime(1_999);
    await settled();
    expect(requests.pending().length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await run).toMatchObject({ ok: false, error: { domain: "ntscope", name: "cancelled" } });
    expect([requests.pending().length, calls.openEvents]).toEqual([1, 2]);
    driver.complete(0, STATUS_SUCCESS, 3);
    await settled();
    expect(abandoned).toHaveBeenCalledWith(expect.objectContaining({ status: STATUS_SUCCESS, information: 3 }));
    requests.dispose();
    expect([requests.pending().length, calls.openEvents]).toEqual([0, 0]);
  });

  it("is said again when the driver pends only after it", async () => {
    const controller = new AbortController();
    let pend = (_status: number): void => undefined;
    const late = request((ioStatus, event) => {
      void driver.issue(ioStatus, event);
      return new Promise((resolve) => {
        pend = resolve;
      });
    });
    const run = requests.run(late, controller.signal);
    await settled();
    controller.abort();
    await settled();
    pend(STATUS_PENDING);
    await settled();
    expect(calls.cancelled.length).toBe(2);
    driver.complete(0, STATUS_CANCELLED, 0);
    await run;
  });

  it("leaves an open, which has no handle yet, at once", async () => {
    const controller = new AbortController();
    const run = requests.run(request(driver.issue, { handle: undefined }), controller.signal);
    await settled();
    controller.abort();
    expect(await run).toMatchObject({ ok: false, error: { name: "cancelled" } });
    expect(calls.cancelled).toEqual([]);
  });

  it("takes a request out of the queue behind drivers that block", async () => {
    const blocked = request(() => new Promise(() => undefined));
    void requests.run(blocked, undefined);
    void requests.run(blocked, undefined);
    const controller = new AbortController();
    const issue = vi.fn(driver.issue);
    const run = requests.run(request(issue), controller.signal);
    await settled();
    controller.abort();
    expect(await run).toMatchObject({ ok: false, error: { name: "cancelled" } });
    expect(issue).not.toHaveBeenCalled();
  });
});
