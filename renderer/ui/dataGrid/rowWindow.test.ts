import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnScrollTop, rowWindow, scrollScale, scrollTopFor, tallestContent } from "./rowWindow";

const rowHeight = 22;

describe("the rows on the screen", () => {
  it("are those of the scroll position, one pixel to one pixel, while the content fits", () => {
    const shown = rowWindow({ count: 100_000, rowHeight, scrollTop: 22_000, height: 440 });
    expect(shown.contentHeight).toBe(2_200_000);
    expect(shown.first).toBeLessThanOrEqual(1_000);
    expect(shown.end).toBeGreaterThanOrEqual(1_020);
    expect(shown.offset).toBe(shown.first * rowHeight);
  });

  it("reach the first and the last row of lists that no browser could lay out", () => {
    const count = 10_000_000;
    const height = 440;
    const top = rowWindow({ count, rowHeight, scrollTop: 0, height });
    expect([top.contentHeight, top.first, top.offset]).toEqual([tallestContent, 0, 0]);
    const bottom = rowWindow({ count, rowHeight, scrollTop: tallestContent - height, height });
    expect(bottom.end).toBe(count);
    // The last row ends where the content ends.
    expect(bottom.offset + (count - bottom.first) * rowHeight).toBeCloseTo(tallestContent, 3);
  });

  it("stay the same over small steps of the wheel, and follow every step of a scaled bar", () => {
    const at = (count: number, scrollTop: number) => drawnScrollTop({ count, rowHeight, scrollTop, height: 440 });
    expect(at(100_000, 22_000 + rowHeight)).toBe(at(100_000, 22_000));
    expect(at(100_000, 22_000 + 10 * rowHeight)).not.toBe(at(100_000, 22_000));
    expect(at(10_000_000, 22_001)).toBe(22_001);
  });

  it("always cover the screen, and a revealed row is on it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000_000 }),
        fc.integer({ min: 30, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, height, at, share) => {
          const row = Math.min(count - 1, Math.floor(share * count));
          const most = Math.max(0, Math.min(count * rowHeight, tallestContent) - height);
          const viewport = { count, rowHeight, scrollTop: at * most, height };
          const shown = rowWindow({ ...viewport, scrollTop: drawnScrollTop(viewport) });
          expect(shown.offset).toBeLessThanOrEqual(viewport.scrollTop + 0.01);
          const reach = shown.offset + (shown.end - shown.first) * rowHeight;
          const needed = Math.min(viewport.scrollTop + height, shown.contentHeight);
          expect(reach).toBeGreaterThanOrEqual(needed - 0.01);

          const scrollTop = scrollTopFor(row, viewport);
          const rowTop = row * rowHeight - scrollTop / scrollScale(viewport);
          expect(rowTop).toBeGreaterThanOrEqual(-0.01);
          expect(rowTop + rowHeight).toBeLessThanOrEqual(height + 0.01);
        },
      ),
    );
  });
});
