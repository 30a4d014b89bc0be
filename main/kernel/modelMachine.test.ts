import { describe, expect, it } from "vitest";
import type { FieldSection, FieldValue } from "../machine/fieldValue";
import type { Machine } from "../machine/machine";
import { createTestMachine, errorOf, unwrap } from "./testMachine";

async function startService(machine: Machine, name: string, builtin: string) {
  unwrap(await machine.createService({ name, binPath: `builtin:${builtin}`, type: "kernel" }));
  return unwrap(await machine.startService(name));
}

async function names(machine: Machine, path: string): Promise<string[]> {
  return unwrap(await machine.list(path)).entries.map(({ name }) => name);
}

function fieldOf(sections: FieldSection[], section: string, id: string): FieldValue {
  const found = sections.find((each) => each.id === section)?.fields.find((each) => each.id === id)?.field;
  if (found === undefined || !("value" in found)) throw new Error(`no value of ${section}.${id}`);
  return found.value;
}

const text = new TextEncoder();

describe("article: Safe Framework", () => {
  it("greets when it is loaded and when it goes", async () => {
    const { machine, printed } = createTestMachine();
    expect(await startService(machine, "hello", "hello")).toMatchObject({ state: "RUNNING" });
    expect(printed()).toEqual(["Hello, world!\n"]);
    expect(unwrap(await machine.stopService("hello"))).toMatchObject({ state: "STOPPED" });
    expect(printed()).toEqual(["Bye bye!\n"]);
  });
});

describe("article: Creating Devices", () => {
  it("shows the driver, the device and the link, and takes them away again", async () => {
    const { machine } = createTestMachine();
    await startService(machine, "example", "example");
    expect(await names(machine, "\\Driver")).toContain("example");
    expect(await names(machine, "\\Device")).toContain("Example");
    const links = unwrap(await machine.list("\\GLOBAL??")).entries;
    expect(links).toContainEqual({ name: "Example", type: "SymbolicLink", detail: { value: "\\Device\\Example" } });
    unwrap(await machine.stopService("example"));
    expect(await names(machine, "\\Driver")).not.toContain("example");
    expect(await names(machine, "\\Device")).not.toContain("Example");
    expect(await names(machine, "\\GLOBAL??")).not.toContain("Example");
    expect(unwrap(await machine.pool("None")).map(({ allocations, frees }) => allocations - frees)).toEqual([0]);
  });

  it("prints when a program opens and closes the device", async () => {
    const { machine, printed, prints } = createTestMachine();
    await startService(machine, "example", "example");
    const opened = unwrap(await machine.open({ path: "\\\\.\\Example", access: "r" }));
    expect(opened).toMatchObject({ ntPath: "\\??\\Example", result: { status: { name: "STATUS_SUCCESS" } } });
    expect(printed()).toEqual(["userspace opened the device\n"]);
    unwrap(await machine.close(opened.handle));
    expect(printed()).toEqual(["device is no longer in use by userspace\n", "userspace closed the device\n"]);
    expect(prints.at(-1)).toMatchObject({ source: "kernel", process: "ntscope.exe", component: 101, level: 3 });
  });

  it("opens the device for its properties only when asked to", async () => {
    const { machine, printed } = createTestMachine();
    await startService(machine, "example", "example");
    const closed = unwrap(await machine.describe("\\Device\\Example", { open: false }));
    expect(closed.opened).toBeUndefined();
    expect(printed()).toEqual([]);
    const opened = unwrap(await machine.describe("\\Device\\Example", { open: true }));
    expect(opened.opened).toMatchObject({ ok: true, value: { status: { name: "STATUS_SUCCESS" } } });
    expect(fieldOf(opened.sections, "opened", "deviceType")).toMatchObject({ name: "FILE_DEVICE_UNKNOWN" });
    expect(printed()).toEqual([
      "userspace opened the device\n",
      "device is no longer in use by userspace\n",
      "userspace closed the device\n",
    ]);
  });

  it("answers a major function that the framework does not know with STATUS_INVALID_PARAMETER, once", async () => {
    const { machine } = createTestMachine();
    await startService(machine, "example", "example");
    const driver = unwrap(await machine.describe("\\Driver\\example", { open: false }));
    const table = fieldOf(driver.sections, "majorFunctions", "majorFunctions");
    if (table.kind !== "table") throw new Error("not a table");
    expect(table.rows).toHaveLength(28);
    expect(new Set(table.rows.map((row) => (row[2] as { symbol?: string }).symbol))).toEqual(
      new Set(["example!dispatch_device"]),
    );
  });

  it("keeps the device while a handle is open, and stops at the last close", async () => {
    const { machine, printed } = createTestMachine();
    await startService(machine, "example", "example");
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\Example", access: "0" }));
    expect(unwrap(await machine.stopService("example")).state).toBe("STOP_PENDING");
    expect(errorOf(await machine.open({ path: "\\\\.\\Example", access: "0" }))).toBe("STATUS_NO_SUCH_DEVICE");
    printed();
    unwrap(await machine.close(handle));
    expect(printed()).toEqual(["device is no longer in use by userspace\n", "userspace closed the device\n"]);
    expect(unwrap(await machine.queryService("example")).state).toBe("STOPPED");
    expect(await names(machine, "\\Device")).not.toContain("Example");
  });

  it("fails to load when the name is taken, and leaves nothing behind", async () => {
    const { machine } = createTestMachine();
    await startService(machine, "one", "example");
    unwrap(await machine.createService({ name: "two", binPath: "builtin:example-rw", type: "kernel" }));
    expect(errorOf(await machine.startService("two"))).toBe("ERROR_ALREADY_EXISTS");
    expect(await names(machine, "\\Driver")).not.toContain("two");
    unwrap(await machine.stopService("one"));
    expect(unwrap(await machine.startService("two")).state).toBe("RUNNING");
  });
});

