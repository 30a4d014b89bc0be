// Kernel prints over event tracing cannot be had in Wine, whose trace sessions are stubs: NtScope says so and lives on.
// What stands between Windows and the log (the calls, koffi's callback, the worker) runs over a DLL of ours instead.
import fs from "node:fs";
import path from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { SourceInfo } from "../../main/engine/protocol";
import { runInPrefix } from "../../main/wine/runInPrefix";
import { ensureWindowsNode } from "../../main/wine/windowsNode";
import { windowsPath } from "../../main/wine/windowsPath";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { describeWine } from "./harness/describeWine";
import { NtScopeInPrefix } from "./harness/ntscopeInPrefix";
import { WineMachine } from "./harness/wineMachine";

describeWine("the etw source", () => {
  let machine: WineMachine;
  let ntscope: NtScopeInPrefix;
  beforeAll(async () => {
    machine = await WineMachine.start();
    ntscope = await NtScopeInPrefix.prepare(machine);
  });
  afterAll(() => machine.stop());

  it("says in its health and in the log why it brings nothing, and the other sources go on", async () => {
    const answers = await ntscope.shell(
      "sources",
      "sources add etw",
      'log --follow --wait-for "Kernel prints cannot be captured"',
      "sources",
      `sources add run ${ntscope.pathOf("ods")} many 1 1`,
      "log --follow --wait-for done",
      "sources remove 2",
    );
    expect(answers[0].map(({ name }: SourceInfo) => name)).toEqual(["dbwin"]);
    const listed = answers.find((answer) => Array.isArray(answer) && answer.length === 2) as SourceInfo[];
    expect(listed[1]).toMatchObject({ name: "etw", health: { state: "failed" } });
    expect(listed[1]?.health.message).toMatch(
      /^Kernel prints cannot be captured: (OpenTrace|ProcessTrace|StartTrace): .+\.$/,
    );
    expect(answers.at(-1)).toEqual({ removed: 2 });
  });

  it("reads a session over the calls that Windows has: in order, with what was lost, and ends it", async () => {
    const folder = await bundle();
    const dll = windowsPath(inject("driverFiles").fakeTrace ?? "");
    const output = path.join(machine.prefix.folder, "read-trace");
    const node = await ensureWindowsNode();
    const script = runInPrefix(machine.prefix, node, path.join(folder, "readTrace.js"), [dll], output);
    const code = await script.exited;
    expect(fs.readFileSync(script.stderrFile, "utf8")).toBe("");
    const { health, prints, notes, afterwards } = JSON.parse(fs.readFileSync(script.stdoutFile, "utf8"));
    expect(health).toMatchObject({ state: "running", counters: { lost: 7 } });
    expect(prints.map(({ text }: { text: string }) => text)).toEqual(
      Array.from({ length: 1000 }, (_, index) => `print ${index}\n`),
    );
    expect(prints[5]).toMatchObject({ source: "kernel", component: 77, level: 1, threadId: 20, process: "node.exe" });
    expect(prints[9].time - prints[8].time).toBeCloseTo(0.001, 3);
    expect(notes).toMatchObject([{ kind: "loss", text: expect.stringContaining("lost 7 debug prints"), lost: 7 }]);
    // ERROR_WMI_INSTANCE_NOT_FOUND: there is no such session any more.
    expect([afterwards, code]).toEqual([4201, 0]);
  });
});

/** Beside the build of NtScope, where koffi is found. */
async function bundle(): Promise<string> {
  const outDir = path.join(rootDir, "out", "wine-tests");
  const fake = path.join(__dirname, "scripts", "fakeAdvapi32.ts");
  await build({
    configFile: false,
    root: rootDir,
    logLevel: "error",
    plugins: [
      { name: "fake-advapi32", enforce: "pre", resolveId: (id) => (/koffi\/advapi32$/.test(id) ? fake : null) },
    ],
    build: {
      ssr: true,
      outDir,
      rolldownOptions: {
        input: {
          readTrace: path.join(__dirname, "scripts", "readTrace.ts"),
          etwWorker: path.join(rootDir, "main", "sources", "etw", "etwWorker.ts"),
        },
        output: { format: "cjs", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  return outDir;
}
