/** One IRP's way out of the trace: its steps found from the last one back, its hops made of them. */
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_PENDING } from "../../../native-bindings/abi/ntstatus/codes";
import type { IrpDetail, IrpHop, IrpRow, IrpStep, IrpVerdict } from "../../machine/irpTrace";
import { ntStatusText } from "../../machine/statusText";
import { Passage, readCallWord } from "./callWord";
import { irpRow } from "./irpRow";
import type { RowChunk } from "./rowChunk";
import { NO_LANE, type StepChunk, StepKind } from "./stepChunk";
import type { TraceStore } from "./traceStore";

/** The newest of an IRP that a driver sends down for ever; the others count as lost. */
const MOST_STEPS = 50_000;
/** A stored step can tell of four. */
const ORDERS_PER_STEP = 4;

/** A stored step. */
interface Place {
  readonly chunk: StepChunk;
  readonly index: number;
}

const passageVerdicts: Readonly<Record<number, IrpVerdict>> = {
  [Passage.skipped]: "skipped",
  [Passage.passed]: "passed",
  [Passage.passedWithCompletionRoutine]: "passedWithCompletionRoutine",
};

/** What is known of a hop besides what it tells. */
interface HopNotes {
  passed: IrpVerdict | undefined;
  hasCompleted: boolean;
  returned: number | undefined;
}

/** Undefined for a number that the trace does not hold (any more). */
export function irpDetail(store: TraceStore, number: number): IrpDetail | undefined {
  const chunk = store.rowChunkOf(number);
  if (chunk === undefined) return undefined;
  const index = number - chunk.start;
  const row = irpRow(chunk, index);
  const places = placesOf(store, chunk.lastStepOf(index));
  const reader = new TrailReader(row, chunk, index);
  for (const place of places) reader.read(place);
  return { row, hops: reader.hops(), steps: reader.steps, lost: chunk.stepsOf(index) - places.length };
}

/** Oldest first; those in chunks that were dropped are missing at the front. */
function placesOf(store: TraceStore, last: number): Place[] {
  const places: Place[] = [];
  let order = last;
  while (places.length < MOST_STEPS) {
    const chunk = store.stepChunkOf(order);
    if (chunk === undefined) break;
    const index = order - chunk.start;
    places.push({ chunk, index });
    const before = chunk.beforeOf(index);
    if (before === 0) break;
    order -= before;
  }
  return places.reverse();
}

class TrailReader {
  readonly steps: IrpStep[] = [];
  readonly #hops: IrpHop[] = [];
  readonly #notes: HopNotes[] = [];

  constructor(
    private readonly row: IrpRow,
    private readonly rows: RowChunk,
    private readonly rowIndex: number,
  ) {}

  read({ chunk, index }: Place): void {
    const lane = laneOf(chunk, index);
    this.#ensure(lane);
    const first = chunk.firstOf(index);
    const second = chunk.secondOf(index);
    const base = {
      order: (chunk.start + index) * ORDERS_PER_STEP,
      time: chunk.timeOf(index),
      threadId: chunk.threadOf(index),
      lane,
    };
    switch (chunk.kindOf(index)) {
      case StepKind.call:
        this.#call(base, chunk, first, second);
        break;
      case StepKind.return:
        this.#return(base, first);
        break;
      case StepKind.pend:
        this.steps.push({ ...base, kind: "pend" });
        break;
      case StepKind.complete:
        this.#complete(base, first, chunk.informationOf(index));
        break;
      case StepKind.callAndEnd:
        this.#call(base, chunk, first, second);
        this.#endOfRow(base, false);
        break;
      case StepKind.callEndAndReturn:
        this.#call(base, chunk, first, second);
        this.#endOfRow(base, true);
        break;
      case StepKind.completeAndEnd:
        this.#completeAndEnd(base, first, chunk.informationOf(index), false);
        break;
      case StepKind.completeEndAndReturn:
        this.#completeAndEnd(base, first, chunk.informationOf(index), true);
        break;
      case StepKind.completionRoutine: {
        const routine = chunk.words.textOf(second);
        this.steps.push({ ...base, kind: "completionRoutine", routine, status: ntStatusText(first) });
        break;
      }
      case StepKind.cancel:
        this.steps.push({ ...base, kind: "cancel", routine: chunk.words.textOf(second) });
        break;
      case StepKind.wait:
        this.steps.push({ ...base, kind: "wait", reason: chunk.words.textOf(second) });
        break;
      case StepKind.resume:
        this.steps.push({ ...base, kind: "resume" });
        break;
      case StepKind.print:
        this.steps.push({ ...base, kind: "print", text: chunk.textOf(index) });
        break;
      default:
        this.#end(base, first, chunk.informationOf(index));
    }
  }

