import { describe, expect, it } from "vitest";
import { bugcheckCodes } from "./bugcheckCodes";
import { describeBugcheck } from "./bugchecks";

describe("bug checks", () => {
  it.each([
    [0x44, "MULTIPLE_IRP_COMPLETE_REQUESTS", "IRP"],
    [0x35, "NO_MORE_IRP_STACK_LOCATIONS", "IRP"],
    [0xd1, "DRIVER_IRQL_NOT_LESS_OR_EQUAL", "Address touched"],
    [0x50, "PAGE_FAULT_IN_NONPAGED_AREA", "Address touched"],
    [0x1e, "KMODE_EXCEPTION_NOT_HANDLED", "Exception code"],
    [0x3b, "SYSTEM_SERVICE_EXCEPTION", "Exception code"],
    [0xc2, "BAD_POOL_CALLER", "Kind of fault"],
    [0x19, "BAD_POOL_HEADER", "What is wrong"],
    [0xc4, "DRIVER_VERIFIER_DETECTED_VIOLATION", "Which rule"],
  ])("%i is %s", (code, name, first) => {
    expect(describeBugcheck(code)).toMatchObject({ name, code });
    expect(describeBugcheck(code).parameters[0]).toBe(first);
  });

  it("has a sentence for each, and four parameters at most", () => {
    expect(bugcheckCodes.values.length).toBeGreaterThanOrEqual(60);
    for (const { value, meaning } of bugcheckCodes.values) {
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(describeBugcheck(value).parameters.length).toBeLessThanOrEqual(4);
    }
  });

  it("describes a code without a name", () => {
    expect(describeBugcheck(0xdeadbeef | 0)).toMatchObject({ code: 0xdeadbeef, name: "BUGCHECK 0xDEADBEEF" });
  });
});
