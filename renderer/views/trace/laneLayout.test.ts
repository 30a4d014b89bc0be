import { describe, expect, it } from "vitest";
import { laneLayout } from "./laneLayout";
import { denied, pending, success, testDetail, testHop } from "./testTrace";

const call = (lane: number, location: number, threadId = 1) =>
  ({ kind: "call", major: "IRP_MJ_READ", location, lane, threadId }) as const;
const back = (lane: number, status = success, threadId = 1) => ({ kind: "return", status, lane, threadId }) as const;
const complete = (lane: number, threadId = 1) =>
  ({ kind: "complete", status: success, information: 4, lane, threadId }) as const;
const end = { kind: "end", status: success, information: 4, lane: -1, threadId: 1 } as const;

const marks = (layout: ReturnType<typeof laneLayout>) =>
  layout.rows.map(({ mark }) => (mark.kind === "arrow" ? `${mark.from}>${mark.to}` : mark.kind));
const linesOf = (layout: ReturnType<typeof laneLayout>, lane: number) => layout.rows.map(({ lines }) => lines[lane]);

describe("the lanes of an IRP", () => {
  it("are the I/O manager's and one for each driver, from the top device down", () => {
    const { lanes } = laneLayout(testDetail([testHop("Filter", 2, "passed"), testHop("Example", 1, "completed")], []));
    expect(lanes.map(({ driver, verdicts }) => [driver, ...verdicts])).toEqual([
      [""],
      ["\\Driver\\Filter", "passed"],
      ["\\Driver\\Example", "completed"],
    ]);
  });

  it("stay one for a driver that gets the IRP twice", () => {
    const hops = [testHop("Filter", 2, "passed"), testHop("Disk", 1, "completed"), testHop("Disk", 1, "completed")];
    const layout = laneLayout(testDetail(hops, [call(0, 2), call(1, 1), back(1), call(2, 1), back(2), back(0)]));
    expect(layout.lanes).toHaveLength(3);
    expect(layout.lanes[2]?.verdicts).toEqual(["completed", "completed"]);
    expect(marks(layout)).toEqual(["0>1", "1>2", "2>1", "1>2", "2>1", "1>0"]);
  });
});

describe("the arrows", () => {
  const hops = [testHop("Filter", 2, "passedWithCompletionRoutine"), testHop("Example", 1, "completed")];

  it("go down with calls and up with completion routines and returns", () => {
    const routine = {
      kind: "completionRoutine",
      routine: "filter!Done",
      status: success,
      lane: 0,
      threadId: 1,
    } as const;
    const layout = laneLayout(testDetail(hops, [call(0, 2), call(1, 1), complete(1), routine, back(1), back(0), end]));
    expect(marks(layout)).toEqual(["0>1", "1>2", "chip", "2>1", "2>1", "1>0", "1>0"]);
  });

  it("come from the driver above when a routine of no dispatch calls down", () => {
    const worker = 9;
    const layout = laneLayout(
      testDetail(hops, [call(0, 2), back(0, pending), call(1, 1, worker), back(1, success, worker)]),
    );
    expect(marks(layout)).toEqual(["0>1", "1>0", "1>2", "2>0"]);
  });

  it("come from the I/O manager where earlier steps are lost", () => {
    expect(marks(laneLayout(testDetail(hops, [back(1, denied), end])))).toEqual(["2>0", "chip"]);
  });
});

describe("the lines", () => {
  const hops = [testHop("Example", 1, "pended")];
  const pend = { kind: "pend", lane: 0, threadId: 1 } as const;

  it("are held from pending until the driver completes", () => {
    const layout = laneLayout(testDetail(hops, [call(0, 1), pend, back(0, pending), complete(0, 7), end]));
    expect(linesOf(layout, 1)).toEqual(["active", "held", "held", "held", "idle"]);
    expect(layout.endLines).toEqual(["idle", "idle"]);
  });

  it("are held while a routine waits, and active when it goes on", () => {
    const wait = { kind: "wait", reason: "KeDelayExecutionThread", lane: 0, threadId: 1 } as const;
    const resume = { kind: "resume", lane: 0, threadId: 1 } as const;
    const print = { kind: "print", text: "awake\n", lane: 0, threadId: 1 } as const;
    const layout = laneLayout(testDetail(hops, [call(0, 1), wait, resume, print, back(0)]));
    expect(linesOf(layout, 1)).toEqual(["active", "held", "held", "active", "active"]);
    expect(marks(layout)).toEqual(["0>1", "chip", "chip", "print", "1>0"]);
  });

  it("go on below the last step of an IRP that a driver has still", () => {
    expect(laneLayout(testDetail(hops, [call(0, 1), pend, back(0, pending)])).endLines).toEqual(["idle", "held"]);
  });

  it("stay held through a cancel until its routine completes the IRP", () => {
    const cancel = { kind: "cancel", routine: "example!Cancel", lane: 0, threadId: 1 } as const;
    const layout = laneLayout(testDetail(hops, [call(0, 1), pend, back(0, pending), cancel, complete(0), end]));
    expect(linesOf(layout, 1).slice(3)).toEqual(["held", "held", "idle"]);
  });
});