describe("article: Reading and Writing", () => {
  async function openExample() {
    const test = createTestMachine();
    await startService(test.machine, "example", "example-rw");
    const { handle } = unwrap(await test.machine.open({ path: "\\\\.\\Example", access: "rw" }));
    return { ...test, handle };
  }

  it("reads back the 13 bytes that were written", async () => {
    const { machine, handle } = await openExample();
    const written = unwrap(await machine.write(handle, text.encode("Hello, world!")));
    expect(written).toMatchObject({ information: 13, status: { name: "STATUS_SUCCESS" } });
    const read = unwrap(await machine.read(handle, 4096));
    expect(read.information).toBe(13);
    expect(new TextDecoder().decode(read.data)).toBe("Hello, world!");
  });

  it("takes at most 4096 bytes of a write", async () => {
    const { machine, handle } = await openExample();
    expect(unwrap(await machine.write(handle, new Uint8Array(5000).fill(7))).information).toBe(4096);
    expect(unwrap(await machine.read(handle, 10_000)).data).toEqual(new Uint8Array(4096).fill(7));
  });

  it("refuses a write at an offset, and reads from one", async () => {
    const { machine, handle } = await openExample();
    expect(errorOf(await machine.write(handle, text.encode("x"), 1))).toBe("STATUS_END_OF_FILE");
    unwrap(await machine.write(handle, text.encode("Hello, world!"), 0));
    expect(new TextDecoder().decode(unwrap(await machine.read(handle, 5, 7)).data)).toBe("world");
    expect(unwrap(await machine.read(handle, 5, 13))).toMatchObject({ information: 0, data: new Uint8Array(0) });
    expect(unwrap(await machine.read(handle, 5, 2 ** 53 - 1)).information).toBe(0);
  });

  it("moves nothing when nothing is asked for", async () => {
    const { machine, handle } = await openExample();
    expect(unwrap(await machine.read(handle, 0)).information).toBe(0);
    expect(unwrap(await machine.write(handle, new Uint8Array(0))).information).toBe(0);
  });
});

describe("the in-box devices", () => {
  it("has a null device that reads end of file and swallows writes", async () => {
    const { machine } = createTestMachine();
    const { handle } = unwrap(await machine.open({ path: "NUL", access: "rw" }));
    expect(errorOf(await machine.read(handle, 16))).toBe("STATUS_END_OF_FILE");
    expect(unwrap(await machine.write(handle, new Uint8Array(100_000))).information).toBe(100_000);
    unwrap(await machine.close(handle));
  });

  it("says honestly what has no hardware behind it", async () => {
    const { machine } = createTestMachine();
    expect(errorOf(await machine.open({ path: "\\\\.\\PIPE\\x", access: "rw" }))).toBe("STATUS_NOT_SUPPORTED");
    expect(errorOf(await machine.open({ path: "C:\\Windows\\notepad.exe", access: "r" }))).toBe(
      "STATUS_UNRECOGNIZED_VOLUME",
    );
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\PhysicalDrive0", access: "r" }));
    expect(errorOf(await machine.read(handle, 512))).toBe("STATUS_DEVICE_NOT_READY");
    const disk = unwrap(await machine.describe("\\Device\\Harddisk0\\DR0", { open: false }));
    expect(fieldOf(disk.sections, "device", "note")).toMatchObject({ kind: "text" });
  });

  it("draws the stack of the system volume from both ends", async () => {
    const { machine } = createTestMachine();
    const volume = unwrap(await machine.devices()).find(({ path }) => path === "\\Device\\HarddiskVolume3");
    expect(volume?.attached.map(({ driver }) => driver)).toEqual([
      "\\Driver\\volume",
      "\\Driver\\iorate",
      "\\Driver\\rdyboost",
      "\\Driver\\fvevol",
      "\\Driver\\volsnap",
    ]);
    expect(volume?.links).toEqual(expect.arrayContaining(["\\GLOBAL??\\C:", "\\GLOBAL??\\HarddiskVolume3"]));
  });
});

