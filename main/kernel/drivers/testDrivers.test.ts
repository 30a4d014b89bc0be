/** The twins of the drivers in C, as the window and the command line reach them: through the machine. */
import { describe, expect, it } from "vitest";
import { STATUS_OBJECT_NAME_COLLISION } from "../../../native-bindings/abi/ntstatus/codes";
import type { ControlRequest, MachineEvent } from "../../machine/machine";
import { createTestMachine, errorOf, unwrap } from "../testMachine";
import type { DriverEntry } from "../wdk/ddk";

const text = new TextEncoder();
const buffered = 0x222000;
const inDirect = 0x222005;
const outDirect = 0x22200a;
const neither = 0x22200f;

async function load(driver: string) {
  const test = createTestMachine();
  unwrap(await test.machine.createService({ name: "driver", binPath: `builtin:${driver}`, type: "kernel" }));
  unwrap(await test.machine.startService("driver"));
  test.printed();
  const open = async (path: string) => unwrap(await test.machine.open({ path, access: "rw" })).handle;
  const unload = async () => unwrap(await test.machine.stopService("driver")).state;
  return { ...test, open, unload };
}

async function pool(test: Awaited<ReturnType<typeof load>>, tag: string): Promise<number> {
  return unwrap(await test.machine.pool(tag)).reduce((sum, { allocations, frees }) => sum + allocations - frees, 0);
}

describe("builtin:ioctl-methods", () => {
  async function device() {
    const test = await load("ioctl-methods");
    const handle = await test.open("\\\\.\\IoctlMethods");
    const control = (request: Partial<ControlRequest>) =>
      test.machine.control(handle, { code: buffered, input: new Uint8Array(), outputLength: 0, ...request });
    return { ...test, handle, control };
  }

  it.each([
    ["METHOD_BUFFERED", buffered],
    ["METHOD_OUT_DIRECT", outDirect],
    ["METHOD_NEITHER", neither],
  ])("gives the input back reversed with %s", async (_name, code) => {
    const { control } = await device();
    const answer = unwrap(await control({ code, input: new Uint8Array([1, 2, 3]), outputLength: 16 }));
    expect(answer).toMatchObject({ information: 3, data: new Uint8Array([3, 2, 1]) });
  });

  it("has too little room with STATUS_BUFFER_TOO_SMALL", async () => {
    const { control } = await device();
    expect(errorOf(await control({ input: new Uint8Array(4), outputLength: 2 }))).toBe("STATUS_BUFFER_TOO_SMALL");
  });

  it("reads both buffers with METHOD_IN_DIRECT, and needs the second", async () => {
    const { control, printed } = await device();
    const input = new Uint8Array([10, 11, 12]);
    const answer = await control({ code: inDirect, input, outputLength: 4, output: new Uint8Array([1, 1, 1, 1]) });
    expect(unwrap(answer)).toMatchObject({ information: 0, data: new Uint8Array() });
    expect(printed()).toEqual(["in direct: 3 bytes with sum 33, then 4 bytes with sum 4\n"]);
    expect(errorOf(await control({ code: inDirect, input }))).toBe("STATUS_INVALID_USER_BUFFER");
  });

  it("knows no other code", async () => {
    const { control } = await device();
    expect(errorOf(await control({ code: 0x222010 }))).toBe("STATUS_INVALID_DEVICE_REQUEST");
  });

  it("takes empty buffers with METHOD_NEITHER, whose pointers it never follows then", async () => {
    const { control } = await device();
    expect(unwrap(await control({ code: neither })).information).toBe(0);
  });

  it("is asked nothing that makes no sense", async () => {
    const { control } = await device();
    for (const code of [-1, 0.5, 2 ** 32]) expect(errorOf(await control({ code }))).toBe("bad-code");
    expect(errorOf(await control({ outputLength: -1 }))).toBe("bad-length");
    expect(errorOf(await control({ outputLength: 1, output: new Uint8Array(2) }))).toBe("bad-output");
  });
});

