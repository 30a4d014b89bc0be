import { describe, expect, it } from "vitest";
import {
  type EngineClient,
  fail,
  type IrpDetail,
  type IrpFilter,
  type IrpRow,
  type IrpTraceState,
  ntscopeError,
  ok,
} from "../../../preload/shared";
import { createEngineLink } from "../../engine/engineLink";
import { selectOnly } from "../../ui/dataGrid/gridSelection";
import { testRow } from "./testTrace";
import { TraceController } from "./traceController";

/** An engine whose trace holds these IRPs; only the function is filtered by. */
class FakeTrace implements EngineClient {
  rows: IrpRow[] = [];
  dropped = 0;
  isRecording = true;
  readonly calls: string[] = [];
  private readonly listeners = new Set<(state: IrpTraceState) => void>();

  get state(): IrpTraceState {
    return { isRecording: this.isRecording, irps: this.rows.length, hops: 0, bytes: 0, dropped: this.dropped };
  }

  call: EngineClient["call"] = async (verb, params) => {
    this.calls.push(verb);
    return this.answer(verb, params) as never;
  };

  private answer(verb: string, params: object) {
    const { filter, from, count, number, on } = params as {
      filter: IrpFilter;
      from: number;
      count: number;
      number: number;
      on: boolean;
    };
    if (verb === "trace.state") return ok(this.state);
    if (verb === "trace.rows") {
      const passing = this.rows.filter((row) => row.major.includes(filter.major ?? ""));
      return ok({ total: passing.length, rows: passing.slice(from, from + count) });
    }
    if (verb === "trace.irp") {
      const row = this.rows.find((one) => one.number === number);
      if (!row) return fail(ntscopeError("no-irp", `IRP ${number} is not in the trace.`));
      return ok({ row, hops: [], steps: [], lost: 0 } satisfies IrpDetail);
    }
    if (verb === "trace.record") this.isRecording = on;
    if (verb === "trace.clear") this.rows = [];
    return ok(null);
  }

