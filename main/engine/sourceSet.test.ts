import { describe, expect, it } from "vitest";
import { Log } from "../log/log";
import { ManualScheduler } from "../log/manualScheduler";
import { ntscopeError, ok, type Result } from "../machine/result";
import { ReportingSource } from "../sources/reportingSource";
import type { Source, SourceState } from "../sources/source";
import { SourceSet } from "./sourceSet";

class FakeSource extends ReportingSource {
  isDisposed = false;
  constructor(name: string) {
    super(name, "Begins.");
  }
  start(): void {
    this.become("starting", "Connects.");
  }
  become(state: SourceState, message: string): void {
    this.status.set(state, message);
  }
  dispose(): void {
    this.isDisposed = true;
  }
}

function setUp(make: (spec: string) => Promise<Result<Source>> = async (spec) => ok(new FakeSource(spec))) {
  const scheduler = new ManualScheduler();
  const log = new Log({ scheduler, historyLines: 0, names: { component: () => undefined } });
  const notes: string[] = [];
  log.note = (kind, text) => void notes.push(`${kind}: ${text}`);
  return { notes, set: new SourceSet(log, make, () => 0) };
}

describe("SourceSet", () => {
  it("notes what keeps lines away once, and that they come again", () => {
    const { notes, set } = setUp();
    const source = new FakeSource("kd x");
    set.start(source);
    source.become("failed", "No connection.");
    source.become("starting", "Connects.");
    source.become("failed", "Still no connection.");
    source.become("running", "Hears it.");
    source.become("running", "Hears it well.");
    source.become("failed", "Gone.");
    expect(notes).toEqual(["report: warning: No connection.", "marker: kd x: Hears it.", "report: warning: Gone."]);
  });

  it("removes what was added, and nothing of the machine's own", async () => {
    const own = new FakeSource("own");
    const added = new FakeSource("added");
    const { set } = setUp(async () => ok(added));
    set.start(own);
    const told: string[][] = [];
    set.onDidChange((infos) => told.push(infos.map(({ name }) => name)));
    expect(await set.add("added")).toMatchObject({ ok: true, value: { id: 2, isRemovable: true } });
    expect(await set.remove(1)).toMatchObject({ ok: false, error: { name: "source-stays" } });
    expect(await set.remove(2)).toMatchObject({ ok: true });
    expect(await set.remove(2)).toMatchObject({ ok: false, error: { name: "no-source" } });
    expect([own.isDisposed, added.isDisposed, told.at(-1)]).toEqual([false, true, ["own"]]);
  });

  it("answers why there is no such source", async () => {
    const error = ntscopeError("bad-source", "No.");
    const { set } = setUp(async () => ({ ok: false, error }));
    expect(await set.add("x")).toEqual({ ok: false, error });
  });

  it("starts nothing when the engine ended while the source was made", async () => {
    const late = new FakeSource("late");
    const { set } = setUp(async () => ok(late));
    const adding = set.add("late");
    set.dispose();
    expect(await adding).toMatchObject({ ok: false, error: { name: "closed" } });
    expect([late.isDisposed, late.health().message]).toEqual([true, "Begins."]);
  });
});
