// The properties of objects on a machine of Windows' kind, read in the thread for queries that can hang.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FieldSection } from "../../main/machine/fieldValue";
import { describeWine } from "./harness/describeWine";
import { PrefixAgent } from "./harness/prefixAgent";
import { WineMachine } from "./harness/wineMachine";

describeWine("properties of objects", () => {
  let machine: WineMachine;
  let agent: PrefixAgent;
  const sections = async (path: string, open = false): Promise<Record<string, FieldSection>> => {
    const info = await agent.ask("objects.describe", { path, open });
    return Object.fromEntries(info.sections.map((section) => [section.id, section]));
  };
  const fieldOf = (section: FieldSection | undefined, id: string) =>
    section?.fields.find((candidate) => candidate.id === id)?.field;

  beforeAll(async () => {
    machine = await WineMachine.start();
    agent = await PrefixAgent.start(machine);
  });
  afterAll(async () => {
    agent.stop();
    await machine.stop();
  });

  it("finds for each path the type that its directory lists, and follows links", async () => {
    const { matches } = await agent.ask("objects.find", { pattern: "*", limit: 10_000 });
    expect(new Set(matches.map(({ type }) => type)).size).toBeGreaterThan(4);
    const wrong: string[] = [];
    for (const { path, type } of matches) {
      const { hops } = await agent.ask("objects.resolve", { path });
      const found = hops.find(({ remaining }) => remaining === "");
      if (found?.type !== type) wrong.push(`${path}: ${type}, not ${found?.type}`);
    }
    expect(wrong).toEqual([]);
    const drive = await agent.ask("objects.resolve", { path: "\\??\\C:" });
    expect(drive.hops.map(({ type }) => type)).toEqual(["Directory", "SymbolicLink", "Directory", "Device"]);
    const missing = await agent.ask("objects.resolve", { path: "\\Device\\NoSuchName" });
    expect(missing.status.name).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
    const below = await agent.ask("objects.resolve", { path: "\\NoSuchDirectory\\X" });
    expect(below.status.name).toBe("STATUS_OBJECT_PATH_NOT_FOUND");
  });

  it("names who may do what with a key", async () => {
    const { security, state } = await sections("\\Registry");
    expect(fieldOf(state, "subkeys")).toMatchObject({ value: { kind: "number" } });
    expect(fieldOf(security, "owner")).toEqual({
      value: { kind: "text", text: "BUILTIN\\Administrators (S-1-5-32-544)" },
    });
    expect(fieldOf(security, "sddl")).toMatchObject({ value: { text: expect.stringMatching(/^O:BAG:BAD:\(A;/) } });
    expect(fieldOf(security, "dacl")).toMatchObject({
      value: { columns: ["Entry", "Account", "Rights", "Flags"], rows: expect.arrayContaining([expect.anything()]) },
    });
  });

  it("tells an object without a descriptor as one that lets everybody in", async () => {
    const { security } = await sections("\\");
    expect(fieldOf(security, "dacl")).toMatchObject({ value: { text: "None: everybody may do everything." } });
  });

  it("takes its own handle off the count", async () => {
    const { general } = await sections("\\KernelObjects\\LowMemoryCondition");
    // Wine made it when it started, and nobody holds it open.
    expect(fieldOf(general, "handles")).toMatchObject({ value: { value: 0 } });
  });

  it("opens a device only when it is asked to, and then reads its security too", async () => {
    await machine.load("example", "example");
    const closed = await sections("\\Device\\Example");
    expect(closed.security).toBeUndefined();
    expect(fieldOf(closed.general, "handles")).toMatchObject({ error: { name: "cannot-open" } });
    const opened = await sections("\\Device\\Example", true);
    // Wine answers for files alone; Windows' I/O manager does for every device.
    expect(fieldOf(opened.device, "deviceType")).toMatchObject({ error: { name: "STATUS_INVALID_PARAMETER" } });
    expect(opened.security?.fields.map(({ id }) => id)).toContain("dacl");
    expect(await machine.debug.until("closed")).toEqual(["userspace opened the device", "userspace closed the device"]);
    await machine.unload("example");
  });
});
