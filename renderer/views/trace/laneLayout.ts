/**
 * An IRP's way as a sequence diagram: which lanes there are, and what each step draws where. One lane a driver of the
 * stack, the I/O manager's first, then from the top device down; time runs downwards, one row a step.
 */
import type { IrpDetail, IrpHop, IrpStep, IrpVerdict } from "../../../preload/shared";

export interface Lane {
  /** `\Driver\Example`; empty for the I/O manager's. */
  driver: string;
  device: string;
  routine: string;
  /** What the driver did with the IRP each time it had it, in order; empty for the I/O manager. */
  verdicts: readonly IrpVerdict[];
}

/** How a lane's line is drawn beside a step: the IRP is elsewhere, its routine runs, or it keeps the IRP and waits. */
export type LaneLine = "idle" | "active" | "held";

export type LaneMark =
  /** From lane to lane: a call goes down the stack, a return or completion routine up. */
  | { kind: "arrow"; from: number; to: number; isReturn: boolean }
  /** Beside its lane. */
  | { kind: "chip" }
  /** What a driver printed, from its lane to the right end. */
  | { kind: "print" };

export interface LaneRow {
  step: IrpStep;
  /** Index into the lanes of whose step it is. */
  lane: number;
  mark: LaneMark;
  lines: readonly LaneLine[];
}

export interface LaneLayout {
  lanes: readonly Lane[];
  rows: readonly LaneRow[];
  /** The lines below the last step: of an IRP under way, somebody has it still. */
  endLines: readonly LaneLine[];
}

const ioManager: Lane = { driver: "", device: "", routine: "", verdicts: [] };

export function laneLayout({ hops, steps }: Pick<IrpDetail, "hops" | "steps">): LaneLayout {
  const { lanes, laneOfHop } = lanesOf(hops);
  const drawing = new Drawing(lanes.length, laneOfHop);
  const rows = steps.map((step) => drawing.draw(step));
  return { lanes, rows, endLines: drawing.lines() };
}

/** A driver that gets the IRP again, as after STATUS_MORE_PROCESSING_REQUIRED, keeps its lane. */
function lanesOf(hops: readonly IrpHop[]): { lanes: Lane[]; laneOfHop: number[] } {
  const lanes: Lane[] = [ioManager];
  const laneOfHop = hops.map(({ driver, device, routine, verdict }) => {
    const known = lanes.findIndex((lane, at) => at > 0 && lane.driver === driver && lane.device === device);
    const lane = lanes[known];
    if (lane) {
      lanes[known] = { ...lane, verdicts: [...lane.verdicts, verdict] };
      return known;
    }
    return lanes.push({ driver, device, routine, verdicts: [verdict] }) - 1;
  });
  return { lanes, laneOfHop };
}

/** What one has to remember from step to step. */
class Drawing {
  /** Per thread, the lanes whose dispatch routines run, innermost last. */
  private readonly running = new Map<number, number[]>();
  private readonly held: boolean[];
  /** Where the IRP is on its way up: the lane that completed it, or whose completion routine ran last. */
  private completedIn: number | undefined;

  constructor(
    private readonly lanes: number,
    private readonly laneOfHop: readonly number[],
  ) {
    this.held = Array.from({ length: lanes }, () => false);
  }

  draw(step: IrpStep): LaneRow {
    const lane = this.laneOfHop[step.lane] ?? 0;
    const before = this.lines();
    const mark = this.markOf(step, lane);
    const after = this.lines();
    // A routine's line reaches from its call to its return, both included.
    const lines = before.map((line, at): LaneLine => (line === "idle" ? (after[at] ?? line) : line));
    if (step.kind === "pend" || step.kind === "wait") lines[lane] = "held";
    return { step, lane, mark, lines };
  }

  lines(): LaneLine[] {
    const running = new Set([...this.running.values()].flat());
    return Array.from({ length: this.lanes }, (_, lane) =>
      this.held[lane] ? "held" : running.has(lane) ? "active" : "idle",
    );
  }

  private markOf(step: IrpStep, lane: number): LaneMark {
    const stack = this.running.get(step.threadId) ?? [];
    this.running.set(step.threadId, stack);
    switch (step.kind) {
      case "call": {
        // Called from elsewhere than a dispatch routine (a work item, a DPC), it comes from the driver above.
        const from = stack.at(-1) ?? this.laneOfHop[step.lane - 1] ?? 0;
        stack.push(lane);
        this.completedIn = undefined;
        this.held[from] = false;
        return { kind: "arrow", from, to: lane, isReturn: false };
      }
      case "return": {
        const at = stack.lastIndexOf(lane);
        if (at >= 0) stack.splice(at, 1);
        return { kind: "arrow", from: lane, to: stack[at < 0 ? stack.length - 1 : at - 1] ?? 0, isReturn: true };
      }
      case "completionRoutine": {
        const from = this.completedIn ?? lane;
        this.completedIn = lane;
        this.held[from] = false;
        return from === lane ? { kind: "chip" } : { kind: "arrow", from, to: lane, isReturn: true };
      }
      case "pend":
      case "wait":
        this.held[lane] = true;
        return { kind: "chip" };
      case "complete":
        this.completedIn = lane;
        this.held[lane] = false;
        return { kind: "chip" };
      case "resume":
        this.held[lane] = false;
        return { kind: "chip" };
      case "end": {
        const from = this.completedIn;
        this.held.fill(false);
        return from === undefined || from === lane
          ? { kind: "chip" }
          : { kind: "arrow", from, to: lane, isReturn: true };
      }
      case "cancel":
        return { kind: "chip" };
      case "print":
        return { kind: "print" };
    }
  }
}
