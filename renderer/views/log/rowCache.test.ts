import { describe, expect, it } from "vitest";
import { RowCache } from "./rowCache";
import { rowText } from "./rowPainter";
import { testRows } from "./testRows";

/** A log of `total` lines, "line 0" and so on, that answers when told to. */
function cacheOver(log: { total: number }) {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  let loads = 0;
  const cache = new RowCache(
    (from, count) => {
      asked.push(from);
      const texts = Array.from(
        { length: Math.max(0, Math.min(count, log.total - from)) },
        (_, index) => `line ${from + index}`,
      );
      return new Promise((resolve) => answers.push(() => resolve(testRows(from, texts))));
    },
    () => {
      loads += 1;
    },
  );
  const answerAll = async () => {
    for (const answer of answers.splice(0)) {
      answer();
    }
    await new Promise((resolve) => setImmediate(resolve));
  };
  const textAt = (row: number) => {
    const cached = cache.row(row);
    return cached && rowText(cached.rows, cached.index);
  };
  return { cache, asked, answerAll, textAt, loads: () => loads };
}

describe("RowCache", () => {
  it("asks for the pages in sight once, and has their rows when they come", async () => {
    const { cache, asked, answerAll, textAt, loads } = cacheOver({ total: 1000 });
    cache.want(120, 150, 1000);
    cache.want(120, 150, 1000);
    expect(asked).toEqual([0, 128]);
    expect(textAt(130)).toBeUndefined();
    await answerAll();
    expect([textAt(120), textAt(130), textAt(300)]).toEqual(["line 120", "line 130", undefined]);
    expect(loads()).toBe(2);
    cache.want(120, 150, 1000);
    expect(asked).toEqual([0, 128]);
  });

  it("asks again for a page that has grown", async () => {
    const log = { total: 10 };
    const { cache, answerAll, textAt } = cacheOver(log);
    cache.want(0, 10, 10);
    await answerAll();
    expect([textAt(9), textAt(10), cache.loadedEnd]).toEqual(["line 9", undefined, 10]);
    log.total = 20;
    cache.want(10, 20, 20);
    await answerAll();
    expect([textAt(10), cache.loadedEnd]).toEqual(["line 10", 20]);
  });

  it("drops answers to questions from before it was cleared", async () => {
    const { cache, answerAll, textAt } = cacheOver({ total: 100 });
    cache.want(0, 10, 100);
    cache.clear();
    await answerAll();
    expect(textAt(0)).toBeUndefined();
    cache.want(0, 10, 100);
    await answerAll();
    expect(textAt(0)).toBe("line 0");
  });

  it("keeps a bounded number of rows", async () => {
    const { cache, answerAll, textAt } = cacheOver({ total: 100_000 });
    for (let row = 0; row < 100_000; row += 1000) {
      cache.want(row, row + 40, 100_000);
      await answerAll();
    }
    const held = Array.from({ length: 100_000 }, (_, row) => textAt(row)).filter((text) => text !== undefined).length;
    expect(held).toBeLessThanOrEqual(64 * 128);
    expect(textAt(99_010)).toBe("line 99010");
  });
});
