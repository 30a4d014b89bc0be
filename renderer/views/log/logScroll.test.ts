import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  followScroll,
  growScroll,
  initialScroll,
  type LogScroll,
  resizeScroll,
  revealRow,
  scrollTo,
} from "./logScroll";

const at = (top: number, height: number, total: number, follow = false): LogScroll => ({ top, height, total, follow });

describe("logScroll", () => {
  it("follows the end while lines come", () => {
    expect(growScroll(resizeScroll(initialScroll, 10), 100, 0)).toEqual(at(90, 10, 100, true));
  });

  it("lets go of the end on the way up and takes hold of it on the way down", () => {
    const up = scrollTo(at(90, 10, 100, true), 87);
    expect(up).toEqual(at(87, 10, 100));
    expect(growScroll(up, 200, 0)).toEqual(at(87, 10, 200));
    expect(scrollTo(at(180, 10, 200), 190)).toEqual(at(190, 10, 200, true));
  });

  it("keeps the same lines in sight when old ones are dropped", () => {
    expect(growScroll(at(50, 10, 100), 80, 30)).toEqual(at(20, 10, 80));
    expect(growScroll(at(5, 10, 100), 80, 30)).toEqual(at(0, 10, 80));
  });

  it("reveals a row by a step at the edge and a jump a third down", () => {
    expect(revealRow(at(20, 10, 100), 19).top).toBe(19);
    expect(revealRow(at(20, 10, 100), 30).top).toBe(21);
    expect(revealRow(at(20, 10, 100), 60).top).toBe(57);
    expect(revealRow(at(90, 10, 100, true), 95).follow).toBe(false);
    expect(revealRow(at(90, 10, 100, true), 99).follow).toBe(true);
  });

  it("never stands outside the log, whatever happens", () => {
    const step = fc.oneof(
      fc.integer({ min: -50, max: 500 }).map((top) => (scroll: LogScroll) => scrollTo(scroll, top)),
      fc.integer({ min: 0, max: 60 }).map((height) => (scroll: LogScroll) => resizeScroll(scroll, height)),
      fc.tuple(fc.nat(500), fc.nat(100)).map(
        ([total, dropped]) =>
          (scroll: LogScroll) =>
            growScroll(scroll, total, dropped),
      ),
      fc.boolean().map((follow) => (scroll: LogScroll) => followScroll(scroll, follow)),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const end = steps.reduce((scroll, move) => move(scroll), initialScroll);
        const last = Math.max(0, end.total - end.height);
        expect(end.top).toBeGreaterThanOrEqual(0);
        expect(end.top).toBeLessThanOrEqual(last);
        if (end.follow) {
          expect(end.top).toBe(last);
        }
      }),
    );
  });
});
