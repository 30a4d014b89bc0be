import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DPFLTR_DEFAULT_ID,
  DPFLTR_IHVDRIVER_ID,
  debugPrintComponentName,
  debugPrintComponents,
  debugPrintLevelMask,
  debugPrintLevelName,
  parseDebugPrintComponent,
} from "./debugPrintComponents";

describe("debug print components", () => {
  it("has the documented numbers, without a gap", () => {
    expect(DPFLTR_DEFAULT_ID).toBe(101);
    expect(DPFLTR_IHVDRIVER_ID).toBe(77);
    expect(debugPrintComponents.values.map(({ value }) => value)).toEqual(
      Array.from({ length: debugPrintComponents.values.length }, (_, index) => index),
    );
  });

  it("names and reads them in every spelling", () => {
    expect(debugPrintComponentName(77)).toBe("IHVDRIVER");
    expect(debugPrintComponentName(-1)).toBe("WIN2000");
    expect(debugPrintComponentName(5000)).toBe("COMPONENT_5000");
    for (const text of ["ihvdriver", "DPFLTR_IHVDRIVER_ID", "Kd_IHVDRIVER_Mask", "nt!Kd_IHVDRIVER_Mask", "77"]) {
      expect(parseDebugPrintComponent(text)).toBe(77);
    }
    expect(parseDebugPrintComponent("win2000")).toBe(0xffffffff);
    expect(parseDebugPrintComponent("nope")).toBeUndefined();
    for (const { value } of debugPrintComponents.values) {
      expect(parseDebugPrintComponent(debugPrintComponentName(value))).toBe(value);
    }
  });

  it("turns levels into masks as the filter does", () => {
    expect(debugPrintLevelMask(0)).toBe(1);
    expect(debugPrintLevelMask(3)).toBe(8);
    expect(debugPrintLevelMask(31)).toBe(0x80000000);
    expect(debugPrintLevelMask(32)).toBe(32);
    expect(debugPrintLevelMask(-1)).toBe(0xffffffff);
    expect(debugPrintLevelName(3)).toBe("INFO");
    expect(debugPrintLevelName(7)).toBe("LEVEL_7");
    expect(debugPrintLevelName(0x80000001)).toBe("0x80000001");
  });

  it("parses any text without throwing, to an id or to undefined", () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom("constructor", "__proto__"),
          fc.stringMatching(/^\d{0,12}$/),
        ),
        (text) => {
          const id = parseDebugPrintComponent(text);
          if (id !== undefined) expect(id).toBe(id >>> 0);
        },
      ),
    ));
});
