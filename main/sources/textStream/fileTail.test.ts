import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { TestSink } from "../testSink";
import { FileTail } from "./fileTail";

describe("FileTail", () => {
  let folder = "";
  let file = "";
  let sink = new TestSink();
  let scheduler = new ManualScheduler();
  const tails: FileTail[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "ntscope-tail-"));
    file = path.join(folder, "debug.log");
    sink = new TestSink();
    scheduler = new ManualScheduler();
  });
  afterEach(async () => {
    for (const tail of tails.splice(0)) tail.dispose();
    await rm(folder, { recursive: true });
  });

  async function follow(from: "start" | "end" = "start"): Promise<FileTail> {
    const tail = new FileTail({ path: file, from, scheduler });
    tails.push(tail);
    tail.start(sink);
    await tail.check();
    return tail;
  }

  it("reads what is there and what is added", async () => {
    await writeFile(file, "one\ntw");
    const tail = await follow();
    expect(sink.prints).toMatchObject([{ source: "text", text: "one\n", process: "debug.log" }]);
    await appendFile(file, "o\nthree\n");
    await tail.check();
    expect(sink.texts).toEqual(["one\n", "two\n", "three\n"]);
    expect(tail.health()).toMatchObject({ state: "running" });
  });

  it("begins at the end where it is told to", async () => {
    await writeFile(file, "old\n");
    const tail = await follow("end");
    await appendFile(file, "new\n");
    await tail.check();
    expect(sink.texts).toEqual(["new\n"]);
  });

  it("waits for a file that is not there, and reads all of it", async () => {
    const tail = await follow("end");
    expect(tail.health()).toMatchObject({ state: "starting", message: expect.stringContaining("to appear") });
    await writeFile(file, "first\n");
    await tail.check();
    expect(sink.texts).toEqual(["first\n"]);
  });

  it("notices that the file was cut", async () => {
    await writeFile(file, "a long first line\nunfinished");
    const tail = await follow();
    await truncate(file, 0);
    await tail.check();
    await appendFile(file, "b\n");
    await tail.check();
    expect(sink.texts).toEqual(["a long first line\n", "unfinished\n", "b\n"]);
    expect(sink.notes).toMatchObject([{ kind: "report", text: expect.stringContaining("was cut") }]);
  });

  it("loses no line when the file is rotated", async () => {
    await writeFile(file, "a\n");
    const tail = await follow();
    await rename(file, `${file}.1`);
    await tail.check();
    await appendFile(`${file}.1`, "still to the old one\n");
    await writeFile(file, "");
    await tail.check();
    await appendFile(`${file}.1`, "and its last");
    await appendFile(file, "first of the new one\n");
    await tail.check();
    expect(sink.texts).toEqual(["a\n", "still to the old one\n", "and its last\n", "first of the new one\n"]);
    expect(sink.notes).toMatchObject([{ text: expect.stringContaining("was replaced") }]);
  });

  it("reads a file larger than its buffer", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    await writeFile(file, `${lines.join("\n")}\n`);
    await follow();
    expect(sink.texts).toEqual(lines.map((line) => `${line}\n`));
  });

  it("looks by itself, told by the system or by its clock", async () => {
    await writeFile(file, "a\n");
    await follow();
    await appendFile(file, "b\n");
    scheduler.advance(1000);
    await sink.until(() => sink.prints.length === 2);
    expect(sink.texts).toEqual(["a\n", "b\n"]);
  });

  it("says why it cannot read, and stops when it is disposed", async () => {
    file = folder;
    const tail = await follow();
    expect(tail.health()).toMatchObject({ state: "failed", message: expect.stringContaining("not a file") });
    tail.dispose();
    await tail.check();
    expect(scheduler.waiting).toBe(0);
  });
});
