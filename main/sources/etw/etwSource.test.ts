import { describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { ntscopeError } from "../../machine/result";
import { TestSink } from "../testSink";
import { etwFailure } from "./etwFailure";
import type { EtwReader, EtwReport, KernelPrint } from "./etwReader";
import { EtwSource } from "./etwSource";

class ScriptedReader implements EtwReader {
  isDisposed = false;
  report: (report: EtwReport) => void = () => {};
  start(listener: (report: EtwReport) => void): void {
    this.report = listener;
  }
  dispose(): void {
    this.isDisposed = true;
  }
}

function started() {
  const [reader, scheduler, sink] = [new ScriptedReader(), new ManualScheduler(), new TestSink()];
  const source = new EtwSource({ reader, scheduler, findProcessName: (id) => (id === 4 ? "System" : undefined) });
  source.start(sink);
  const at = (milliseconds: number, text: string): KernelPrint => ({
    time: scheduler.wallClock() + milliseconds,
    processId: 4,
    threadId: 20,
    component: 77,
    level: 3,
    text,
  });
  return { reader, scheduler, sink, source, at };
}

describe("EtwSource", () => {
  it("prints in the order of time, three seconds later", () => {
    const { reader, scheduler, sink, source, at } = started();
    reader.report({ kind: "running" });
    reader.report({ kind: "prints", prints: [at(2, "second\n"), at(3, "third\n")] });
    reader.report({ kind: "prints", prints: [at(1, "first\n")] });
    scheduler.advance(2000);
    expect([source.health().state, sink.prints]).toEqual(["running", []]);
    scheduler.advance(2000);
    expect(sink.texts).toEqual(["first\n", "second\n", "third\n"]);
    expect(sink.prints[0]).toMatchObject({
      source: "kernel",
      process: "System",
      processId: 4,
      threadId: 20,
      component: 77,
      level: 3,
    });
    expect(scheduler.waiting).toBe(0);
    source.dispose();
    expect(reader.isDisposed).toBe(true);
  });

  it("writes what Windows lost into the log", () => {
    const { reader, sink, source } = started();
    reader.report({ kind: "lost", lost: { events: 12, logBuffers: 0, realTimeBuffers: 1 } });
    reader.report({ kind: "lost", lost: { events: 0, logBuffers: 0, realTimeBuffers: 0 } });
    expect(sink.notes).toEqual([{ kind: "loss", text: expect.stringContaining("12 debug prints"), lost: 13 }]);
    expect(source.health().counters).toEqual({ lost: 13 });
    source.dispose();
  });

  it("says what is missing, and shows what it held", () => {
    const { reader, sink, source, at } = started();
    reader.report({ kind: "prints", prints: [at(0, "held\n")] });
    reader.report({ kind: "failed", error: etwFailure("StartTrace", 5) });
    expect(source.health()).toMatchObject({
      state: "failed",
      message: expect.stringContaining("run it as administrator"),
    });
    expect(sink.texts).toEqual(["held\n"]);
    reader.report({ kind: "failed", error: ntscopeError("etw-taken", "Another NtScope has it.") });
    expect(source.health().message).toContain("Another NtScope has it.");
    source.dispose();
  });

  it("shows what it held when it is disposed, and nothing after", () => {
    const { reader, sink, source, at } = started();
    reader.report({ kind: "prints", prints: [at(5, "b\n"), at(4, "a\n")] });
    source.dispose();
    reader.report({ kind: "prints", prints: [at(6, "late\n")] });
    expect(sink.texts).toEqual(["a\n", "b\n"]);
  });
});

describe("etwFailure", () => {
  it.each([
    [5, "administrator"],
    [1314, "administrator"],
    [1450, "logman"],
    [120, "StartTrace: "],
  ])("says what to do about error %i", (code, words) => {
    expect(etwFailure("StartTrace", code)).toMatchObject({
      domain: "win32",
      code,
      message: expect.stringContaining(words),
    });
  });
});
