import { describe, expect, it } from "vitest";
import { AnsiText } from "./ansiText";
import { parseConnectionAddress } from "./connectionAddress";
import { fileTimeToUnix } from "./fileTime";
import { ProcessNames } from "./processNames";
import { SourceStatus } from "./sourceStatus";

describe("AnsiText", () => {
  it("decodes UTF-8, and what is none by the code page", () => {
    const ansi = new AnsiText();
    expect(ansi.decode(Uint8Array.of(0xe2, 0x82, 0xac))).toBe("€");
    expect(ansi.decode(Uint8Array.of(0x80, 0x20, 0xe9, 0x93))).toBe("€ é“");
    expect(new AnsiText("windows-1250").decode(Uint8Array.of(0xb3))).toBe("ł");
    expect(new AnsiText("no such code page").decode(Uint8Array.of(0x80))).toBe("€");
  });
});

describe("fileTimeToUnix", () => {
  it("keeps the microseconds", () => {
    const ticks = 133_500_000_001_234_560n;
    const time = fileTimeToUnix(Number(ticks & 0xffffffffn), Number(ticks >> 32n));
    expect(time).toBeCloseTo(Number(ticks - 116_444_736_000_000_000n) / 10_000, 3);
    expect(fileTimeToUnix(0xd53e8000, 0x019db1de)).toBe(0);
    expect(fileTimeToUnix(0xffffffff, 0xffffffff)).toSatisfy(Number.isFinite);
  });
});

describe("parseConnectionAddress", () => {
  it.each([
    ["tcp:127.0.0.1:5000", { host: "127.0.0.1", port: 5000 }],
    ["tcp:[::1]:1", { host: "::1", port: 1 }],
    ["pipe:com1", { path: "\\\\.\\pipe\\com1" }],
    ["pipe:\\\\.\\pipe\\com1", { path: "\\\\.\\pipe\\com1" }],
    ["pipe:/run/vm.sock", { path: "/run/vm.sock" }],
    ["/run/vm.sock", { path: "/run/vm.sock" }],
  ])("reads %s", (text, value) => expect(parseConnectionAddress(text)).toEqual({ ok: true, value }));

  it.each(["", "pipe:", "tcp:", "tcp:host", "tcp:host:0", "tcp:host:65536", "tcp:a:b:1", "x\0y"])(
    "refuses %j",
    (text) => {
      expect(parseConnectionAddress(text)).toMatchObject({ ok: false, error: { name: "bad-address" } });
    },
  );
});

describe("ProcessNames", () => {
  it("asks once in ten seconds, and keeps the name of a process that has ended", () => {
    const asked: number[] = [];
    let name: string | undefined = "a.exe";
    const names = new ProcessNames((processId) => {
      asked.push(processId);
      return name;
    });
    expect([names.nameOf(8, 0), names.nameOf(8, 9_999)]).toEqual(["a.exe", "a.exe"]);
    expect(asked).toEqual([8]);
    name = undefined;
    expect(names.nameOf(8, 20_000)).toBe("a.exe");
    name = "b.exe";
    expect(names.nameOf(8, 40_000)).toBe("b.exe");
    expect(new ProcessNames().nameOf(8, 0)).toBe("");
  });

  it("forgets the oldest of very many", () => {
    let asked = 0;
    const names = new ProcessNames(() => {
      asked += 1;
      return `p${asked}`;
    });
    for (let processId = 0; processId < 5000; processId += 1) names.nameOf(processId, 0);
    expect([names.nameOf(4999, 0), names.nameOf(0, 0)]).toEqual(["p5000", "p5001"]);
  });
});

describe("SourceStatus", () => {
  it("tells changes and the first of each count", () => {
    const status = new SourceStatus("Begins.");
    const told: string[] = [];
    const listening = status.onDidChange((health) => told.push(`${health.state} ${health.message}`));
    status.set("running", "Runs.");
    status.set("running", "Runs.");
    status.count("lost", 2);
    status.count("lost", 3);
    listening.dispose();
    status.set("ended", "Over.");
    expect(told).toEqual(["running Runs.", "running Runs."]);
    expect(status.health()).toEqual({ state: "ended", message: "Over.", counters: { lost: 5 } });
  });
});
