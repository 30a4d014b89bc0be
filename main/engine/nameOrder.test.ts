import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameOrderKey } from "./nameOrder";

const sorted = (...names: string[]) => names.toSorted((a, b) => (nameOrderKey(a) < nameOrderKey(b) ? -1 : 1));

describe("the order of names", () => {
  it("counts digits by value and case not at all", () => {
    expect(sorted("Harddisk10", "harddisk9", "HARDDISK2", "Harddisk", "HarddiskVolume1")).toEqual([
      "Harddisk",
      "HARDDISK2",
      "harddisk9",
      "Harddisk10",
      "HarddiskVolume1",
    ]);
    expect(sorted("a10b2", "a10b10", "a9z")).toEqual(["a9z", "a10b2", "a10b10"]);
    expect(sorted(`x${"9".repeat(30)}`, `x1${"0".repeat(30)}`)[0]).toBe(`x${"9".repeat(30)}`);
  });

  it("takes numbers that differ only in leading zeros for equal", () => {
    expect(nameOrderKey("disk007")).toBe(nameOrderKey("Disk7"));
    expect(nameOrderKey("disk000")).toBe(nameOrderKey("Disk0"));
  });

  it("agrees with comparing numbers as numbers", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (a, b) => {
        expect(nameOrderKey(`n${a}z`) < nameOrderKey(`n${b}z`)).toBe(a < b);
      }),
      { seed: 15 },
    );
  });
});
