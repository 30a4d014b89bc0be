/** The trace and the debugger's views through the port, on built-in drivers. */
import { describe, expect, it } from "vitest";
import { createTestMachine, errorOf, unwrap } from "./testMachine";

async function started(driver: string) {
  const test = createTestMachine();
  unwrap(await test.machine.createService({ name: "x", binPath: `builtin:${driver}`, type: "kernel" }));
  unwrap(await test.machine.startService("x"));
  return test;
}

async function majors(machine: ReturnType<typeof createTestMachine>["machine"], filter = {}) {
  const { rows, total } = unwrap(await machine.traceRows({ filter, from: 0, count: 100 }));
  expect(total).toBe(rows.length);
  return rows.map(({ major }) => major.slice("IRP_MJ_".length));
}

describe("the trace of the model machine", () => {
  it("records from the start what an open and a close sent, and gives log lines their IRP", async () => {
    const { machine, prints } = await started("example");
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\Example", access: "r" }));
    unwrap(await machine.close(handle));
    expect(await majors(machine)).toEqual(["CREATE", "CLEANUP", "CLOSE"]);
    const { rows } = unwrap(await machine.traceRows({ filter: { process: "ntscope" }, from: 1, count: 1 }));
    expect(rows).toMatchObject([{ number: 2, major: "IRP_MJ_CLEANUP", device: "\\Device\\Example" }]);
    const detail = unwrap(await machine.traceIrp(1));
    const printed = detail.steps.flatMap((step) => (step.kind === "print" ? [step.text.trim()] : []));
    expect(printed).toEqual(["userspace opened the device"]);
    expect(prints.filter(({ irp }) => irp === 1).map(({ text }) => text.trim())).toEqual(printed);
    expect(errorOf(await machine.traceIrp(99))).toBe("no-irp");
  });

  it("stops, goes on and is cleared when told, and keeps numbers over a restart", async () => {
    const { machine } = await started("example");
    const open = async () => unwrap(await machine.open({ path: "\\\\.\\Example", access: "r" }));
    await open();
    unwrap(await machine.setTraceRecording(false));
    await open();
    expect(unwrap(await machine.traceState())).toMatchObject({ isRecording: false, irps: 1, hops: 1 });
    unwrap(await machine.setTraceRecording(true));
    await open();
    expect(await majors(machine)).toEqual(["CREATE", "CREATE"]);
    unwrap(await machine.clearTrace());
    expect(unwrap(await machine.traceState())).toMatchObject({ isRecording: true, irps: 0, bytes: 0 });
    unwrap(await machine.restart());
    unwrap(await machine.createService({ name: "x", binPath: "builtin:example", type: "kernel" }));
    unwrap(await machine.startService("x"));
    await open();
    const { rows } = unwrap(await machine.traceRows({ filter: {}, from: 0, count: 9 }));
    expect(rows.map(({ number }) => number)).toEqual([3]);
  });

  it("tells of changes in one event, however many IRPs came", async () => {
    const { machine, events, pass } = await started("example");
    pass(100);
    events.length = 0;
    for (let each = 0; each < 5; each++) {
      const { handle } = unwrap(await machine.open({ path: "\\\\.\\Example", access: "r" }));
      unwrap(await machine.close(handle));
    }
    pass(100);
    const told = events.flatMap((event) => (event.kind === "traceChanged" ? [event.state.irps] : []));
    expect(told.at(-1)).toBe(15);
  });
});

describe("what a debugger shows", () => {
  it("an IRP that a driver keeps, until it is cancelled", async () => {
    const { machine } = await started("pend-cancel");
    const devices = unwrap(await machine.devices());
    const path = devices.find(({ driver }) => driver === "\\Driver\\x")?.path ?? "";
    const { handle } = unwrap(await machine.open({ path, access: "r" }));
    const abort = new AbortController();
    const reading = machine.read(handle, 16, 0, abort.signal);
    await new Promise((resolve) => setImmediate(resolve));
    const [pending] = await machine.pending();
    const irp = unwrap(await machine.irp(pending?.irp ?? ""));
    expect(irp).toMatchObject({ stackCount: 1, currentLocation: 1, isCancelled: false, number: 2 });
    expect(irp.cancelRoutine).toBe("pend-cancel!CancelRead");
    expect(irp.locations).toMatchObject([
      { isCurrent: true, isUsed: true, major: "IRP_MJ_READ", driver: "\\Driver\\x", completionRoutine: "" },
    ]);
    expect(irp.locations[0]?.parameters[0]).toBe("0x0000000000000010");
    abort.abort();
    await reading;
    expect(unwrap(await machine.traceIrp(2)).row).toMatchObject({ wasCancelled: true });
    expect(errorOf(await machine.irp(irp.address))).toBe("no-irp");
    expect(errorOf(await machine.irp("zzz"))).toBe("bad-address");
  });

  it("a device stack by its path, through a link, by its address", async () => {
    const { machine } = await started("example");
    const stack = unwrap(await machine.deviceStack("\\Device\\Example"));
    expect(stack).toMatchObject([{ driver: "\\Driver\\x", path: "\\Device\\Example", isAsked: true }]);
    expect(unwrap(await machine.deviceStack("\\\\.\\Example"))).toEqual(stack);
    expect(unwrap(await machine.deviceStack(stack[0]?.address ?? ""))).toEqual(stack);
    expect(errorOf(await machine.deviceStack("\\Driver\\x"))).toBe("no-device");
    expect(errorOf(await machine.deviceStack("\\Device\\Nope"))).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
  });

  it("a driver object by either name", async () => {
    const { machine } = await started("example");
    const driver = unwrap(await machine.driverObject("x"));
    expect(driver).toMatchObject({ path: "\\Driver\\x", devices: [{ path: "\\Device\\Example" }] });
    expect(driver.dispatch).toHaveLength(28);
    expect(driver.dispatch[3]).toMatchObject({ name: "IRP_MJ_READ", symbol: "example!dispatch_device" });
    expect(driver.entries).toMatchObject([
      { name: "DriverEntry" },
      { name: "DriverStartIo", address: "0x0000000000000000", symbol: "" },
      { name: "DriverUnload" },
      { name: "AddDevice", symbol: "" },
    ]);
    expect(unwrap(await machine.driverObject("\\driver\\X"))).toEqual(driver);
    expect(errorOf(await machine.driverObject("nope"))).toBe("no-driver");
  });
});
