import { describe, expect, it } from "vitest";
import { bugcheckNote } from "./kdBugcheck";

describe("bugcheckNote", () => {
  it("tells a stop in words", () => {
    const text =
      "\n*** Fatal System Error: 0x000000d1\n                       (0x0000000000000010,0x0000000000000002,0x0000000000000000,0xFFFFF80001234567)\n\n";
    expect(bugcheckNote(text)).toMatch(
      /^\*\*\* STOP: 0x000000D1 \(0x0000000000000010, 0x0000000000000002, 0x0000000000000000, 0xFFFFF80001234567\) DRIVER_IRQL_NOT_LESS_OR_EQUAL\n\w/,
    );
    expect(bugcheckNote("*** Fatal System Error: 0xdeadbeef")).toMatch(
      /^\*\*\* STOP: 0xDEADBEEF BUGCHECK 0xDEADBEEF\n/,
    );
  });

  it("finds none where there is none", () => {
    expect(bugcheckNote("*** Fatal System Error: none")).toBeUndefined();
    expect(bugcheckNote("Fatal System Error: 0x000000d1")).toBeUndefined();
  });
});