  on: EngineClient["on"] = (event, listener) => {
    const own = listener as unknown as (state: IrpTraceState) => void;
    if (event === "trace") this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  tell(): void {
    for (const listener of this.listeners) listener(this.state);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** A controller whose trace holds IRPs of these numbers, and has been read once. */
async function traceOf(numbers: readonly number[], changes: (number: number) => Partial<IrpRow> = () => ({})) {
  const engine = new FakeTrace();
  engine.rows = numbers.map((number) => testRow(number, changes(number)));
  const link = createEngineLink();
  link.attach(engine);
  const controller = new TraceController(link);
  controller.connect();
  await until(() => controller.store.getState().total === numbers.length);
  return { engine, controller, state: () => controller.store.getState() };
}

/** Waits for what follows from answers and pauses. */
async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { interval: 1, timeout: 5_000 }).toBe(true);
}

const tens = Array.from({ length: 500 }, (_, at) => 10 * (at + 1));

describe("the trace of the page", () => {
  it("counts the rows, and has those that are looked at", async () => {
    const { controller, state } = await traceOf(tens);
    controller.source.request(0, 30);
    await until(() => controller.source.row(29) !== undefined);
    expect(controller.source.row(29)?.number).toBe(300);
    expect(state().trace).toMatchObject({ irps: 500, isRecording: true });
  });

  it("grows with the trace, and counts what came while the end was let go of", async () => {
    const { engine, controller, state } = await traceOf([1, 2, 3]);
    controller.follow(false);
    engine.rows.push(testRow(4), testRow(5));
    engine.tell();
    await until(() => state().total === 5);
    expect(state().unseen).toBe(2);
    controller.follow(true);
    expect(state().unseen).toBe(0);
  });

  it("shows the way of the selected IRP, and again when an IRP under way has ended", async () => {
    const { engine, controller, state } = await traceOf([1, 2], (number) =>
      number === 2 ? ({ status: undefined } as never) : {},
    );
    controller.source.request(0, 2);
    await until(() => controller.source.row(1) !== undefined);
    controller.select(selectOnly(1));
    await until(() => state().detail?.row.number === 2);
    expect(state().detail?.row.status).toBeUndefined();
    engine.rows[1] = testRow(2);
    engine.tell();
    await until(() => state().detail?.row.status !== undefined);
  });

  it("lets go of the end when a row above it is selected", async () => {
    const { controller, state } = await traceOf([1, 2, 3]);
    controller.select(selectOnly(2));
    expect(state().follow).toBe(true);
    controller.select(selectOnly(0));
    expect(state().follow).toBe(false);
  });

  it("asks for the rows of a filter, and selects nothing of the rows before", async () => {
    const { controller, state } = await traceOf(tens, (number) =>
      number % 100 === 0 ? { major: "IRP_MJ_WRITE" } : {},
    );
    controller.select(selectOnly(3));
    controller.setFilter({ major: "WRITE" });
    await until(() => state().total === 50);
    expect(state().selection.focus).toBe(-1);
    controller.source.request(0, 50);
    await until(() => controller.source.row(0) !== undefined);
    expect(controller.source.row(0)?.number).toBe(100);
  });

  it("calls no row new because another filter shows it", async () => {
    const { controller, state } = await traceOf(tens);
    controller.follow(false);
    controller.setFilter({ major: "WRITE" });
    await until(() => state().total === 0);
    controller.setFilter({});
    await until(() => state().total === 500);
    expect(state().unseen).toBe(0);
  });

  it("jumps to an IRP among many", async () => {
    const { controller, state } = await traceOf(tens);
    await controller.jumpTo(4_210);
    expect(state().selection).toEqual(selectOnly(420));
    expect(state().detail?.row.number).toBe(4_210);
    expect(state().follow).toBe(false);
  });

  it("gives up a filter that hides the IRP that is jumped to", async () => {
    const { controller, state } = await traceOf(tens);
    controller.setFilter({ major: "WRITE" });
    await until(() => state().total === 0);
    await controller.jumpTo(30);
    expect(state().filter).toEqual({});
    expect(state().selection.focus).toBe(2);
  });

  it("says why an IRP that was dropped cannot be shown", async () => {
    const { controller, state } = await traceOf(tens);
    await controller.jumpTo(35);
    expect(state().detail).toBeUndefined();
    expect(state().detailError?.name).toBe("no-irp");
    expect(state().selection.ranges).toEqual([]);
  });

  it("keeps the same IRP selected when older ones are dropped", async () => {
    const { engine, controller, state } = await traceOf(tens);
    await controller.jumpTo(100);
    engine.rows = engine.rows.slice(4);
    engine.dropped = 4;
    engine.tell();
    await until(() => state().selection.focus === 5);
    expect(state().number).toBe(100);
  });

  it("keeps the IRP that is shown selected in the rows of another filter, where it is among them", async () => {
    const { controller, state } = await traceOf(tens, (number) =>
      number % 100 === 0 ? { major: "IRP_MJ_WRITE" } : {},
    );
    await controller.jumpTo(300);
    controller.setFilter({ major: "WRITE" });
    await until(() => state().selection.focus === 2);
    controller.setFilter({ major: "READ" });
    await until(() => state().total === 450);
    expect(state().selection.focus).toBe(-1);
    controller.setFilter({});
    await until(() => state().selection.focus === 29);
    expect(state().number).toBe(300);
  });

  it("records, pauses and clears", async () => {
    const { engine, controller, state } = await traceOf(tens);
    await controller.record(false);
    expect(state().trace?.isRecording).toBe(false);
    await controller.jumpTo(100);
    await controller.clear();
    expect(engine.calls).toContain("trace.clear");
    expect(state()).toMatchObject({ total: 0, number: undefined, detail: undefined });
  });

  it("says that a machine has no trace", async () => {
    const link = createEngineLink();
    const refusing = new FakeTrace();
    refusing.call = async () => fail(ntscopeError("no-trace", "This machine does not trace its IRPs.")) as never;
    link.attach(refusing);
    const controller = new TraceController(link);
    controller.connect();
    await until(() => controller.store.getState().error !== undefined);
    expect(controller.store.getState().error?.name).toBe("no-trace");
  });
});