describe("builtin:pend-cancel", () => {
  async function device() {
    const test = await load("pend-cancel");
    return { ...test, handle: await test.open("\\\\.\\PendCancel") };
  }

  it("gives a waiting read what another handle writes", async () => {
    const { machine, handle, open, printed, unload } = await device();
    const reading = machine.read(handle, 16);
    const other = await open("\\\\.\\PendCancel");
    expect(printed()).toEqual(["read pends\n"]);
    expect(unwrap(await machine.write(other, text.encode("late"))).information).toBe(4);
    expect(new TextDecoder().decode(unwrap(await reading).data)).toBe("late");
    expect(unwrap(await machine.write(other, text.encode("lost"))).information).toBe(0);
    unwrap(await machine.close(handle));
    unwrap(await machine.close(other));
    expect(await unload()).toBe("STOPPED");
  });

  it("ends a read that is cancelled with STATUS_CANCELLED", async () => {
    const { machine, handle, printed, events } = await device();
    const controller = new AbortController();
    const reading = machine.read(handle, 16, undefined, controller.signal);
    expect((await machine.pending()).map(({ operation }) => operation)).toEqual(["IRP_MJ_READ"]);
    controller.abort();
    expect(errorOf(await reading)).toBe("STATUS_CANCELLED");
    expect(printed()).toEqual(["read pends\n", "read cancelled\n"]);
    expect(await machine.pending()).toEqual([]);
    const reports = (event: MachineEvent) => event.kind === "report";
    expect(events.filter(reports)).toEqual([]);
  });

  it("a synchronous handle takes the second read only when the first is over", async () => {
    const { machine, handle, open, printed } = await device();
    const other = await open("\\\\.\\PendCancel");
    const reads = [machine.read(handle, 16), machine.read(handle, 16)];
    expect((await machine.pending()).length).toBe(1);
    expect(printed()).toEqual(["read pends\n"]);
    for (const said of ["first", "second"])
      expect(unwrap(await machine.write(other, text.encode(said))).information).toBe(said.length);
    const answers = (await Promise.all(reads)).map((answer) => new TextDecoder().decode(unwrap(answer).data));
    expect(answers).toEqual(["first", "second"]);
  });

  it("a read that waits for its turn can be given up", async () => {
    const { machine, handle, printed } = await device();
    const controller = new AbortController();
    void machine.read(handle, 16);
    const waiting = machine.read(handle, 16, undefined, controller.signal);
    controller.abort();
    expect(errorOf(await waiting)).toBe("STATUS_CANCELLED");
    expect([printed(), await machine.pending()]).toEqual([["read pends\n"], [expect.anything()]]);
  });

  it("ends the reads of a handle that is closed, oldest first", async () => {
    const { machine, printed } = await device();
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\PendCancel", access: "rw", overlapped: true }));
    const reads = [machine.read(handle, 16), machine.read(handle, 16)];
    unwrap(await machine.close(handle));
    expect((await Promise.all(reads)).map(errorOf)).toEqual(["STATUS_CANCELLED", "STATUS_CANCELLED"]);
    expect(printed()).toEqual(["read pends\n", "read pends\n", "read cleaned up\n", "read cleaned up\n"]);
  });
});

describe("a request whose driver gives nothing up", () => {
  it("stays, and its caller waits no longer", async () => {
    const { machine } = await load("mistakes");
    const controller = new AbortController();
    const opening = machine.open({ path: "\\\\.\\Mistakes\\never-complete", access: "rw" }, controller.signal);
    expect(await machine.pending()).toHaveLength(1);
    controller.abort();
    expect(errorOf(await opening)).toBe("cancelled");
    expect(await machine.pending()).toHaveLength(1);
  });
});

describe("builtin:prints", () => {
  async function print(what: string) {
    const { machine, open, prints, printed } = await load("prints");
    const handle = await open("\\\\.\\Prints");
    expect(unwrap(await machine.write(handle, text.encode(what))).information).toBe(what.length);
    return { texts: printed(), prints };
  }

  it("prints with component and level, which the masks hold back", async () => {
    const { prints } = await print("l");
    expect(prints.map(({ component, level, text: line }) => [component, level, line])).toEqual([
      [77, 0, "level error\n"],
      [101, 0, "component default\n"],
      [101, 3, "no level\n"],
    ]);
  });

  it("cuts a long line at 512 bytes", async () => {
    const [line = ""] = (await print("w")).texts;
    expect(line).toHaveLength(512);
    expect(line.startsWith("0000 0005")).toBe(true);
  });

  it("prints pieces, escape codes and 10,000 lines as they are", async () => {
    expect((await print("u")).texts).toEqual(["unfinished, ", "finished\n"]);
    expect((await print("e")).texts).toEqual(["\x1b[31mred\x1b[0m \x1b]0;title\x07 bell\x07 tab\there \xff\xfe\n"]);
    const { texts } = await print("b");
    expect([texts.length, texts[0], texts.at(-1)]).toEqual([10_000, "burst 00000\n", "burst 09999\n"]);
  });

  it("knows no other letter", async () => {
    const { machine, open } = await load("prints");
    const handle = await open("\\\\.\\Prints");
    expect(errorOf(await machine.write(handle, text.encode("x")))).toBe("STATUS_INVALID_PARAMETER");
    expect(errorOf(await machine.write(handle, new Uint8Array()))).toBe("STATUS_INVALID_PARAMETER");
  });
});

