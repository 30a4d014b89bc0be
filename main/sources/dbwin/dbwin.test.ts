import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { ntscopeError } from "../../machine/result";
import { bytesOf, joined } from "../testChunks";
import { TestSink } from "../testSink";
import { DbwinBatchWriter } from "./dbwinBatch";
import { DBWIN_BUFFER_SIZE, DBWIN_TEXT_SIZE, readDbwinBlock } from "./dbwinBlock";
import { DbwinMessages } from "./dbwinMessages";
import type { DbwinReader, DbwinReport } from "./dbwinReader";
import { DbwinSource } from "./dbwinSource";

/** The section as a writer leaves it: what was there before stays behind the NUL. */
function block(processId: number, text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(DBWIN_BUFFER_SIZE).fill(0x7e);
  new DataView(bytes.buffer).setUint32(0, processId, true);
  bytes.set(text, 4);
  bytes[4 + text.length] = 0;
  return bytes;
}

/** The blocks in which OutputDebugString sends a text. */
function blocksOf(processId: number, text: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < text.length || at === 0; at += DBWIN_TEXT_SIZE) {
    blocks.push(block(processId, text.subarray(at, at + DBWIN_TEXT_SIZE)));
  }
  return blocks;
}

class Collected {
  readonly texts: string[] = [];
  readonly cut: number[] = [];
  readonly messages = new DbwinMessages({
    message: (processId, _time, text) => this.texts.push(`${processId}: ${text}`),
    cut: (processId) => this.cut.push(processId),
  });

  add(block: Uint8Array, time = 0): void {
    const message = readDbwinBlock(block);
    if (message) this.messages.add(message.processId, time, message.text);
  }
}

describe("readDbwinBlock", () => {
  it("reads the process id and the text up to NUL", () => {
    const bytes = Uint8Array.of(0xd2, 0x04, 0x00, 0x80, 0x68, 0x69, 0x0a, 0x00, 0x78);
    expect(readDbwinBlock(bytes)).toEqual({ processId: 0x800004d2, text: Uint8Array.of(0x68, 0x69, 0x0a) });
  });

  it("takes a block without NUL for what fits", () => {
    const bytes = new Uint8Array(DBWIN_BUFFER_SIZE).fill(0x41);
    expect(readDbwinBlock(bytes)?.text).toHaveLength(DBWIN_TEXT_SIZE);
    expect(readDbwinBlock(new Uint8Array(9000).fill(0x41))?.text).toHaveLength(DBWIN_TEXT_SIZE);
    expect(readDbwinBlock(Uint8Array.of(1, 2, 3))).toBeUndefined();
    expect(readDbwinBlock(Uint8Array.of(1, 0, 0, 0))?.text).toHaveLength(0);
  });
});

