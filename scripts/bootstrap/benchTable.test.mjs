// The table of `npm run bench`.
import { describe, expect, it } from "vitest";
import { benchTable, meetsTarget } from "./benchTable.mjs";

describe("meetsTarget", () => {
  const row = { what: "start", value: 300, unit: "ms", reference: { what: "empty window", value: 200 } };

  it("holds the value, the ratio or the difference against the bound", () => {
    expect(meetsTarget({ ...row, target: { bound: "at most", value: 1.5, of: "ratio" } })).toBe(true);
    expect(meetsTarget({ ...row, target: { bound: "at most", value: 1.4, of: "ratio" } })).toBe(false);
    expect(meetsTarget({ ...row, target: { bound: "at most", value: 80, of: "difference" } })).toBe(false);
    expect(meetsTarget({ ...row, target: { bound: "at least", value: 300, of: "value" } })).toBe(true);
  });

  it("is missed by a ratio to nothing", () => {
    expect(meetsTarget({ what: "x", value: 1, unit: "ms", target: { bound: "at most", value: 9, of: "ratio" } })).toBe(
      false,
    );
  });
});

describe("benchTable", () => {
  it("shows value, reference, ratio, target and verdict under each other", () => {
    const lines = benchTable([
      {
        what: "look-ups",
        value: 812_345.6,
        unit: "/s",
        reference: { what: "Map.get", value: 8_000_000 },
        target: { bound: "at least", value: 500_000, of: "value" },
      },
      { what: "boot", value: 4.5678, unit: "ms" },
    ]);
    expect(lines).toEqual([
      "measured  value       against                ratio   target",
      "--------  ----------  ---------------------  ------  -------------------  --",
      "look-ups  812,346 /s  Map.get: 8,000,000 /s  0.102x  at least 500,000 /s  ok",
      "boot      4.57 ms",
    ]);
  });
});