  hops(): IrpHop[] {
    return this.#hops.map((hop, lane) => ({ ...hop, verdict: verdictOf(this.#notes[lane]) }));
  }

  #call(base: StepBase, chunk: StepChunk, first: number, second: number): void {
    const site = chunk.sites[first & 0xffff];
    const { location, major, minor, passage } = readCallWord(second);
    this.#hops[base.lane] = {
      location,
      device: site?.device ?? "",
      driver: site?.driver ?? "",
      routine: site?.routine ?? "",
      major: majorFunctionName(major),
      minor,
      verdict: "waiting",
      threadId: base.threadId,
      begin: base.time,
    };
    const above = first >>> 16;
    if (above !== NO_LANE) {
      this.#ensure(above);
      const notes = this.#notes[above] as HopNotes;
      notes.passed = passageVerdicts[passage];
    }
    this.steps.push({ ...base, kind: "call", major: majorFunctionName(major), location });
  }

  /** What a call ended with at once stands in its row. */
  #endOfRow(call: StepBase, returns: boolean): void {
    const { rows, rowIndex } = this;
    const time = rows.timeOf(rowIndex) + rows.durationOf(rowIndex);
    const base = { ...call, order: call.order + 1, time };
    this.#completeAndEnd(base, rows.statusOf(rowIndex), rows.informationOf(rowIndex), returns);
  }

  #completeAndEnd(base: StepBase, status: number, information: number, returns: boolean): void {
    this.#complete(base, status, information);
    this.#end({ ...base, order: base.order + 1, lane: -1 }, status, information);
    if (returns) this.#return({ ...base, order: base.order + 2 }, status);
  }

  #return(base: StepBase, status: number): void {
    const hop = this.#hops[base.lane];
    const returned = ntStatusText(status);
    if (hop !== undefined) this.#hops[base.lane] = { ...hop, returned, end: base.time };
    const notes = this.#notes[base.lane];
    if (notes !== undefined) notes.returned = status;
    this.steps.push({ ...base, kind: "return", status: returned });
  }

  #complete(base: StepBase, status: number, information: number): void {
    const notes = this.#notes[base.lane];
    if (notes !== undefined) notes.hasCompleted = true;
    this.steps.push({ ...base, kind: "complete", status: ntStatusText(status), information });
  }

  #end(base: StepBase, status: number, information: number): void {
    this.steps.push({ ...base, kind: "end", status: ntStatusText(status), information });
  }

  /** A lane whose call was dropped is still a lane: of the first, the row tells what it was. */
  #ensure(lane: number): void {
    for (let missing = this.#hops.length; missing <= lane; missing++) {
      const { device, driver, major, minor, threadId, time } = this.row;
      const known = missing === 0 ? { device, driver } : { device: "", driver: "" };
      this.#hops.push({ location: 0, ...known, routine: "", major, minor, verdict: "waiting", threadId, begin: time });
      this.#notes.push({ passed: undefined, hasCompleted: false, returned: undefined });
    }
  }
}

type StepBase = Pick<IrpStep, "order" | "time" | "threadId" | "lane">;

function laneOf(chunk: StepChunk, index: number): number {
  const lane = chunk.laneOf(index);
  return lane === NO_LANE ? -1 : lane;
}

/** Handing it on is what a driver did with it, also where it got it back and completed it. */
function verdictOf(notes: HopNotes | undefined): IrpVerdict {
  if (notes?.passed !== undefined) return notes.passed;
  if (notes?.hasCompleted) return "completed";
  if (notes?.returned === undefined) return "waiting";
  return notes.returned === STATUS_PENDING ? "pended" : "forgotten";
}
