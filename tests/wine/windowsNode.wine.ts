// Windows' Node.js runs in the prefix, and koffi calls a DLL of it.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runInPrefix } from "../../main/wine/runInPrefix";
import { ensureWindowsNode, koffiTarball, nodeTarball } from "../../main/wine/windowsNode";
import { describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

describeWine("Windows' Node.js", () => {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
  });
  afterAll(() => machine.stop());

  it("calls kernel32 through koffi", async () => {
    const node = await ensureWindowsNode();
    const folder = path.join(machine.prefix.folder, "script-output");
    const script = runInPrefix(machine.prefix, node, path.join(__dirname, "scripts", "processId.cjs"), [], folder);
    const code = await script.exited;
    expect(fs.readFileSync(script.stderrFile, "utf8")).toBe("");
    expect(code).toBe(0);
    const said = JSON.parse(fs.readFileSync(script.stdoutFile, "utf8"));
    expect(said).toMatchObject({ platform: "win32", node: nodeTarball.version, koffi: koffiTarball.version });
    expect(said.fromKernel32).toBe(said.fromNode);
    expect(said.fromKernel32).toBeGreaterThan(0);
  });
});
