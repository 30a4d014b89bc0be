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

  it("says that Wine has no debug print masks, and keeps those of the next boot in the registry", async () => {
    const info = await agent.ask("machine.info", {});
    expect(info.capabilities).not.toContain("debugFilter");
    const refused = { ok: false, error: { name: "STATUS_NOT_IMPLEMENTED" } };
    expect(await agent.client.call("debugFilter.get", {})).toMatchObject(refused);
    const level = { component: 101, level: 3, on: true };
    expect(await agent.client.call("debugFilter.set", level)).toMatchObject(refused);
    await agent.ask("debugFilter.setBoot", { component: 101, mask: 0xf });
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Debug Print Filter";
    expect((await machine.prefix.run("reg", ["query", key])).stdout).toMatch(/DEFAULT\s+REG_DWORD\s+0xf/);
  });

  it("says whether it runs elevated", async () => {
    const { elevation } = await agent.ask("machine.info", {});
    expect(elevation).toEqual({ isElevated: true, message: expect.stringContaining("runs elevated") });
  });

  it("does so from the command line", async () => {
    const script = await runNtscope(machine, "handles", ["handles", "--all", "--json", "--machine", "local"]);
    expect(await script.exited).toBe(0);
    const rows: unknown[] = JSON.parse(fs.readFileSync(script.stdoutFile, "utf8"));
    expect(rows).toContainEqual(expect.objectContaining({ process: "services.exe", type: "Event" }));
  });
});
