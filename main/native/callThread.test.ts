// The caller's side against a real thread: a plain script stands in for callWorker.ts, which needs Windows. Its "calls"
// answer the sum of their parameters; function 1 only when it is told to.
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CallThread, callState } from "./callThread";

const script = `
  const { parentPort, workerData: { shared, gate } } = require("node:worker_threads");
  const cells = new Int32Array(shared, 0, 4), slots = new BigUint64Array(shared, 16, 11), open = new Int32Array(gate);
  parentPort.postMessage("ready");
  for (let state = 0; state !== ${callState.ended}; state = Atomics.load(cells, 0)) {
    if (state !== ${callState.asked} && state !== ${callState.late}) { Atomics.wait(cells, 0, state); continue; }
    if (cells[1] === 1) Atomics.wait(open, 0, 0);
    if (cells[1] === 2) throw new Error("no such function");
    cells[3] = Number(BigInt.asIntN(32, slots.slice(0, cells[2]).reduce((sum, each) => sum + each, 0n)));
    if (Atomics.compareExchange(cells, 0, ${callState.asked}, ${callState.answered}) === ${callState.asked}) Atomics.notify(cells, 0);
    else { Atomics.compareExchange(cells, 0, ${callState.late}, ${callState.ready}); parentPort.postMessage(cells[3]); }
  }
`;

const gate = new SharedArrayBuffer(4);
let thread: CallThread;
let worker: Worker;
let ready: Promise<void>;
let hung: number;

beforeEach(() => {
  new Int32Array(gate)[0] = 0;
  hung = 0;
  thread = new CallThread({
    start(shared) {
      worker = new Worker(script, { eval: true, workerData: { shared, gate } });
      ready = new Promise((resolve) => worker.once("message", () => resolve()));
      return {
        onMessage: (listener) => void worker.on("message", listener),
        onFailed: (listener) => void worker.on("error", listener),
        setBusy: () => undefined,
      };
    },
    addressOf: (buffer) => BigInt(buffer.length),
    hung: () => {
      hung += 1;
    },
  });
});
afterEach(async () => {
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  thread.dispose();
  openGate();
  await gone;
});

function openGate(): void {
  Atomics.store(new Int32Array(gate), 0, 1);
  Atomics.notify(new Int32Array(gate), 0);
}

/** Starts the thread with a first call, which it cannot take yet. */
async function started(): Promise<void> {
  expect(thread.call(0, [])).toBeUndefined();
  await ready;
}

describe("CallThread", () => {
  it("makes a call with numbers, handles, buffers and nothing", async () => {
    await started();
    for (let round = 0; round < 100; round += 1) {
      expect(await thread.call(0, [round, 2n ** 40n, Buffer.alloc(7), null])).toBe(round + 7);
    }
    expect(await thread.call(0, [0xc000_0005])).toBe(0xc000_0005 | 0);
    expect(await thread.call(0, [-1])).toBe(-1);
  });

  it("answers a late call when it has returned, and takes no other meanwhile", async () => {
    await started();
    const late = thread.call(1, [5]);
    expect(thread.call(0, [1])).toBeUndefined();
    openGate();
    expect(await late).toBe(5);
    expect(await thread.call(0, [1, 1])).toBe(2);
    expect(hung).toBe(0);
  });

  it("tells of a call that has not returned when it is disposed", async () => {
    await started();
    void thread.call(1, []);
    thread.dispose();
    expect(hung).toBe(1);
  });

  it("takes no further call when its thread has failed", async () => {
    await started();
    await expect(thread.call(2, [])).rejects.toThrow("no such function");
    expect(thread.call(0, [])).toBeUndefined();
  });
});