describe("questions about the namespace", () => {
  it("describes what is not there with NT's status and where the search ended", async () => {
    const { machine } = createTestMachine();
    const missing = await machine.describe("\\Device\\Nope", { open: false });
    expect(missing).toMatchObject({ ok: false, error: { status: "0xC0000034", domain: "nt" } });
    if (!missing.ok) expect(missing.error.message).toContain('There is no "Nope" in \\Device.');
    expect(errorOf(await machine.list("\\Nope\\x"))).toBe("STATUS_OBJECT_PATH_NOT_FOUND");
    expect(errorOf(await machine.list("\\Device\\Null"))).toBe("STATUS_OBJECT_TYPE_MISMATCH");
    expect(errorOf(await machine.open({ path: "\\Device", access: "r" }))).toBe("STATUS_OBJECT_TYPE_MISMATCH");
  });

  it("follows links to directories when listing, and describes the links themselves", async () => {
    const { machine } = createTestMachine();
    const global = unwrap(await machine.list("\\GLOBAL??\\Global"));
    expect(global.path).toBe("\\GLOBAL??");
    expect(unwrap(await machine.list("\\??")).path).toBe("\\GLOBAL??");
    const link = unwrap(await machine.describe("C:", { open: true }));
    expect(link).toMatchObject({ path: "\\GLOBAL??\\C:", type: "SymbolicLink" });
    expect(link.opened).toBeUndefined();
    expect(fieldOf(link.sections, "link", "reached")).toMatchObject({ path: "\\Device\\HarddiskVolume3" });
  });

  it("resolves a DOS path hop by hop", async () => {
    const { machine } = createTestMachine();
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
    const { machine } = createTestMachine();
    const { hops, status, reached } = unwrap(await machine.resolve("\\Device\\Nope\\x"));
    expect(status.name).toBe("STATUS_OBJECT_PATH_NOT_FOUND");
    expect(reached).toBeUndefined();
    expect(hops.at(-1)).toMatchObject({ component: "Nope", within: "\\Device", remaining: "\\x" });
    expect(hops.at(-1)?.note).toBe('There is no "Nope" in \\Device.');
  });

  it("finds by name, by path and by type, and says when it stopped early", async () => {
    const { machine } = createTestMachine();
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

  it("gives up a search that nobody wants any more", async () => {
    const { machine } = createTestMachine();
    const controller = new AbortController();
    controller.abort();
    const answer = await machine.find({ pattern: "*", limit: 1_000_000 }, controller.signal);
    // A namespace of one slice is searched before anyone can interrupt.
    expect(answer.ok || answer.error.name === "cancelled").toBe(true);
  });
});

describe("structures, pool and filter", () => {
  it("dumps a layout, and a live object by its path", async () => {
    const { machine } = createTestMachine();
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
    const { machine } = createTestMachine();
    const nowhere = unwrap(await machine.structure("KEVENT", "0xfffff6fb7dbed000"));
    expect(nowhere.fields[0]?.value).toBeDefined();
    expect(errorOf(await machine.structure("NOT_A_STRUCTURE"))).toBe("unknown-structure");
    expect(errorOf(await machine.structure("KEVENT", "zzz"))).toBe("bad-address");
    expect(errorOf(await machine.structure("KEVENT", "\\Nope"))).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
  });

  it("counts pool by tag", async () => {
    const { machine } = createTestMachine();
    const devices = unwrap(await machine.pool("Devi"));
    expect(devices).toHaveLength(1);
    expect(devices[0]?.bytes).toBeGreaterThan(0);
    expect(unwrap(await machine.pool("Dev*")).length).toBeGreaterThanOrEqual(1);
    expect(unwrap(await machine.pool("zzzz"))).toEqual([]);
  });

  it("boots with the debug print filter of a driver developer, which can be changed", async () => {
    const { machine, printed } = createTestMachine();
    const mask = async () => unwrap(await machine.debugFilter()).find(({ name }) => name === "DEFAULT")?.mask;
    expect(await mask()).toBe(0xf);
    unwrap(await machine.setDebugFilter(101, 3, false));
    expect(await mask()).toBe(0x7);
    await startService(machine, "hello", "hello");
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
      const { machine } = createTestMachine();
      const { handle } = unwrap(await machine.open({ path: "NUL", access: "rw" }));
      expect(errorOf(await machine.read(handle, size))).toBe("bad-length");
      expect(errorOf(await machine.read(handle, 1, size))).toBe("bad-offset");
      expect(errorOf(await machine.write(handle, new Uint8Array(1), size))).toBe("bad-offset");
      expect(errorOf(await machine.close(size))).toBe("bad-handle");
      expect(errorOf(await machine.find({ pattern: "*", limit: size }))).toBe("bad-limit");
    },
  );

  it("answers for handles that are not open", async () => {
    const { machine } = createTestMachine();
    expect(errorOf(await machine.close(0x4000))).toBe("STATUS_INVALID_HANDLE");
    expect(errorOf(await machine.read(0x4000, 1))).toBe("STATUS_INVALID_HANDLE");
  });

  it.each(["", "Device", "\\", "\\\0", "\\Device\\\ud800", `\\${"x".repeat(70_000)}`, "\\Device\\", "\\\\", "\\??\\"])(
    "takes the path %j",
    async (path) => {
      const { machine } = createTestMachine();
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
});
