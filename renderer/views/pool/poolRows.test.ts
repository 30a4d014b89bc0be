import { describe, expect, it } from "vitest";
import type { PoolTagUsage } from "../../../preload/shared";
import { changeText, hasChanged, matchesTag, poolMark, poolRows } from "./poolRows";

const usage = (tag: string, allocations: number, frees: number, bytes: number): PoolTagUsage => ({
  tag,
  type: "Nonp",
  allocations,
  frees,
  bytes,
});

describe("the pool by tag", () => {
  it("says what is in use, and how much an allocation takes", () => {
    expect(poolRows([usage("Devi", 10, 4, 960), usage("Irp ", 5, 5, 0)], undefined)).toMatchObject([
      { tag: "Devi", diff: 6, perAllocation: 160 },
      { tag: "Irp ", diff: 0, perAllocation: 0 },
    ]);
  });

  it("says what came since a mark, new and vanished tags too", () => {
    const mark = poolMark([usage("Devi", 10, 4, 960), usage("Leak", 2, 0, 64), usage("Same", 1, 0, 16)], 0);
    const rows = poolRows([usage("Devi", 13, 5, 1_280), usage("New ", 1, 0, 32), usage("Same", 1, 0, 16)], mark);
    expect(rows.map(({ tag, since }) => [tag, since])).toEqual([
      ["Devi", { allocations: 3, frees: 1, bytes: 320 }],
      ["New ", { allocations: 1, frees: 0, bytes: 32 }],
      ["Same", { allocations: 0, frees: 0, bytes: 0 }],
      ["Leak", { allocations: -2, frees: 0, bytes: -64 }],
    ]);
    expect(rows.map(hasChanged)).toEqual([true, true, false, true]);
  });

  it("tells the two pools of one tag apart", () => {
    const paged: PoolTagUsage = { ...usage("Both", 7, 0, 70), type: "Paged" };
    const mark = poolMark([usage("Both", 1, 0, 10), paged], 0);
    const rows = poolRows([usage("Both", 2, 0, 20), paged], mark);
    expect(rows.map(({ since }) => since?.bytes)).toEqual([10, 0]);
  });

  it("writes changes with their sign, and none as nothing", () => {
    expect([1_024, -3, 0, undefined].map(changeText)).toEqual(["+1,024", "-3", "", ""]);
  });

  it("is filtered by part of the tag, or by a pattern for all of it", () => {
    const tags = ["Devi", "IoDr", "ObDi", "a+b("].map((tag) => usage(tag, 1, 0, 1));
    const passing = (filter: string) => tags.filter((tag) => matchesTag(tag, filter)).map(({ tag }) => tag);
    expect(passing("d")).toEqual(["Devi", "IoDr", "ObDi"]);
    expect(passing("?oD*")).toEqual(["IoDr"]);
    expect(passing("a+b(*")).toEqual(["a+b("]);
    expect(passing("paged")).toEqual([]);
  });
});
