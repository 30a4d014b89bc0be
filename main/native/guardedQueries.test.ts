import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ok } from "../machine/result";
import { GuardedQueries, type QueryThread } from "./guardedQueries";
import type { ObjectQuestion } from "./objectQuestions";

/** Answers or keeps silent, as the test says. */
class FakeThread implements QueryThread {
  static readonly all: FakeThread[] = [];
  readonly asked: ObjectQuestion[] = [];
  isTerminated = false;
  isBusy = false;
  answer: (message: unknown) => void = () => undefined;
  failed: (error: Error) => void = () => undefined;
  gone: () => void = () => undefined;

  constructor() {
    FakeThread.all.push(this);
  }
  post(question: ObjectQuestion): void {
    this.asked.push(question);
  }
  onMessage(listener: (answer: unknown) => void): void {
    this.answer = listener;
    listener("ready");
  }
  onFailed(listener: (error: Error) => void): void {
    this.failed = listener;
  }
  onGone(listener: () => void): void {
    this.gone = listener;
  }
  setBusy(isBusy: boolean): void {
    this.isBusy = isBusy;
  }
  terminate(): void {
    this.isTerminated = true;
    // As Node.js does.
    this.isBusy = true;
  }
}

let hung = 0;
let queries: GuardedQueries;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const ask = (type: string) => queries.ask<"counts">({ kind: "counts", path: "\\X", type });
const last = () => FakeThread.all.at(-1) as FakeThread;
const askAndHang = async () => {
  const answer = ask("Event");
  await settled();
  vi.advanceTimersByTime(2_000);
  return await answer;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  FakeThread.all.length = 0;
  hung = 0;
  queries = new GuardedQueries(
    () => new FakeThread(),
    () => {
      hung += 1;
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
});

describe("GuardedQueries", () => {
  it("asks one question at a time, in one thread that is kept", async () => {
    const answers = [ask("Event"), ask("Key")];
    await settled();
    expect(last().asked.map((question) => "type" in question && question.type)).toEqual(["Event"]);
    expect(last().isBusy).toBe(true);
    last().answer(ok([]));
    await settled();
    last().answer(ok([]));
    expect(await Promise.all(answers)).toEqual([ok([]), ok([])]);
    expect([FakeThread.all.length, last().isBusy, hung]).toEqual([1, false, 0]);
  });

  it("gives up after two seconds with STATUS_TIMEOUT and goes on in another thread", async () => {
    const answer = ask("Event");
    const next = ask("Key");
    await settled();
    const stuck = last();
    vi.advanceTimersByTime(1_999);
    await settled();
    expect(stuck.isTerminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await answer).toMatchObject({ ok: false, error: { domain: "nt", name: "STATUS_TIMEOUT" } });
    expect([stuck.isTerminated, stuck.isBusy, hung]).toEqual([true, false, 1]);
    await settled();
    // What the lost one says at last is nobody's answer.
    stuck.answer(ok(["late"]));
    last().answer(ok([]));
    expect(await next).toEqual(ok([]));
    expect(FakeThread.all.length).toBe(2);
  });

  it("asks no more when four threads are lost, until one of them comes back", async () => {
    for (let count = 0; count < 4; count++) expect(await askAndHang()).toMatchObject({ ok: false });
    expect(await ask("Event")).toMatchObject({ ok: false, error: { name: "too-many-hung" } });
    expect([FakeThread.all.length, queries.hung]).toEqual([4, 4]);
    FakeThread.all[2]?.gone();
    const answer = ask("Event");
    await settled();
    last().answer(ok([]));
    expect(await answer).toEqual(ok([]));
  });

  it("passes a crash of the thread on", async () => {
    const answer = ask("Event");
    await settled();
    last().failed(new Error("ntdll.dll has no such function"));
    expect(await answer).toMatchObject({ error: { name: "query-failed", message: "ntdll.dll has no such function" } });
    const next = ask("Event");
    await settled();
    last().answer(ok([]));
    expect(await next).toEqual(ok([]));
    expect([FakeThread.all.length, hung]).toEqual([2, 0]);
  });

  it("ends its thread when it is closed", async () => {
    const answer = ask("Event");
    await settled();
    last().answer(ok([]));
    await answer;
    queries.dispose();
    expect(last().isTerminated).toBe(true);
    expect(await ask("Event")).toMatchObject({ error: { name: "machine-closed" } });
  });
});
