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

describe("a driver that", () => {
  it.each([
    ["completeTwice", "MULTIPLE_IRP_COMPLETE_REQUESTS"],
    ["wrongTag", "BAD_POOL_CALLER"],
    ["doubleFree", "BAD_POOL_CALLER"],
    ["overrun", "BAD_POOL_HEADER"],
    ["nullDereference", "SYSTEM_SERVICE_EXCEPTION"],
    // Nothing else can run to end the wait; a kernel that looks at the level first says that instead.
    ["waitAtDispatch", /^(THREAD_STUCK_IN_DEVICE_DRIVER|IRQL_NOT_LESS_OR_EQUAL)$/],
  ])("%s stops the machine with %s", async (name, bugcheck) => {
    const driver = await started(name);
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    const written = await driver.machine.write(handle, new Uint8Array([1]));
    expect(written).toMatchObject({ ok: false, error: { name: "machine-stopped" } });
    expect(await driver.bugcheck()).toMatchObject({ name: expect.stringMatching(bugcheck) });
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

  it("touchAfterCompletion goes unnoticed, as in NT without special pool: the memory is still there", async () => {
    const driver = await started("touchAfterCompletion");
    const { handle } = unwrap(await driver.machine.open({ path: "\\\\.\\Mistake", access: "rw" }));
    expect(await driver.machine.write(handle, new Uint8Array([1]))).toMatchObject({ ok: true });
    expect(await driver.bugcheck()).toBeUndefined();
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