describe("readDbwinBlock, fuzzed", () => {
  it("takes any bytes, and no more text than a block has", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000, size: "max" }), (bytes) => {
        const read = readDbwinBlock(bytes);
        expect(read === undefined).toBe(bytes.length < 4);
        expect(read?.text.length ?? 0).toBeLessThanOrEqual(DBWIN_TEXT_SIZE);
        expect(read?.text.includes(0) ?? false).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe("DbwinMessages", () => {
  it("joins the blocks of a long message, a character across them too", () => {
    const all = new Collected();
    const text = `${"x".repeat(DBWIN_TEXT_SIZE - 1)}ł tail\n`;
    const [first, second] = blocksOf(7, bytesOf(text));
    if (first) all.add(first);
    expect(all.texts).toEqual([]);
    all.add(block(8, bytesOf("between\n")));
    if (second) all.add(second);
    expect(all.texts).toEqual(["8: between\n", `7: ${text}`]);
  });

  it("takes a full block that ends a line for a whole one", () => {
    const all = new Collected();
    all.add(block(7, bytesOf(`${"x".repeat(DBWIN_TEXT_SIZE - 1)}\n`)));
    expect(all.texts).toHaveLength(1);
    expect(all.messages.waiting).toBe(0);
  });

  it("decodes the code page where it is no UTF-8", () => {
    const all = new Collected();
    all.add(block(1, Uint8Array.of(0x80, 0x31)));
    all.add(block(1, bytesOf("€1")));
    expect(all.texts).toEqual(["1: €1", "1: €1"]);
  });

  it("cuts at 8 KB, between characters, and says so", () => {
    const all = new Collected();
    const text = `${"x".repeat(8191)}€${"y".repeat(9000)}\n`;
    for (const each of blocksOf(7, bytesOf(text))) all.add(each);
    expect(all.cut).toEqual([7, 7]);
    expect(all.texts.map((each) => each.slice(3).replace(/\n$/, "")).join("")).toBe(text.trimEnd());
    expect(all.texts.every((each) => bytesOf(each).length <= 8192 + 4)).toBe(true);
  });

  it("gives out what has waited too long, and the oldest of very many", () => {
    const all = new Collected();
    const full = bytesOf("z".repeat(DBWIN_TEXT_SIZE));
    for (let processId = 0; processId < 1000; processId += 1) all.add(block(processId, full), processId);
    expect(all.messages.waiting).toBe(64);
    all.messages.flush(950);
    expect(all.messages.waiting).toBe(49);
    all.messages.flush();
    expect(all.texts).toHaveLength(1000);
  });

  it("loses no byte of any blocks, and never throws", () => {
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(0x41, 0x80, 0xe2, 0xf0).map((byte) => new Uint8Array(DBWIN_TEXT_SIZE).fill(byte)),
    );
    const message = fc.record({ processId: fc.nat(2), text });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        let length = 0;
        let cut = 0;
        const all = new DbwinMessages(
          { message: (_id, _time, got) => (length += got.length), cut: () => (cut += 1) },
          "latin1",
        );
        for (const { processId, text } of messages)
          all.add(
            processId,
            0,
            text.map((byte) => byte & 0x7f),
          );
        all.flush();
        expect(length).toBe(messages.reduce((sum, each) => sum + each.text.length, 0) + cut);
        for (const { processId, text } of messages) all.add(processId, 0, text);
        all.flush();
        expect(all.waiting).toBe(0);
      }),
    );
  });
});

describe("DbwinBatchWriter", () => {
  it("carries messages as columns, until it is full", () => {
    const writer = new DbwinBatchWriter();
    const full = block(5, new Uint8Array(DBWIN_TEXT_SIZE).fill(0x41));
    let count = 0;
    while (writer.add(full, count)) count += 1;
    expect(count).toBe(16);
    const batch = writer.take();
    expect([batch.processIds.length, batch.bytes.length, writer.isEmpty]).toEqual([16, 16 * DBWIN_TEXT_SIZE, true]);
    writer.add(block(9, bytesOf("a\n")), 1);
    writer.add(block(8, bytesOf("b\n")), 2);
    const all = new Collected();
    expect(all.messages.addBatch(writer.take())).toBe(true);
    expect(all.texts).toEqual(["9: a\n", "8: b\n"]);
  });

  it("refuses a batch that is none", () => {
    const all = new Collected();
    const one = {
      processIds: Uint32Array.of(1),
      times: Float64Array.of(1),
      ends: Uint32Array.of(5),
      bytes: bytesOf("abc"),
    };
    expect(all.messages.addBatch(one)).toBe(false);
    expect(all.messages.addBatch({ ...one, times: new Float64Array(0) })).toBe(false);
    expect(all.messages.addBatch({ ...one, ends: Uint32Array.of(3) })).toBe(true);
  });
});

