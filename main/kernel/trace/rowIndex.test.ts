/** Limits and filters, over stores filled by hand. */
import { describe, expect, it } from "vitest";
import { STATUS_SUCCESS, STATUS_UNSUCCESSFUL } from "../../../native-bindings/abi/ntstatus/codes";
import { callWord, Passage } from "./callWord";
import { irpDetail } from "./irpDetail";
import { CHUNK_ROWS, type RowChunk, RowOrigin } from "./rowChunk";
import { RowIndex } from "./rowIndex";
import { NO_LANE, StepKind } from "./stepChunk";
import { TraceStore } from "./traceStore";

const START = 1_767_225_600_000;
const sources = ["one.exe", "two.exe"].map((process, index) => ({ process, processId: 100 + index, threadId: 8 }));
const targets = ["A", "B", "C"].map((name) => ({ device: `\\Device\\${name}`, driver: `\\Driver\\${name.repeat(2)}` }));

interface Added {
  readonly chunk: RowChunk;
  readonly index: number;
}

/** IRP number n is for device n % 3, of process n % 2, IRP_MJ_ n % 5. */
function add(store: TraceStore, number: number, time = START + number): Added {
  const chunk = store.rowsAt(time);
  const [source, target] = [sources[number % 2], targets[number % 3]];
  if (source === undefined || target === undefined) throw new Error("no such row");
  const index = chunk.append(-number, RowOrigin.user, number % 5, 0, source, target);
  return { chunk, index };
}

function filled(count: number, limit = 2 ** 30): { store: TraceStore; added: Added[] } {
  const store = new TraceStore({ number: 1, order: 0 }, limit);
  const added = Array.from({ length: count }, (_, index) => add(store, index + 1));
  return { store, added };
}

function numbers(index: RowIndex, filter: Parameters<RowIndex["rows"]>[0], from = 0, count = 1000): number[] {
  return index.rows(filter, from, count).rows.map(({ number }) => number);
}

describe("filters", () => {
  const { store, added } = filled(30);
  for (const [position, { chunk, index }] of added.entries()) {
    if (position < 20) chunk.didEnd(index, START + 100, position < 10 ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL, 0);
  }
  const index = new RowIndex(store);
  const all = Array.from({ length: 30 }, (_, position) => position + 1);

  it.each<[Parameters<RowIndex["rows"]>[0], (number: number) => boolean]>([
    [{}, () => true],
    [{ device: " ", process: "" }, () => true],
    [{ device: "device\\b" }, (number) => number % 3 === 1],
    [{ device: "\\Driver\\CC" }, (number) => number % 3 === 2],
    [{ device: "*\\A" }, (number) => number % 3 === 0],
    [{ process: "TWO.exe" }, (number) => number % 2 === 1],
    [{ process: "100" }, (number) => number % 2 === 0],
    [{ major: "IRP_MJ_READ" }, (number) => number % 5 === 3],
    [{ major: "write" }, (number) => number % 5 === 4],
    [{ status: "pending" }, (number) => number > 20],
    [{ status: "error" }, (number) => number > 10 && number <= 20],
    [{ status: "STATUS_SUCCESS" }, (number) => number <= 10],
    // STATUS_SUCCESS and STATUS_UNSUCCESSFUL alike.
    [{ status: "success" }, (number) => number <= 20],
    [{ status: "0xC0000001" }, (number) => number > 10 && number <= 20],
    [{ status: "error", device: "B", process: "one" }, (number) => number > 10 && number <= 20 && number % 6 === 4],
    [{ device: "nowhere" }, () => false],
  ])("%j", (filter, passes) => {
    expect(numbers(index, filter)).toEqual(all.filter(passes));
    expect(index.rows(filter, 0, 0).total).toBe(all.filter(passes).length);
  });

  it("answers the part that is asked for", () => {
    expect(numbers(index, { device: "B" }, 2, 3)).toEqual([7, 10, 13]);
    expect(numbers(index, {}, 28, 10)).toEqual([29, 30]);
    expect(numbers(index, {}, 99, 10)).toEqual([]);
  });

  it("sees what ends later, in every chunk", () => {
    const large = filled(3 * CHUNK_ROWS);
    const rows = new RowIndex(large.store);
    const filter = { status: "pending" };
    expect(rows.scan(filter)).toBe(true);
    expect(rows.rows(filter, 0, 0).total).toBe(3 * CHUNK_ROWS);
    const first = large.added[0] as Added;
    first.chunk.didEnd(first.index, START + 50, STATUS_SUCCESS, 0);
    expect(rows.rows(filter, 0, 1)).toMatchObject({ total: 3 * CHUNK_ROWS - 1, rows: [{ number: 2 }] });
    add(large.store, 3 * CHUNK_ROWS + 1);
    expect(rows.rows(filter, 0, 0).total).toBe(3 * CHUNK_ROWS);
    expect(numbers(rows, { device: "\\A" }, CHUNK_ROWS - 1, 1)).toEqual([3 * CHUNK_ROWS]);
  });

  it("scans many chunks in several goes", () => {
    const store = new TraceStore({ number: 1, order: 0 }, 2 ** 30);
    // Half an hour apart, each begins a chunk.
    for (let number = 1; number <= 100; number++) add(store, number, START + number * 3_600_000);
    const rows = new RowIndex(store);
    const goes: boolean[] = [];
    do goes.push(rows.scan({ device: "B" }));
    while (goes.at(-1) === false);
    expect(goes).toEqual([false, false, false, true]);
    expect(numbers(rows, { device: "B" }, 0, 3)).toEqual([1, 4, 7]);
  });
});

