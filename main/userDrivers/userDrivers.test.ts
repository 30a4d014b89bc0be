/** Drivers in a file of the user's, on a whole model machine: what they can do, and what they can't get out of. */
import { describe, expect, it } from "vitest";
import { unwrap } from "../kernel/testMachine";
import { createUserDriver } from "./testUserDriver";

const echo = `
import {
  Access, Device, DeviceDoFlags, DeviceFlags, DeviceOperations, DeviceType, type Driver, KernelModule, kernelModule,
  type ReadRequest, SymbolicLink, type WriteRequest, println,
} from "ntscope/driver";

class Echo extends DeviceOperations {
  private kept: Uint8Array = new Uint8Array(0);
  override read(_device: Device, request: ReadRequest): void {
    const slice = request.userPtr().asMutSlice();
    const size = Math.min(slice.length, this.kept.length);
    slice.copyFrom(this.kept.slice(0, size));
    request.complete(size);
  }
  override write(_device: Device, request: WriteRequest): void {
    this.kept = request.userPtr().asSlice();
    console.log("kept", this.kept.length, "bytes", { of: 1n });
    request.complete(this.kept.length);
  }
}

class Module extends KernelModule {
  protected readonly fields;
  constructor(device: Device, link: SymbolicLink) {
    super();
    this.fields = [device, link];
  }
}

export default kernelModule((driver: Driver) => {
  println(driver.ddk, "hello \\u00e4");
  const device = driver.createDevice("\\\\Device\\\\Echo", DeviceType.Unknown, DeviceFlags.NONE, Access.NonExclusive,
    new Echo(), DeviceDoFlags.BUFFERED_IO);
  return new Module(device, SymbolicLink.create(driver.ddk, "\\\\??\\\\Echo", "\\\\Device\\\\Echo"));
});
`;

/** DriverEntry with these statements, in lines from 2 on. */
const entry = (...lines: string[]) =>
  ["export default function entry(ddk, driverObject, registryPath) {", ...lines, "}"].join("\n");

