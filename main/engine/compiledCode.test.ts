import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CompiledCode } from "./compiledCode";

// V8 knows a source that it compiled in this very process, and would not look at kept code then.
setFlagsFromString("--no-compilation-cache");

let folder: string;
let program: string;
let kept: string;

function write(name: string, source: string): string {
  const file = path.join(program, name);
  writeFileSync(file, source);
  // One moment for all: what tells two versions of one size apart is set by the tests themselves.
  utimesSync(file, 1_700_000_000, 1_700_000_000);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-code-"));
  program = path.join(folder, "program");
  kept = path.join(folder, "kept");
  mkdirSync(program);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("CompiledCode", () => {
  it("loads a file and what it requires, each once, by its own folder", () => {
    write(
      "part.js",
      "exports.count = (globalThis.partCount = (globalThis.partCount ?? 0) + 1); exports.at = __filename;",
    );
    const main = write(
      "main.js",
      'const a = require("./part.js"); const b = require("./part.js"); module.exports = { same: a === b, a, sep: require("node:path").sep };',
    );
    const code = new CompiledCode(undefined);
    expect(code.load(main)).toEqual({
      same: true,
      a: { count: 1, at: path.join(program, "part.js") },
      sep: path.sep,
    });
    code.keep();
    expect(readdirSync(folder)).toEqual(["program"]);
  });

  it("keeps code that a later start runs, functions compiled in between included", () => {
    const main = write("main.js", "exports.answer = () => 42;");
    const first = new CompiledCode(kept);
    expect((first.load(main) as { answer(): number }).answer()).toBe(42);
    first.keep();
    const [name = ""] = readdirSync(kept);
    const before = readFileSync(path.join(kept, name));
    const second = new CompiledCode(kept);
    expect((second.load(main) as { answer(): number }).answer()).toBe(42);
    // Taken as it was, so there is nothing new to keep.
    rmSync(path.join(kept, name));
    second.keep();
    expect(readdirSync(kept)).toEqual([]);
    expect(before.length).toBeGreaterThan(100);
  });

  it("never runs kept code of another version of the file", () => {
    const main = write("main.js", "exports.answer = () => 1;");
    const first = new CompiledCode(kept);
    first.load(main);
    first.keep();
    writeFileSync(main, "exports.answer = () => 2;");
    expect((new CompiledCode(kept).load(main) as { answer(): number }).answer()).toBe(2);
  });

  it.each([
    ["empty", () => Buffer.alloc(0)],
    ["cut", (whole: Buffer) => whole.subarray(0, whole.length >> 1)],
    ["something else", (whole: Buffer) => Buffer.alloc(whole.length, 0x5a)],
  ])("runs the source where the kept code is %s, and keeps it anew", (_, spoil) => {
    const main = write("main.js", "exports.answer = () => 42;");
    const first = new CompiledCode(kept);
    first.load(main);
    first.keep();
    const [name = ""] = readdirSync(kept);
    const whole = readFileSync(path.join(kept, name));
    writeFileSync(path.join(kept, name), spoil(whole));
    const second = new CompiledCode(kept);
    expect((second.load(main) as { answer(): number }).answer()).toBe(42);
    second.keep();
    expect(readFileSync(path.join(kept, name)).length).toBeGreaterThan(whole.length / 2);
    expect(readdirSync(kept)).toEqual([name]);
  });

  it("goes on without a folder it can write to", () => {
    const main = write("main.js", "exports.answer = 42;");
    writeFileSync(kept, "a file in the way");
    const code = new CompiledCode(kept);
    expect(code.load(main)).toEqual({ answer: 42 });
    code.keep();
    expect(readFileSync(kept, "utf8")).toBe("a file in the way");
  });

  it("names the file and the line in the stack of what is thrown", () => {
    const main = write("main.js", "\n\nexports.fail = () => { throw new Error('no'); };");
    const { fail } = new CompiledCode(undefined).load(main) as { fail(): void };
    let stack = "";
    try {
      fail();
    } catch (error) {
      stack = (error as Error).stack ?? "";
    }
    expect(stack).toContain(`${main}:3:`);
  });
});
