import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldSection, FieldValue } from "../machine/fieldValue";
import { createTestMachine, errorOf, unwrap } from "./testMachine";

/** For tests that only ask. */
const shared = createTestMachine().machine;

function fieldOf(sections: FieldSection[], section: string, id: string): FieldValue {
  const found = sections.find((each) => each.id === section)?.fields.find((each) => each.id === id)?.field;
  if (found === undefined || !("value" in found)) throw new Error(`no value of ${section}.${id}`);
  return found.value;
}

describe("questions about the namespace", () => {
  it("describes what is not there with NT's status and where the search ended", async () => {
    const machine = shared;
    const missing = await machine.describe("\\Device\\Nope", { open: false });
    expect(missing).toMatchObject({ ok: false, error: { status: "0xC0000034", domain: "nt" } });
    if (!missing.ok) expect(missing.error.message).toContain('There is no "Nope" in \\Device.');
    expect(errorOf(await machine.list("\\Nope\\x"))).toBe("STATUS_OBJECT_PATH_NOT_FOUND");
    expect(errorOf(await machine.list("\\Device\\Null"))).toBe("STATUS_OBJECT_TYPE_MISMATCH");
    expect(errorOf(await machine.open({ path: "\\Device", access: "r" }))).toBe("STATUS_OBJECT_TYPE_MISMATCH");
  });

  it("follows links to directories when listing, and describes the links themselves", async () => {
    const machine = shared;
    const global = unwrap(await machine.list("\\GLOBAL??\\Global"));
    expect(global.path).toBe("\\GLOBAL??");
    expect(unwrap(await machine.list("\\??")).path).toBe("\\GLOBAL??");
    const link = unwrap(await machine.describe("C:", { open: true }));
    expect(link).toMatchObject({ path: "\\GLOBAL??\\C:", type: "SymbolicLink" });
    expect(link.opened).toBeUndefined();
    expect(fieldOf(link.sections, "link", "reached")).toMatchObject({ path: "\\Device\\HarddiskVolume3" });
  });

  it("resolves a DOS path hop by hop", async () => {
    const machine = shared;
    const { path, hops, reached, status } = unwrap(await machine.resolve("\\\\.\\GLOBALROOT\\DosDevices\\NUL"));
    expect(path).toBe("\\??\\GLOBALROOT\\DosDevices\\NUL");
    expect(hops.map(({ component, linkTarget, remaining }) => ({ component, linkTarget, remaining }))).toEqual([
      { component: "??", linkTarget: undefined, remaining: "\\GLOBALROOT\\DosDevices\\NUL" },
      { component: "GLOBALROOT", linkTarget: "", remaining: "\\DosDevices\\NUL" },
      { component: "DosDevices", linkTarget: "\\??", remaining: "\\NUL" },
      { component: "??", linkTarget: undefined, remaining: "\\NUL" },
      { component: "NUL", linkTarget: "\\Device\\Null", remaining: "" },
      { component: "Device", linkTarget: undefined, remaining: "\\Null" },
      { component: "Null", linkTarget: undefined, remaining: "" },
    ]);
    expect({ reached, status: status.name }).toEqual({
      reached: { path: "\\Device\\Null", type: "Device" },
      status: "STATUS_SUCCESS",
    });
  });

  it("tells at which component a resolution ended", async () => {
    const machine = shared;
    const { hops, status, reached } = unwrap(await machine.resolve("\\Device\\Nope\\x"));
    expect(status.name).toBe("STATUS_OBJECT_PATH_NOT_FOUND");
    expect(reached).toBeUndefined();
    expect(hops.at(-1)).toMatchObject({ component: "Nope", within: "\\Device", remaining: "\\x" });
    expect(hops.at(-1)?.note).toBe('There is no "Nope" in \\Device.');
  });

  it("finds by name, by path and by type, and says when it stopped early", async () => {
    const machine = shared;
    const byName = unwrap(await machine.find({ pattern: "harddiskvolume?", limit: 100 }));
    expect(byName.matches.map(({ path }) => path)).toContain("\\Device\\HarddiskVolume1");
    const byPath = unwrap(await machine.find({ pattern: "\\Callback\\", type: "callback", limit: 1000 }));
    expect(byPath.matches.length).toBeGreaterThan(20);
    expect(new Set(byPath.matches.map(({ type }) => type))).toEqual(new Set(["Callback"]));
    const some = unwrap(await machine.find({ pattern: "*", limit: 5, within: "\\Device" }));
    expect({ count: some.matches.length, truncated: some.truncated }).toEqual({ count: 5, truncated: true });
    const all = unwrap(await machine.find({ pattern: "*", limit: 1_000_000 }));
    expect(all.truncated).toBe(false);
    expect(all.matches.length).toBeGreaterThan(1000);
  });

  it("does not begin a search that nobody wants any more", async () => {
    const controller = new AbortController();
    controller.abort();
    expect(errorOf(await shared.find({ pattern: "*", limit: 10 }, controller.signal))).toBe("cancelled");
  });
});

