// OutputDebugString captured by NtScope's own command line in the prefix: beside another monitor, after it, and whole.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SourceInfo } from "../../main/engine/protocol";
import { describeWine } from "./harness/describeWine";
import { NtScopeInPrefix } from "./harness/ntscopeInPrefix";
import { WineMachine } from "./harness/wineMachine";

describeWine("OutputDebugString", () => {
  let machine: WineMachine;
  let ntscope: NtScopeInPrefix;
  beforeAll(async () => {
    machine = await WineMachine.start();
    ntscope = await NtScopeInPrefix.prepare(machine);
  });
  afterAll(() => machine.stop());

  it("is another monitor's until that one stops: its name and process are told, and capture begins by itself", async () => {
    const reader = machine.begin("dbwinReader", []);
    const processId = Number(/^holds (\d+)$/.exec(await reader.nextLine())?.[1]);
    const answers = await ntscope.shell(
      "sources",
      `sources add run ${ntscope.pathOf("dbwinReader")} stop`,
      'log --follow --wait-for "Captures what programs print"',
      `sources add run ${ntscope.pathOf("ods")} many 1 1`,
      "log --follow --wait-for done",
      "sources",
    );
    const before = answers[0];
    expect(before[0]).toMatchObject({ name: "dbwin", isRemovable: false, health: { state: "failed" } });
    expect(before[0].health.message).toBe(
      `Another program captures debug output already: dbwinReader.exe (process ${processId}). Capture begins when it stops.`,
    );
    const texts = answers.filter(({ sequence }) => sequence !== undefined).map(({ text }) => text);
    expect(texts).toContain(`warning: ${before[0].health.message}`);
    expect(texts).toContain("0 0");
    expect(answers.at(-1)[0].health.state).toBe("running");
  });

  it("may be written by app containers and by programs of low integrity", async () => {
    const answers = await ntscope.shell(
      `sources add run ${ntscope.pathOf("dbwinReader")} security`,
      "log --all --follow --max-lines 3",
    );
    const lists = answers.filter(({ sequence }) => sequence !== undefined).map(({ text }) => text);
    expect(lists).toHaveLength(3);
    for (const list of lists) {
      for (const sid of ["AU", "(AC|S-1-15-2-1)", "S-1-15-2-2"]) {
        expect(list).toMatch(new RegExp(`\\(A;;[^;]+;;;${sid}\\)`));
      }
    }
  });

  it("of session 0 is a source of its own, which NtScope has once", async () => {
    const answers = await ntscope.shell(
      "sources add dbwin global",
      "sources add dbwin global",
      'log --follow --wait-for "NtScope captures this"',
      `sources add run ${ntscope.pathOf("ods")} long 20 Global\\`,
      "log --follow --wait-for 01234567890123456789",
      "sources",
    );
    const states = answers
      .at(-1)
      .slice(0, 3)
      .map(({ name, health }: SourceInfo) => `${name} ${health.state}`);
    expect(states.sort()).toEqual(["dbwin global failed", "dbwin global running", "dbwin running"]);
    expect(answers.find(({ text }) => text === "01234567890123456789")).toMatchObject({
      source: "win32",
      process: "ods.exe",
    });
  });

  it("arrives complete from several threads, with the process's name and id", async () => {
    const answers = await ntscope.shell(
      `sources add run ${ntscope.pathOf("ods")} many 1000 4`,
      "log --all --follow --wait-for done",
      "sources",
    );
    const lines = answers.filter(({ source }) => source === "win32");
    const numbers = lines.slice(0, -1).map(({ text }) => text.split(" ").map(Number));
    for (let thread = 0; thread < 4; thread += 1) {
      const own = numbers.filter(([each]) => each === thread).map(([, index]) => index);
      expect(own).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    }
    const [{ processId }] = lines;
    expect(processId).toBeGreaterThan(0);
    expect(lines.every((line) => line.process === "ods.exe" && line.processId === processId)).toBe(true);
    expect(answers.at(-1).find(({ name }: SourceInfo) => name === "dbwin").health.counters).toEqual({});
  });

  it("comes in one line although it was sent in blocks of 4,091 bytes", async () => {
    const answers = await ntscope.shell(
      `sources add run ${ntscope.pathOf("ods")} long 8000`,
      "log --all --follow --wait-for done",
    );
    const texts = answers.filter(({ source }) => source === "win32").map(({ text }) => text);
    expect(texts).toEqual([Array.from({ length: 8000 }, (_, index) => index % 10).join(""), "done"]);
  });
});
