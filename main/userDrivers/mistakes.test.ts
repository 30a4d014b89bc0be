/** The classic mistakes, each in a driver file of its own: what the model says of them, and where. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { unwrap } from "../kernel/testMachine";
import { createUserDriver, type TestUserDriver } from "./testUserDriver";

const folder = path.join(__dirname, "../../tests/fixtures/userDrivers");

async function started(name: string): Promise<TestUserDriver> {
  const driver = await createUserDriver(readFileSync(path.join(folder, `${name}.ts`), "utf8"), {}, `${name}.ts`);
  expect(await driver.start()).toBeUndefined();
  return driver;
}

function reportsOf({ events }: TestUserDriver): string[] {
  return events.flatMap((event) => (event.kind === "report" ? [event.report.rule] : []));
}

function firstReport({ events }: TestUserDriver) {
  return events.flatMap((event) => (event.kind === "report" ? [event.report] : []))[0];
}

/** What else the stop screen has to say, where the name of the bugcheck is not enough. */
const said: Readonly<Record<string, RegExp>> = {
  waitAtDispatch: /KeWaitForSingleObject was called at IRQL 2/,
  irqlKept: /irqlKept!Write was called at IRQL 0 and returned at IRQL 2: a spin lock was not released/,
  mutexKept: /a mutex was not released/,
  forgottenYield: /forgottenYield!Write called something that waits and went on.*yield\*/,
};

describe("a driver that", () => {
  it.each([
    ["completeTwice", "MULTIPLE_IRP_COMPLETE_REQUESTS"],
    ["wrongTag", "BAD_POOL_CALLER"],
    ["doubleFree", "BAD_POOL_CALLER"],
    ["overrun", "BAD_POOL_HEADER"],
    ["nullDereference", "SYSTEM_SERVICE_EXCEPTION"],
    ["waitAtDispatch", "IRQL_NOT_LESS_OR_EQUAL"],
    ["irqlKept", "IRQL_GT_ZERO_AT_SYSTEM_SERVICE"],
    ["mutexKept", "APC_INDEX_MISMATCH"],
    ["forgottenYield", "KMODE_EXCEPTION_NOT_HANDLED"],
  ])("%s stops the machine with %s", async (name, bugcheck) => {
    const driver = await started(name);
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    const written = await driver.machine.write(handle, new Uint8Array([1]));
    expect(written).toMatchObject({ ok: false, error: { name: "machine-stopped" } });
    expect(await driver.bugcheck()).toMatchObject({ name: bugcheck, rule: expect.stringMatching(said[name] ?? /./) });
    await Promise.resolve();
    expect(driver.disposed).toEqual([true]);
  });

  it.each(["pendingUnmarked", "forgottenIrp"])("%s is told of it", async (name) => {
    const driver = await started(name);
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    void driver.machine.write(handle, new Uint8Array([1]));
    // The request is made when the machine has been asked for it; its own answer never comes.
    await driver.machine.handles("all");
    expect(reportsOf(driver).join()).toMatch(/IoMarkIrpPending|complet/);
    expect(await driver.bugcheck()).toBeUndefined();
    driver.machine.dispose();
    expect(driver.disposed).toEqual([true]);
  });

  it.each([
    ["touchAfterCompletion", "IoGetCurrentIrpStackLocation was called for IRP 0x"],
    ["markAfterCompletion", "IoMarkIrpPending was called for IRP 0x"],
  ])("%s is told that the request is not its own any more", async (name, rule) => {
    const driver = await started(name);
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    expect(await driver.machine.write(handle, new Uint8Array([1]))).toMatchObject({ ok: true });
    expect(reportsOf(driver)[0]).toContain(rule);
    expect(firstReport(driver)).toMatchObject({ driver: name, routine: "Write", severity: "error" });
    expect(await driver.bugcheck()).toBeUndefined();
  });

  it("writeAfterCompletion is told so when the request's memory is used again", async () => {
    const driver = await started("writeAfterCompletion");
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    expect(await driver.machine.write(handle, new Uint8Array([1]))).toMatchObject({ ok: true });
    expect(reportsOf(driver)).toEqual([]);
    unwrap(await driver.machine.close(handle));
    expect(reportsOf(driver)).toEqual([
      expect.stringMatching(
        /after writeAfterCompletion!Write had completed it: IoStatus\.Status was set to STATUS_SUCCESS\.$/,
      ),
    ]);
    expect(firstReport(driver)).toMatchObject({ driver: "writeAfterCompletion", routine: "Write" });
  });

  it("timerLeft is told so, and the machine stops when the timer is due", async () => {
    const driver = await started("timerLeft");
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    unwrap(await driver.machine.write(handle, new Uint8Array([1])));
    unwrap(await driver.machine.close(handle));
    unwrap(await driver.machine.stopService("x"));
    expect(reportsOf(driver).join("\n")).toMatch(/the timer at 0x[0-9A-F]+ was not cancelled/);
    expect(firstReport(driver)?.mend).toContain("KeCancelTimer");
    expect(await driver.bugcheck()).toBeUndefined();
    driver.pass(1000);
    expect(await driver.bugcheck()).toMatchObject({
      name: "DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS",
      rule: expect.stringContaining("timerLeft!TimerDpc was called after its driver had been unloaded"),
    });
  });

  it("leaks is told of the device, the link and the pool block", async () => {
    const driver = await started("leaks");
    unwrap(await driver.machine.stopService("x"));
    const reports = reportsOf(driver).join("\n");
    expect(reports).toContain("\\Device\\Mistake");
    expect(reports).toContain("\\??\\Mistake");
    expect(reports).toContain("'Leak'");
  });
});