describe("what the types say of themselves", () => {
  it.each([
    ["\\KernelObjects\\LowMemoryCondition", "state", "state", { text: "Notification event, not signalled" }],
    ["\\KernelObjects\\PrefetchTracesReady", "state", "state", { text: "Synchronization event, not signalled" }],
    ["\\Sessions\\1\\BaseNamedObjects\\ExplorerIsShellMutex", "state", "state", { text: "Held, recursion 1" }],
    ["\\BaseNamedObjects\\SM0:612:64:WilError_03_p0", "state", "state", { text: "Count 1 of 2147483647" }],
    ["\\KnownDlls\\ntdll.dll", "state", "state", { text: "Image, 2,064,384 bytes" }],
    ["\\ObjectTypes\\Device", "objectType", "poolType", { name: "NonPagedPoolNx" }],
    ["\\Driver\\Null", "driver", "service", { text: "Null" }],
    ["\\Driver\\PnpManager", "driver", "service", { text: "None: made by the kernel itself" }],
    ["\\Device\\Beep", "device", "deviceType", { name: "FILE_DEVICE_BEEP" }],
    ["\\Device\\Null", "general", "handleCount", { value: 0 }],
    ["\\DosDevices", "link", "target", { text: "\\??" }],
    ["\\", "directory", "entries", { kind: "number" }],
  ])("%s: %s.%s", async (path, section, id, expected) => {
    const { sections } = unwrap(await shared.describe(path, { open: false }));
    expect(fieldOf(sections, section, id)).toMatchObject(expected);
  });

  it("does not count the handle that the question itself takes", async () => {
    const { machine } = createTestMachine();
    const handles = async (open: boolean) =>
      fieldOf(unwrap(await machine.describe("\\Device\\Null", { open })).sections, "general", "handleCount");
    const before = await handles(false);
    expect(await handles(true)).toEqual(before);
    const opened = unwrap(await machine.open({ path: "\\\\.\\NUL", access: "r" }));
    expect(unwrap(await machine.handles("own"))).toEqual([
      expect.objectContaining({ handle: opened.handle, type: "File", path: "\\Device\\Null", process: "ntscope.exe" }),
    ]);
  });

  it("lists the handles of every process, each of its own table", async () => {
    const { machine, events } = createTestMachine();
    const told = () => events.filter(({ kind }) => kind === "handlesChanged").length;
    const before = told();
    const own = unwrap(await machine.open({ path: "\\\\.\\NUL", access: "r" }));
    expect(told()).toBe(before + 1);
    const all = unwrap(await machine.handles("all"));
    const ofProcess = (name: string) => all.filter(({ process }) => process === name);
    expect(new Set(all.map(({ process }) => process))).toEqual(
      new Set(["csrss.exe", "svchost.exe", "explorer.exe", "ntscope.exe"]),
    );
    expect(ofProcess("ntscope.exe").map(({ handle }) => handle)).toEqual([own.handle]);
    expect(ofProcess("svchost.exe").find(({ type }) => type === "ALPC Port")?.path).toMatch(/^\\RPC Control\\/);
    expect(new Set(ofProcess("csrss.exe").map(({ handle }) => handle)).size).toBe(ofProcess("csrss.exe").length);
  });
});

