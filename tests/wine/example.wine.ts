// The driver of "Creating Devices": it prints when user mode opens and closes its device through the DOS name.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRust, describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

describeWine("example.sys", () => exampleTests("example"));
describeRust("example.sys in Rust", () => exampleTests("rustExample"));

function exampleTests(driver: string): void {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("example", driver);
  });
  afterAll(() => machine.stop());

  it("prints when it is opened and closed", async () => {
    expect(await machine.client("open", "\\\\.\\Example", "rw", "close")).toEqual(["open error 0", "close error 0"]);
    // On Windows "device is no longer in use by userspace" stands between them: Wine sends no IRP_MJ_CLEANUP.
    expect(await machine.debug.until("closed")).toEqual(["userspace opened the device", "userspace closed the device"]);
  });

  it("refuses everything else as an invalid parameter", async () => {
    const lines = await machine.client("open", "\\\\.\\Example", "rw", "read", 4, 0, "write", "abc", 0);
    expect(lines).toEqual(["open error 0", "read error 87 0", "write error 87 0"]);
    await machine.debug.until("closed");
  });

  it("is gone with its name after it stopped", async () => {
    await machine.unload("example");
    expect(await machine.client("open", "\\\\.\\Example", "rw")).toEqual(["open error 2"]);
  });
}