class ScriptedReader implements DbwinReader {
  readonly namespace = "Local";
  isDisposed = false;
  report: (report: DbwinReport) => void = () => {};
  start(listener: (report: DbwinReport) => void): void {
    this.report = listener;
  }
  dispose(): void {
    this.isDisposed = true;
  }
  send(...blocks: Uint8Array[]): void {
    const writer = new DbwinBatchWriter();
    for (const each of blocks) writer.add(each, 5);
    this.report({ kind: "batch", batch: writer.take() });
  }
}

describe("DbwinSource", () => {
  function started() {
    const [reader, scheduler, sink] = [new ScriptedReader(), new ManualScheduler(), new TestSink()];
    const source = new DbwinSource({ reader, scheduler, findProcessName: (id) => (id === 7 ? "a.exe" : undefined) });
    source.start(sink);
    return { reader, scheduler, sink, source };
  }

  it("prints with the process's name", () => {
    const { reader, sink, source } = started();
    reader.report({ kind: "running" });
    reader.send(block(7, bytesOf("one\n")));
    expect(source.health()).toMatchObject({ state: "running", message: expect.stringContaining("OutputDebugString") });
    expect(sink.prints).toEqual([
      {
        source: "win32",
        time: 5,
        component: -1,
        level: -1,
        processId: 7,
        threadId: 0,
        process: "a.exe",
        text: "one\n",
      },
    ]);
    source.dispose();
    expect(reader.isDisposed).toBe(true);
  });

  it("believes the name that the reader found while the program still ran", () => {
    const { reader, sink, source } = started();
    reader.report({ kind: "process", processId: 8, name: "short.exe", time: 4 });
    reader.send(block(8, bytesOf("bye\n")));
    expect(sink.prints).toMatchObject([{ processId: 8, process: "short.exe", text: "bye\n" }]);
    source.dispose();
  });

  it("shows a message whose last block never comes", () => {
    const { reader, scheduler, sink, source } = started();
    reader.send(block(7, bytesOf("q".repeat(DBWIN_TEXT_SIZE))));
    expect(sink.prints).toHaveLength(0);
    scheduler.advance(3000);
    expect(sink.prints).toHaveLength(1);
    expect(scheduler.waiting).toBe(0);
    source.dispose();
  });

  it("notes a line that was cut once a process", () => {
    const { reader, sink, source } = started();
    const long = blocksOf(7, bytesOf("q".repeat(20_000)));
    reader.send(...long, ...long);
    expect(sink.notes).toMatchObject([{ kind: "report", text: expect.stringContaining("Process 7") }]);
    expect(source.health().counters.cut).toBe(4);
    source.dispose();
  });

  it("says who else has the objects, and why it failed", () => {
    const { reader, source } = started();
    reader.report({ kind: "taken", holder: 7 });
    expect(source.health()).toMatchObject({
      state: "failed",
      message: "Another program captures debug output already: a.exe (process 7). Capture begins when it stops.",
    });
    reader.report({ kind: "taken", holder: undefined });
    expect(source.health().message).toContain("which one cannot be seen");
    reader.report({ kind: "taken", holder: process.pid });
    expect(source.health().message).toContain("NtScope captures");
    reader.report({ kind: "running" });
    expect(source.health().state).toBe("running");
    reader.report({ kind: "failed", error: ntscopeError("dbwin", "Access is denied.") });
    expect(source.health().message).toContain("Access is denied.");
    source.dispose();
  });

  it("says nothing after it was disposed, but what was begun is shown", () => {
    const { reader, sink, source } = started();
    reader.send(block(7, bytesOf("q".repeat(DBWIN_TEXT_SIZE))));
    source.dispose();
    reader.send(block(7, bytesOf("late\n")));
    expect(sink.prints).toHaveLength(1);
  });

  it("counts batches that are none", () => {
    const { reader, source } = started();
    const batch = {
      processIds: Uint32Array.of(1),
      times: Float64Array.of(1),
      ends: Uint32Array.of(9),
      bytes: joined([]),
    };
    reader.report({ kind: "batch", batch });
    expect(source.health().counters).toEqual({ malformed: 1 });
    source.dispose();
  });
});