describe("structures, pool and filter", () => {
  it("dumps a layout, and a live object by its path", async () => {
    const machine = shared;
    const layout = unwrap(await machine.structure("nt!_driver_object"));
    expect(layout).toMatchObject({ type: "DRIVER_OBJECT", size: 0x150 });
    expect(layout.fields.every(({ value }) => value === undefined)).toBe(true);
    const live = unwrap(await machine.structure("DRIVER_OBJECT", "\\Driver\\Null"));
    const field = (name: string) => live.fields.find((each) => each.name === name)?.value;
    expect(field("DriverName")).toEqual({ value: { kind: "text", text: "\\Driver\\Null" } });
    expect(field("DeviceObject")).toMatchObject({
      value: { kind: "address", symbol: "\\Device\\Null", structure: "DEVICE_OBJECT" },
    });
    const header = unwrap(await machine.structure("OBJECT_HEADER", "\\Driver\\Null"));
    expect(header.fields.find(({ name }) => name === "PointerCount")?.value).toMatchObject({
      value: { kind: "number" },
    });
  });

  it("says what cannot be read instead of failing as a whole", async () => {
    const machine = shared;
    const nowhere = unwrap(await machine.structure("KEVENT", "0xfffff6fb7dbed000"));
    expect(nowhere.fields[0]?.value).toBeDefined();
    expect(errorOf(await machine.structure("NOT_A_STRUCTURE"))).toBe("unknown-structure");
    expect(errorOf(await machine.structure("KEVENT", "zzz"))).toBe("bad-address");
    expect(errorOf(await machine.structure("KEVENT", "\\Nope"))).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
  });

  it("counts pool by tag", async () => {
    const machine = shared;
    const devices = unwrap(await machine.pool("Devi"));
    expect(devices).toHaveLength(1);
    expect(devices[0]?.bytes).toBeGreaterThan(0);
    expect(unwrap(await machine.pool("Dev*")).length).toBeGreaterThanOrEqual(1);
    expect(unwrap(await machine.pool("zzzz"))).toEqual([]);
    const { blocks, total } = unwrap(await machine.poolBlocks("Devi"));
    expect(blocks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(devices[0]?.bytes);
    expect(total).toBe(blocks.length);
    for (const tag of ["", "\0\ud800", "x".repeat(1000)]) {
      expect(unwrap(await machine.poolBlocks(tag))).toEqual({ blocks: [], total: 0 });
    }
  });

  it("boots with the debug print filter of a driver developer, which can be changed", async () => {
    const { machine, printed } = createTestMachine();
    const mask = async () => unwrap(await machine.debugFilter()).find(({ name }) => name === "DEFAULT")?.mask;
    expect(await mask()).toBe(0xf);
    unwrap(await machine.setDebugFilter(101, 3, false));
    expect(await mask()).toBe(0x7);
    unwrap(await machine.createService({ name: "hello", binPath: "builtin:hello", type: "kernel" }));
    unwrap(await machine.startService("hello"));
    expect(printed()).toEqual([]);
    const dropped = unwrap(await machine.debugFilter()).find(({ name }) => name === "DEFAULT")?.dropped;
    expect(dropped).toBe(1);
    expect(errorOf(await machine.setDebugFilter(4711, 3, true))).toBe("bad-component");
    expect(errorOf(await machine.setDebugFilter(101, -1, true))).toBe("bad-level");
  });
});

describe("bad input", () => {
  it.each([-1, Number.NaN, 0.5, 2 ** 53, Number.POSITIVE_INFINITY])(
    "refuses %s as a length, an offset or a limit",
    async (size) => {
      const machine = shared;
      const { handle } = unwrap(await machine.open({ path: "NUL", access: "rw" }));
      expect(errorOf(await machine.read(handle, size))).toBe("bad-length");
      expect(errorOf(await machine.read(handle, 1, size))).toBe("bad-offset");
      expect(errorOf(await machine.write(handle, new Uint8Array(1), size))).toBe("bad-offset");
      expect(errorOf(await machine.close(size))).toBe("bad-handle");
      expect(errorOf(await machine.find({ pattern: "*", limit: size }))).toBe("bad-limit");
    },
  );

  it("answers for handles that are not open", async () => {
    const machine = shared;
    expect(errorOf(await machine.close(0x4000))).toBe("STATUS_INVALID_HANDLE");
    expect(errorOf(await machine.read(0x4000, 1))).toBe("STATUS_INVALID_HANDLE");
  });

  it.each(["", "Device", "\\", "\\\0", "\\Device\\\ud800", `\\${"x".repeat(70_000)}`, "\\Device\\", "\\\\", "\\??\\"])(
    "takes the path %j",
    async (path) => {
      const machine = shared;
      for (const answer of [
        await machine.list(path),
        await machine.describe(path, { open: true }),
        await machine.open({ path, access: "r" }),
        await machine.resolve(path),
      ]) {
        if (!answer.ok) expect(answer.error.message).toMatch(/\w/);
      }
      expect((await machine.info()).state.kind).toBe("running");
    },
  );

  it("takes any path, in every question, and goes on", async () => {
    const { machine } = createTestMachine();
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom("\\", "\\??\\", "\\Device", "\\.\\", "C:", "*", "?", "NUL", "Global", "GLOBALROOT"),
    );
    const anyPath = fc.array(unit, { maxLength: 12 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(anyPath, async (path) => {
        const answers = [
          await machine.list(path),
          await machine.describe(path, { open: true }),
          await machine.resolve(path),
          await machine.find({ pattern: path, limit: 3 }),
          await machine.structure("OBJECT_HEADER", path),
          await machine.queryService(path),
          await machine.createService({ name: path, binPath: path, type: "kernel" }),
          await machine.startService(path),
          await machine.pool(path),
        ];
        for (const answer of answers) if (!answer.ok) expect(answer.error.name).not.toBe("machine-stopped");
        const opened = await machine.open({ path, access: "rw" });
        if (opened.ok) unwrap(await machine.close(opened.value.handle));
      }),
      { numRuns: 200 },
    );
    expect((await machine.info()).state.kind).toBe("running");
    expect(unwrap(await machine.handles("own"))).toEqual([]);
  });
});