describe("a driver in a file", () => {
  it("starts, opens, writes, reads, stops and leaves nothing behind", async () => {
    const { machine, start, printed, disposed, events } = await createUserDriver(echo);
    expect(await start()).toBeUndefined();
    expect(printed()).toEqual(["hello \u00e4\n"]);
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\Echo", access: "rw" }));
    expect(unwrap(await machine.write(handle, new Uint8Array([1, 0, 255])))).toMatchObject({ information: 3 });
    expect(printed()).toEqual(['kept 3 bytes {"of":"1n"}\n']);
    expect([...(unwrap(await machine.read(handle, 10)).data ?? [])]).toEqual([1, 0, 255]);
    unwrap(await machine.close(handle));
    expect(unwrap(await machine.stopService("x")).state).toBe("STOPPED");
    expect(disposed).toEqual([true]);
    expect(events.filter((event) => event.kind === "report")).toEqual([]);
  });

  it("prints what a driver of the program's prints, and passes names with odd characters as they are", async () => {
    const { machine, start, printed } = await createUserDriver(
      entry(
        'const made = ddk.IoCreateDevice(driverObject, 0, "\\\\Device\\\\\\0a\\ud800\\u{1f600}", 0x22, 0, false);',
        'ddk.DbgPrint("%x %s %ws %I64d\\n", made.status, ddk.unicodeString(registryPath), "w\\u20ac", -5n);',
        "const at = ddk.ExAllocatePool2(0x40, 32, 'Test');",
        "ddk.memory.writeBytes(at, new Uint8Array([9, 1, 2, 3, 4]).subarray(1));",
        "ddk.memory.writeU64(at + 8, 0xfedcba9876543210n);",
        "console.log(ddk.memory.readBytes(at, 4), ddk.memory.readU64(at + 8), ddk.memory.readBytes(at, 0).length, null);",
        "ddk.ExFreePoolWithTag(at, 'Test');",
        "return 0;",
      ),
    );
    expect(await start()).toBeUndefined();
    expect(printed()).toEqual([
      "0 \\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\x w\u20ac -5\n",
      '{"0":1,"1":2,"2":3,"3":4} 18364758544493064720 0 null\n',
    ]);
    const names = unwrap(await machine.list("\\Device")).entries.map(({ name }) => name);
    expect(names).toContain("\0a\ud800\u{1f600}");
  });

  it("gives each start a sandbox of its own", async () => {
    const { machine, start, printed, disposed } = await createUserDriver(
      `let count = 0;\nexport default (ddk, driver) => {
        ddk.memory.writePointer(driver + 0x68, ddk.routine("Unload", () => console.log("bye", ++count)));
        console.log("hi", ++count);
        return 0;
      }`,
    );
    await start();
    await machine.stopService("x");
    await start();
    expect(printed()).toEqual(["hi 1\n", "bye 2\n", "hi 1\n"]);
    expect(disposed).toEqual([true, false]);
    await machine.restart();
    expect(disposed).toEqual([true, true]);
  });

  it("takes the status that DriverEntry returns, or that the framework throws, for its failure", async () => {
    const returned = await createUserDriver(entry("return 0xc0000022;"));
    expect(await returned.start()).toMatchObject({ code: 5 });
    expect(returned.disposed).toEqual([true]);
    const thrown = await createUserDriver(
      'import { NtError } from "ntscope/driver"; export default () => { throw NtError.ACCESS_DENIED; }',
    );
    expect(await thrown.start()).toMatchObject({ code: 5 });
    expect(await thrown.bugcheck()).toBeUndefined();
  });

  it("is not called missing when its DriverEntry found something missing", async () => {
    const { start } = await createUserDriver(entry("return 0xc0000034;"));
    expect((await start())?.message).toMatch(/ It is what the driver's own DriverEntry returned\.$/);
  });

  it("is not read again while it runs, nor kept when nothing starts it", async () => {
    const { machine, start, disposed } = await createUserDriver(entry("return 0;"));
    await start();
    expect((await start())?.name).toBe("ERROR_SERVICE_ALREADY_RUNNING");
    unwrap(await machine.createService({ name: "y", binPath: "/test/y.ts", type: "kernel", start: "disabled" }));
    expect(await machine.startService("y")).toMatchObject({ ok: false });
    expect(disposed).toEqual([false, true]);
  });
});

describe("a file that is no driver", () => {
  it.each([
    ["let x: number = 1;\nlet y: string = ;\n", "x.ts:2:17: Unexpected token"],
    ["export default () => 0;\nclass A { a() { return await 1; } }", "x.ts:2:"],
    ["export const a = 1;", '"export default" must give a function'],
    ["export default 5;", '"export default" must give a function'],
    ["export default () => 0;\n\nnull.x;", "x.ts:3:5: TypeError: cannot read property 'x' of null"],
    ["export default () => 0;\nthrow 5;", "x.ts: thrown: 5"],
    ['import fs from "fs";\nfs();\nexport default () => 0;', '"fs" can\'t be imported: a driver is one file'],
    ['import { x } from "./y.ts";\nexport default () => x;', '"y.ts" can\'t be imported'],
    ['import { nothing } from "ntscope/driver";\nexport default () => nothing();', "nothing"],
    ["await 1;\nexport default () => 0;", '"await" outside of functions'],
    ["console.log(1);\nexport default () => 0;", "there is no kernel yet"],
    ["import { completeIrp } from 'ntscope/driver';\ncompleteIrp();\nexport default () => 0;", "x.ts:2:"],
  ])("says what is wrong with %j", async (text, message) => {
    const { start, disposed } = await createUserDriver(text);
    const error = await start();
    expect(error).toMatchObject({ domain: "win32", code: 193, name: "ERROR_BAD_EXE_FORMAT" });
    expect(error?.message).toContain(message);
    expect(disposed).toEqual([]);
  });

  it("ends one that never comes to its end", async () => {
    let time = 0;
    const { start } = await createUserDriver("for (;;);\nexport default () => 0;", {
      now: () => time++,
      runLimit: 5,
    });
    expect((await start())?.message).toContain("has run for 0.005 s without returning");
  });
});

describe("a driver that throws", () => {
  it("stops the machine with its words and its lines", async () => {
    const { start, bugcheck, disposed } = await createUserDriver(
      [
        "interface Unused { a: number }",
        "function inner(value: number | undefined): never {",
        "  throw new RangeError('no ' + value);",
        "}",
        "export default (): number => {",
        "  return inner(1);",
        "};",
      ].join("\n"),
    );
    expect((await start())?.name).toBe("machine-stopped");
    expect(await bugcheck()).toMatchObject({
      name: "KMODE_EXCEPTION_NOT_HANDLED",
      rule: expect.stringContaining("RangeError: no 1 (at inner (x.ts:3), at"),
    });
    expect((await bugcheck())?.rule).toMatch(/\(x\.ts:6\)\)$/);
    await Promise.resolve();
    expect(disposed).toEqual([true]);
  });

  it.each([
    ["throw undefined;", "thrown: undefined"],
    ["throw { get message() { throw 1; }, name: Symbol.iterator };", "threw an exception"],
    ["throw new Proxy(new Error('x'), { get() { for (;;); } });", "has run for"],
    ["throw Object.assign(new Error('y'), { toStatus: () => { throw 1; } });", "can't be looked at"],
    ["return 'text';", "returned a value of type string"],
    ["return null;", "returned null"],
    ["return { then() {} };", "returned a value of type object"],
    ["return Promise.resolve(0);", "returned a promise; a routine that waits is a function*"],
    ["return (function* () { yield 5; })();", "yields something else"],
    ["ddk.IoCreateDevice(driverObject, 0, {});", "IoCreateDevice: argument 3 is no number"],
    ["ddk.IoCreateDevice(driverObject, 0, new Proxy([], {}));", "IoCreateDevice: argument 3 is no number"],
    ["ddk.memory.writeBytes(0, { __proto__: Uint8Array.prototype });", "argument 2 is no number"],
    ["ddk.memory.readBytes(driverObject, 1e12);", "more than 16777216 bytes"],
    ["ddk.memory.mapPages(1);", "not a function"],
    ["ddk.memory = 1;", "read-only"],
    ["ddk.KeBugCheckEx = 1;", "read-only"],
  ])("or returns nonsense: %s", async (statement, rule) => {
    let time = 0;
    const { start, bugcheck } = await createUserDriver(entry(statement), { now: () => time++, runLimit: 50 }, "x.js");
    expect((await start())?.name).toBe("machine-stopped");
    expect(await bugcheck()).toMatchObject({ name: "KMODE_EXCEPTION_NOT_HANDLED" });
    expect((await bugcheck())?.rule).toContain(rule);
  });

  it("may handle a fault at a user's address, but not one at the kernel's", async () => {
    const handled = await createUserDriver(
      entry(
        "try { ddk.memory.readU32(0x10); } catch (fault) { console.log(fault.name, fault.address, fault.operation); }",
        "return 0;",
      ),
    );
    expect(await handled.start()).toBeUndefined();
    expect(handled.printed()).toEqual(["KernelFault 16 read\n"]);
    const kernel = await createUserDriver(
      entry("try { ddk.memory.readU32(-4096); } catch { console.log('caught'); }", "return 0;"),
    );
    await kernel.start();
    expect(kernel.printed()).toEqual([]);
    expect(await kernel.bugcheck()).toMatchObject({ name: "PAGE_FAULT_IN_NONPAGED_AREA" });
  });

  it("says where a fault happened that nobody handled", async () => {
    const { start, bugcheck } = await createUserDriver(entry("ddk.memory.readU32(0);", "return 0;"));
    await start();
    expect(await bugcheck()).toMatchObject({ name: "SYSTEM_SERVICE_EXCEPTION" });
    expect((await bugcheck())?.rule).toContain("(at entry (x.ts:2))");
  });

  it("can't hold a bugcheck up: not by catching it, nor by what it does then", async () => {
    const { start, bugcheck, printed, disposed } = await createUserDriver(
      entry(
        "for (;;) {",
        "  try { ddk.KeBugCheckEx(0xe2, 1, 2, 3, 4); } catch { } finally {",
        "    try { console.log('still here'); } catch { }",
        "  }",
        "}",
      ),
    );
    expect((await start())?.name).toBe("machine-stopped");
    expect(await bugcheck()).toMatchObject({ name: "MANUALLY_INITIATED_CRASH" });
    expect(printed()).toEqual([]);
    await Promise.resolve();
    expect(disposed).toEqual([true]);
  });

  it("is shown with the line at which each of its routines stood when a routine of the kernel stopped the machine", async () => {
    const { start, machine, pass, bugcheck } = await createUserDriver(
      [
        'import { completeIrp, createNamedDevice, dispatchRoutine, setMajorFunction, STATUS_SUCCESS } from "ntscope/driver";',
        "interface Unused { a: number }",
        "export default (ddk: any, driver: number): number => {",
        "  const give = (irp: number) =>",
        "    completeIrp(ddk, irp, STATUS_SUCCESS);",
        "  const inner = ddk.routine('Inner', (irp: number) => {",
        "    give(irp);",
        "    give(irp);",
        "  });",
        "  const create = dispatchRoutine(ddk, 'Create', function* (_device: number, irp: number) {",
        "    yield* ddk.KeDelayExecutionThread(-10_000n);",
        "    ddk.call(inner, irp);",
        "    return 0;",
        "  });",
        "  setMajorFunction(ddk, driver, 0, create);",
        "  return createNamedDevice(ddk, driver, { deviceName: '\\\\Device\\\\X', linkName: '\\\\??\\\\X' }).status;",
        "};",
      ].join("\n"),
    );
    expect(await start()).toBeUndefined();
    const opening = machine.open({ path: "\\\\.\\X", access: "r" });
    await machine.handles("all");
    pass(1);
    expect((await opening).ok).toBe(false);
    expect((await bugcheck())?.stack).toEqual(["nt!IofCompleteRequest", "x!Inner (x.ts:5)", "x!Create (x.ts:12)"]);
  });

  it("is stopped when it never returns", async () => {
    let time = 0;
    const { start, bugcheck } = await createUserDriver(
      entry("for (;;) { try { for (;;); } catch { } finally { for (;;); } }"),
      { now: () => time++, runLimit: 50 },
    );
    expect((await start())?.name).toBe("machine-stopped");
    expect((await bugcheck())?.rule).toContain("a routine of x.ts has run for 0.05 s without returning");
  });
});

