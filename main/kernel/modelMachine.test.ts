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
