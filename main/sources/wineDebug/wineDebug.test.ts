import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogPrint } from "../../log/logRecord";
import { ManualScheduler } from "../../log/manualScheduler";
import { AnsiText } from "../ansiText";
import { ProcessNames } from "../processNames";
import { bytesOf, cutAt, joined } from "../testChunks";
import { TestSink } from "../testSink";
import { WineClock } from "./wineClock";
import { parseWineDebugLine } from "./wineDebugLine";
import { WineDebugParser } from "./wineDebugParser";
import { WineDebugSource } from "./wineDebugSource";

/** Places to cut a stream at. */
const cuts = fc.array(fc.nat(), { maxLength: 12 });

const ansi = new AnsiText();
const debugPrint = "2740.206:012c:013c:warn:debugstr:vDbgPrintExWithPrefix 00000000:00000001: text";

describe("parseWineDebugLine", () => {
  it("reads a DbgPrint", () => {
    expect(parseWineDebugLine(debugPrint, ansi)).toEqual({
      source: "kernel",
      seconds: 2740.206,
      processId: 0x12c,
      threadId: 0x13c,
      component: 0,
      level: 0,
      text: "text\n",
    });
  });

  it.each([
    ["00000065:00000008", 0x65, 3],
    ["0000004d:80000000", 77, 31],
    ["ffffffff:0000000f", 0xffffffff, 0xf],
  ])("takes the level from Wine's bit field: %s", (ids, component, level) => {
    const line = `1.000:0020:0024:warn:debugstr:vDbgPrintExWithPrefix ${ids}: a: b`;
    expect(parseWineDebugLine(line, ansi)).toMatchObject({ component, level, text: "a: b\n" });
  });

  it.each([
    ['OutputDebugStringA "hello\\n"', "hello\n"],
    ['OutputDebugStringA "say \\"a\\\\b\\"\\t\\xc5\\x82"', 'say "a\\b"\tł'],
    ['OutputDebugStringA "caf\\xe9"', "café"],
    ['OutputDebugStringW L"\\0142\\x2026\\n"', "ł…\n"],
    ['OutputDebugStringW L"long"...', "long..."],
    ["OutputDebugStringA not quoted", "not quoted\n"],
    ['OutputDebugStringA "open', '"open\n'],
  ])("reads %s", (message, text) => {
    const line = `12.345:00fc:0100:warn:debugstr:${message}`;
    expect(parseWineDebugLine(line, ansi)).toMatchObject({ source: "win32", processId: 0xfc, component: -1, text });
  });

  it("reads lines without time or process id", () => {
    const line = "0009:warn:debugstr:vDbgPrintExWithPrefix 00000000:00000001: x";
    expect(parseWineDebugLine(line, ansi)).toMatchObject({
      seconds: undefined,
      processId: 0,
      threadId: 9,
      text: "x\n",
    });
  });

  it.each([
    "wine: created the configuration directory",
    "",
    "2740.206:012c:013c:fixme:file:NtLockFile I/O completion not implemented",
    "2740.206:012c:013c:warn:debugstr:vDbgPrintExWithPrefix no numbers",
    "second line of a print",
  ])("keeps anything else as it stands: %j", (line) => {
    expect(parseWineDebugLine(line, ansi)).toMatchObject({ source: "text", component: -1, text: `${line}\n` });
  });
});

describe("WineClock", () => {
  it("anchors at the first line and believes the line that came fastest", () => {
    const clock = new WineClock();
    expect(clock.toWallClock(10, 1_000_500)).toBe(1_000_500);
    expect(clock.toWallClock(11, 1_001_200)).toBe(1_001_200);
    expect(clock.toWallClock(12, 1_002_300)).toBe(1_002_200);
  });

  it("anchors anew when the counter begins anew", () => {
    const clock = new WineClock();
    clock.toWallClock(4_294_967, 5_000_000_000);
    expect(clock.toWallClock(0.5, 5_000_001_000)).toBe(5_000_001_000);
  });
});

function run(chunks: readonly Uint8Array[]): { prints: LogPrint[]; cut: number } {
  const prints: LogPrint[] = [];
  let cut = 0;
  const output = { print: (print: LogPrint) => prints.push(print), cut: () => (cut += 1) };
  const parser = new WineDebugParser(output, new ProcessNames((id) => (id === 0x12c ? "services.exe" : undefined)));
  for (const chunk of chunks) parser.push(chunk, 1000);
  parser.flush(1000);
  return { prints, cut };
}

