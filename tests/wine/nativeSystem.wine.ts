// What NtScope tells of the whole system on a machine of Windows' kind.
import fs from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { PrefixAgent, runNtscope } from "./harness/prefixAgent";
import { WineMachine } from "./harness/wineMachine";

describeWine("the whole system", () => {
  let machine: WineMachine;
  let agent: PrefixAgent;
  beforeAll(async () => {
    machine = await WineMachine.start();
    agent = await PrefixAgent.start(machine);
  });
  afterAll(async () => {
    agent.stop();
    await machine.stop();
  });

  it("lists the handles of every process by type, and names its own open files", async () => {
    const { handle } = await agent.ask("devices.open", { path: "C:\\windows\\win.ini", access: "r" });
    const all = await agent.ask("handles.list", { scope: "all" });
    expect(new Set(all.map(({ process }) => process)).size).toBeGreaterThan(2);
    const [file, ...others] = all.filter(({ path }) => path !== "");
    expect(others).toEqual([]);
    expect(file).toMatchObject({ type: "File", path: "\\??\\C:\\windows\\win.ini", process: "node.exe" });
    expect(file?.access).toContain("FILE_READ_DATA");
    await agent.ask("devices.close", { handle });
  });

  it("lists the kernel's images", async () => {
    const drivers = await agent.ask("drivers.list", {});
    const found = drivers.find(({ name }) => name === "ntoskrnl.exe");
    expect(found).toMatchObject({ start: expect.stringMatching(/^0x[0-9A-F]{16}$/), devices: [] });
    expect(found?.size).toBeGreaterThan(0);
  });

  it("does so from the command line", async () => {
    const script = await runNtscope(machine, "handles", ["handles", "--all", "--json", "--machine", "local"]);
    expect(await script.exited).toBe(0);
    const rows: unknown[] = JSON.parse(fs.readFileSync(script.stdoutFile, "utf8"));
    expect(rows).toContainEqual(expect.objectContaining({ process: "services.exe", type: "Event" }));
  });
});