describe("builtin:sanctum", () => {
  it("has a device and a link, and cannot be opened", async () => {
    const { machine, printed, unload } = await load("sanctum");
    expect(unwrap(await machine.resolve("\\\\.\\SanctumEDR")).reached?.path).toBe("\\Device\\SanctumEDR");
    expect(errorOf(await machine.open({ path: "\\\\.\\SanctumEDR", access: "rw" }))).toBe(
      "STATUS_INVALID_DEVICE_REQUEST",
    );
    expect(await unload()).toBe("STOPPED");
    expect(printed()).toEqual(["[sanctum] driver unloaded successfully...\n"]);
  });

  it("fails as the article says when the link exists, and leaves nothing", async () => {
    const linkMaker: DriverEntry = (ddk) => ddk.IoCreateSymbolicLink("\\??\\SanctumEDR", "\\Device\\Null");
    const { machine, printed } = createTestMachine(async (binPath) =>
      binPath.endsWith(".js") ? { name: "links", entry: linkMaker, places: () => [], dispose: () => {} } : undefined,
    );
    for (const [name, binPath] of [
      ["links", "C:\\links.js"],
      ["sanctum", "builtin:sanctum"],
    ] as const) {
      unwrap(await machine.createService({ name, binPath, type: "kernel" }));
    }
    unwrap(await machine.startService("links"));
    expect(errorOf(await machine.startService("sanctum"))).toBe("ERROR_GEN_FAILURE");
    expect(printed()).toEqual([
      `[sanctum] [-] Failed to create driver symbolic link. Error: ${STATUS_OBJECT_NAME_COLLISION | 0}\n`,
      "[sanctum] driver unloaded successfully...\n",
    ]);
    for (const path of ["\\Device\\SanctumEDR", "\\Driver\\sanctum"]) {
      expect(errorOf(await machine.describe(path, { open: false }))).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
    }
  });
});

describe("builtin:poor-mans-pipes", () => {
  it("shares a buffer among those who open the same name, in whatever case", async () => {
    const test = await load("poor-mans-pipes");
    const { machine, open, unload } = test;
    const [one, two, other] = [
      await open("\\\\.\\Example\\Hello"),
      await open("\\\\.\\Example\\HELLO"),
      await open("\\\\.\\Example"),
    ];
    expect(await pool(test, "Pipe")).toBe(2);
    expect(unwrap(await machine.write(one, text.encode("abc"))).information).toBe(3);
    expect(unwrap(await machine.read(other, 9)).information).toBe(0);
    expect(new TextDecoder().decode(unwrap(await machine.read(two, 2)).data)).toBe("ab");
    expect(new TextDecoder().decode(unwrap(await machine.read(one, 9)).data)).toBe("c");
    for (const handle of [one, two, other]) unwrap(await machine.close(handle));
    expect(await pool(test, "Pipe")).toBe(0);
    expect(await unload()).toBe("STOPPED");
  });

  it("ignores what does not fit, and goes round the end of the buffer", async () => {
    const { machine, open } = await load("poor-mans-pipes");
    const handle = await open("\\\\.\\Example");
    const fill = async (bytes: number, value: number) =>
      unwrap(await machine.write(handle, new Uint8Array(bytes).fill(value))).information;
    expect([await fill(4000, 1), await fill(200, 2), await fill(1, 3)]).toEqual([4000, 96, 0]);
    expect(unwrap(await machine.read(handle, 4090)).information).toBe(4090);
    expect(await fill(100, 4)).toBe(100);
    const rest = unwrap(await machine.read(handle, 4096)).data;
    expect(rest).toEqual(new Uint8Array([...new Uint8Array(6).fill(2), ...new Uint8Array(100).fill(4)]));
  });
});
