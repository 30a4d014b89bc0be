import { describe, expect, it } from "vitest";
import { laneLayout } from "./laneLayout";
import { millisecondsText, printText, statusTone, stepLabel, stepSentence } from "./stepText";
import { denied, pending, success, testDetail, testHop } from "./testTrace";

describe("a step in words", () => {
  const detail = testDetail(
    [testHop("Filter", 2, "passed"), testHop("Example", 1, "completed")],
    [
      { kind: "call", major: "IRP_MJ_READ", location: 2, lane: 0, threadId: 1 },
      { kind: "call", major: "IRP_MJ_READ", location: 1, lane: 1, threadId: 1 },
      { kind: "print", text: "\u001b[31mread\u202E\r\n", lane: 1, threadId: 1 },
      { kind: "complete", status: denied, information: 0, lane: 1, threadId: 1 },
      { kind: "return", status: denied, lane: 1, threadId: 1 },
    ],
  );
  const { rows, lanes } = laneLayout(detail);

  it("says who did what to whom", () => {
    expect(rows.map((row) => stepSentence(row, lanes))).toEqual([
      "I/O manager calls Filter with IRP_MJ_READ at stack location 2",
      "Filter calls Example with IRP_MJ_READ at stack location 1",
      "Example prints: ␛[31mread\\u{202E}",
      "Example completes the IRP with STATUS_ACCESS_DENIED, information 0",
      "Example returns STATUS_ACCESS_DENIED to Filter",
    ]);
  });

  it("is short at its mark", () => {
    expect(rows.map((row) => stepLabel(row.step))).toEqual([
      "IRP_MJ_READ [2]",
      "IRP_MJ_READ [1]",
      "␛[31mread\\u{202E}",
      "completes: STATUS_ACCESS_DENIED",
      "STATUS_ACCESS_DENIED",
    ]);
  });
});

describe("a driver's text", () => {
  it("is one line whose control characters are seen", () => {
    expect(printText("a\nb\u0007\n")).toBe("a␊b␇");
  });
});

describe("an NTSTATUS", () => {
  it("has the tone of its severity", () => {
    const warning = { status: "0x80000005" };
    const info = { status: "0x40000000" };
    expect([success, pending, info, warning, denied].map(statusTone)).toEqual([
      "good",
      "good",
      "info",
      "warning",
      "error",
    ]);
  });
});

describe("a duration", () => {
  it("has the digits that matter", () => {
    expect([0.0421, 12.5, 250.4, 31_200].map(millisecondsText)).toEqual(["0.042 ms", "12.500 ms", "250 ms", "31.2 s"]);
  });
});