describe("WineDebugParser", () => {
  it("names processes and keeps the origin of a line that was cut", () => {
    const { prints, cut } = run([bytesOf(`${debugPrint} ${"x".repeat(9000)}\nother`)]);
    expect(cut).toBe(1);
    expect(prints.map((print) => [print.source, print.process, print.threadId])).toEqual([
      ["kernel", "services.exe", 0x13c],
      ["kernel", "services.exe", 0x13c],
      ["text", "", 0],
    ]);
    expect(
      prints
        .slice(0, 2)
        .map((print) => print.text.trimEnd())
        .join(""),
    ).toBe(`text ${"x".repeat(9000)}`);
  });

  it("says the same however the bytes are cut, and never throws", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.string().map(bytesOf),
      fc.constantFrom(
        ...[`${debugPrint}\n`, '1.000:0020:0024:warn:debugstr:OutputDebugStringA "', '\\x"\n', "\\", "\n"].map(bytesOf),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), cuts, (pieces, places) => {
        const bytes = joined(...pieces);
        expect(run(cutAt(bytes, places))).toEqual(run([bytes]));
      }),
    );
  });
});

describe("WineDebugSource", () => {
  it("prints until the stream ends", async () => {
    const stream = new PassThrough();
    const sink = new TestSink();
    const source = new WineDebugSource({ scheduler: new ManualScheduler() });
    source.read({ stream });
    const ended = new Promise<void>((resolve) => {
      source.onDidChangeHealth((health) => health.state === "ended" && resolve());
    });
    source.start(sink);
    stream.write(`${debugPrint}\nunfin`);
    stream.end("ished");
    await ended;
    expect(sink.prints.map((print) => [print.source, print.text, print.time])).toEqual([
      ["kernel", "text\n", 1_700_000_000_000],
      ["text", "unfinished\n", 1_700_000_000_000],
    ]);
    source.dispose();
  });

  it("fails in words", async () => {
    const stream = new PassThrough();
    const source = new WineDebugSource({ scheduler: new ManualScheduler() });
    source.read({ stream });
    source.start(new TestSink());
    const failed = new Promise<string>((resolve) => {
      source.onDidChangeHealth((health) => resolve(`${health.state}: ${health.message}`));
    });
    stream.destroy(new Error("gone"));
    expect(await failed).toBe("failed: Wine's output could not be read: gone");
    source.dispose();
  });

  it("says when all is there that was printed before, and goes on with the prefix's next start", async () => {
    const sink = new TestSink();
    const source = new WineDebugSource({ scheduler: new ManualScheduler(), onlyKernel: true });
    source.start(sink);
    expect(source.health().state).toBe("starting");
    await source.sync();
    for (const name of ["first", "second"]) {
      const stream = new PassThrough();
      const echoed: string[] = [];
      source.read({ stream, echo: (words) => echoed.push(words) });
      const synced = source.sync();
      stream.write(
        `${debugPrint} ${name}\n1.000:0001:0002:warn:debugstr:OutputDebugStringA "not ours"\n${echoed[0]} \r\n`,
      );
      await synced;
      expect(sink.prints.map((print) => print.text).at(-1)).toBe(`text ${name}\n`);
      const unanswered = source.sync();
      stream.end();
      await unanswered;
    }
    expect(sink.prints).toHaveLength(2);
    expect(source.health().state).toBe("ended");
    source.dispose();
  });

  it("bears a driver's line between echoed words and their line end, which cmd.exe writes apart", async () => {
    const stream = new PassThrough();
    const sink = new TestSink();
    const source = new WineDebugSource({ scheduler: new ManualScheduler(), onlyKernel: true });
    const echoed: string[] = [];
    source.read({ stream, echo: (words) => echoed.push(words) });
    source.start(sink);
    const synced = source.sync();
    stream.write(`${echoed[0]} ${debugPrint} between\n\r\n${debugPrint} after\n`);
    await synced;
    const again = source.sync();
    stream.write(`${echoed[1]} \r\n`);
    await again;
    expect(sink.prints.map(({ source: from, text }) => [from, text])).toEqual([
      ["kernel", "text between\n"],
      ["kernel", "text after\n"],
    ]);
    source.dispose();
  });
});
