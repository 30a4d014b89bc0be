import { describe, expect, it } from "vitest";
import { createPagedRowSource, mostPages, pageRows } from "./pagedRowSource";

/** A source over the numbers themselves, whose pages arrive when the test says so. */
function numbers(count: number) {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const source = createPagedRowSource<number>({
    fetch: (from, wanted) => {
      asked.push(from);
      return new Promise((resolve) => {
        waiting.push(() => resolve(Array.from({ length: wanted }, (_, index) => from + index)));
      });
    },
    seek: async () => -1,
  });
  source.reset(count);
  return {
    source,
    asked,
    async arrive() {
      for (const answer of waiting.splice(0)) answer();
      // Each page's promise settles in two turns of the microtask queue.
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
  };
}

describe("a paged row source", () => {
  it("asks once for each page that is looked at, and has its rows when they arrive", async () => {
    const { source, asked, arrive } = numbers(10_000);
    let changes = 0;
    source.onDidChange(() => {
      changes += 1;
    });
    source.request(pageRows - 10, pageRows + 10);
    source.request(pageRows - 5, pageRows + 15);
    expect(asked).toEqual([0, pageRows]);
    expect(source.row(pageRows)).toBeUndefined();
    await arrive();
    expect(source.row(pageRows)).toBe(pageRows);
    expect(changes).toBe(2);
    source.request(0, pageRows);
    expect(asked).toHaveLength(2);
  });

  it("asks for no rows beyond the last", async () => {
    const { source, asked, arrive } = numbers(pageRows + 1);
    source.request(0, 10_000);
    await arrive();
    expect(asked).toEqual([0, pageRows]);
    expect(source.row(pageRows)).toBe(pageRows);
    expect(source.row(pageRows + 1)).toBeUndefined();
    const empty = numbers(0);
    empty.source.request(0, 50);
    expect(empty.asked).toEqual([]);
  });

  it("keeps no more than its pages, giving up the one looked at longest ago", async () => {
    const { source, arrive } = numbers(pageRows * (mostPages + 10));
    for (let page = 0; page < mostPages; page++) source.request(page * pageRows, page * pageRows + 1);
    await arrive();
    source.request(0, 1);
    source.request(mostPages * pageRows, mostPages * pageRows + 1);
    await arrive();
    expect(source.row(0)).toBe(0);
    expect(source.row(pageRows)).toBeUndefined();
    expect(source.row(mostPages * pageRows)).toBe(mostPages * pageRows);
  });

  it("ignores pages that were asked for before the rows changed", async () => {
    const { source, arrive } = numbers(1_000);
    source.request(0, 1);
    source.reset(500);
    await arrive();
    expect(source.row(0)).toBeUndefined();
    expect(source.count).toBe(500);
    source.request(0, 1);
    await arrive();
    expect(source.row(0)).toBe(0);
  });

  it("asks again for a page that could not be had", async () => {
    let tries = 0;
    const source = createPagedRowSource<number>({
      fetch: async () => {
        tries += 1;
        return tries === 1 ? undefined : [7];
      },
      seek: async () => -1,
    });
    source.reset(1);
    source.request(0, 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(source.row(0)).toBeUndefined();
    source.request(0, 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(source.row(0)).toBe(7);
  });

  it("fetches rows for copying that were never looked at", async () => {
    const source = createPagedRowSource<number>({
      fetch: async (from, count) => Array.from({ length: count }, (_, index) => from + index),
      seek: async () => -1,
    });
    source.reset(1_000);
    expect(await source.rows(150, 651)).toEqual(Array.from({ length: 501 }, (_, index) => 150 + index));
  });

  it("draws the rows it has until those of a refresh come, and asks for each page once a round", async () => {
    const { source, asked, arrive } = numbers(pageRows + 10);
    source.request(0, pageRows + 10);
    await arrive();
    source.refresh(pageRows + 20);
    expect(source.row(pageRows + 9)).toBe(pageRows + 9);
    expect(source.row(pageRows + 15)).toBeUndefined();
    source.request(pageRows, pageRows + 20);
    source.request(pageRows, pageRows + 20);
    expect(asked).toEqual([0, pageRows, pageRows]);
    await arrive();
    expect(source.row(pageRows + 15)).toBe(pageRows + 15);
  });

  it("asks again for a page that was on its way when the rows changed", async () => {
    const { source, asked, arrive } = numbers(10);
    source.request(0, 10);
    source.refresh(12);
    source.request(0, 12);
    expect(asked).toEqual([0]);
    await arrive();
    source.request(0, 12);
    expect(asked).toEqual([0, 0]);
  });

  it("has no row beyond the last once there are fewer", async () => {
    const { source, arrive } = numbers(10);
    source.request(0, 10);
    await arrive();
    source.refresh(5);
    expect([source.row(4), source.row(5)]).toEqual([4, undefined]);
  });
});