describe("the sandbox", () => {
  it.each([
    ['this.constructor.constructor("return typeof process")()', "undefined"],
    ['ddk.DbgPrint.constructor("return typeof process")()', "undefined"],
    ['console.log.constructor("return typeof require")()', "undefined"],
    ["typeof globalThis.process", "undefined"],
    ["typeof Date + typeof Math.random + typeof setTimeout + typeof fetch", "undefinedundefinedundefinedundefined"],
    ["typeof performance + typeof WebAssembly + typeof Atomics", "undefinedundefinedundefined"],
    ["Object.isFrozen(ddk) && Object.isFrozen(ddk.memory)", "true"],
    ['import("fs") instanceof Promise', "true"],
    ["ddk.memory.pages", "undefined"],
  ])("has no way out by %s", async (expression, value) => {
    const { start, printed } = await createUserDriver(
      entry(`console.log((function () { return ${expression}; }).call(globalThis));`, "return 0;"),
      {},
      "x.js",
    );
    expect(await start()).toBeUndefined();
    expect(printed()).toEqual([`${value}\n`]);
  });

  it.each([
    ["recursion", "const f = () => f() + 1; return f();", "InternalError: stack overflow"],
    [
      "recursion through built-in functions",
      "const f = () => [1].map(f); return f();",
      "InternalError: stack overflow",
    ],
    ["deep JSON", "JSON.parse('['.repeat(1e6));", "stack overflow"],
    ["recursion through the kernel", "const a = ddk.routine('R', () => ddk.call(a)); return ddk.call(a);", "deep"],
    ["memory", "const a = []; for (;;) a.push(new Uint8Array(2 ** 26));", "InternalError: out of memory"],
    ["a long text", "let s = 'x'.repeat(2 ** 25); ddk.DbgPrint(s);", "too long"],
    ["many arguments", "ddk.DbgPrint(...Array(100).fill(1));", "more than 24 arguments"],
    ["many functions", "for (;;) ddk.routine('R', () => 0);", "has no room"],
  ])(
    "bears %s",
    async (_what, statement, rule) => {
      const { machine, start, bugcheck } = await createUserDriver(entry(statement));
      expect((await start())?.name).toBe("machine-stopped");
      expect((await bugcheck())?.rule).toContain(rule);
      await machine.restart();
      unwrap(await machine.createService({ name: "hello", binPath: "builtin:hello", type: "kernel" }));
      expect(unwrap(await machine.startService("hello")).state).toBe("RUNNING");
      // Filling 256 MB takes a busy machine some seconds; this only bounds a hang.
    },
    60_000,
  );

  it("survives a driver that spoils every built-in function that its own end of the bridge may use", async () => {
    const { start, printed } = await createUserDriver(
      [
        "const bad = () => { throw new Error('spoiled'); };",
        "export default (ddk) => {",
        "  const { DbgPrint } = ddk;",
        "  JSON.parse = JSON.stringify = bad; Map.prototype.get = WeakMap.prototype.get = Array.prototype.push = bad;",
        "  Object.prototype.toStatus = 5; Error.prototype.toString = bad;",
        "  DbgPrint('%s', 'still here\\n');",
        "  return 0;",
        "};",
      ].join("\n"),
      {},
      "x.js",
    );
    expect(await start()).toBeUndefined();
    expect(printed()).toEqual(["still here\n"]);
  });
});