describe("the limit of memory", () => {
  it("drops whole chunks from the front and counts them", () => {
    const limit = 4 * 2 ** 20;
    const store = new TraceStore({ number: 1, order: 0 }, limit);
    const count = 12 * CHUNK_ROWS;
    let last = 0;
    for (let number = 1; number <= count; number++) {
      const { chunk, index } = add(store, number);
      const time = START + number;
      for (const kind of [StepKind.call, StepKind.completeAndEnd]) {
        const steps = store.stepsAt(time);
        const site = { address: 1, device: "d", driver: "r", routine: "x!y", chunk: undefined, index: 0 };
        const first = kind === StepKind.call ? steps.siteIndex(site) | (NO_LANE << 16) : 0;
        steps.append(kind, 0, 8, kind === StepKind.call ? 0 : 1, first, callWord(1, 3, 0, Passage.none));
        chunk.addStep(index, steps.end - 1);
      }
      chunk.hopCount++;
      last = number;
    }
    expect(store.bytes).toBeLessThanOrEqual(limit);
    expect(store.dropped).toBeGreaterThan(0);
    expect(store.dropped % CHUNK_ROWS).toBe(0);
    expect(store.irps + store.dropped).toBe(count);
    expect(store.hops).toBe(store.irps);
    const rows = new RowIndex(store);
    expect(rows.rows({}, 0, 1)).toMatchObject({ total: store.irps, rows: [{ number: store.dropped + 1 }] });
    expect(irpDetail(store, store.dropped)).toBeUndefined();
    expect(irpDetail(store, last)?.hops).toMatchObject([{ routine: "x!y", major: "IRP_MJ_READ" }]);
  });

  it("says how many steps of an IRP are lost, and keeps its lanes", () => {
    const store = new TraceStore({ number: 1, order: 0 }, 2 ** 21);
    const { chunk, index } = add(store, 1);
    const append = (kind: number, lane: number, time: number) => {
      const steps = store.stepsAt(time);
      const before = chunk.stepsOf(index) === 0 ? 0 : steps.end - chunk.lastStepOf(index);
      steps.append(kind, lane, 8, before, 0, 0);
      chunk.addStep(index, steps.end - 1);
    };
    // Each an hour after the one before: three chunks of steps, of which the first must go.
    append(StepKind.return, 0, START);
    append(StepKind.return, 1, START + 3_600_000);
    append(StepKind.return, 1, START + 7_200_000);
    expect(irpDetail(store, 1)).toMatchObject({
      lost: 1,
      hops: [{ device: "\\Device\\B" }, { device: "", returned: { name: "STATUS_SUCCESS" } }],
      steps: [{ lane: 1 }, { lane: 1 }],
    });
  });
});
