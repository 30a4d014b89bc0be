// The driver of "Building the Driver Object": a device, a link and an unload routine that takes both away.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

describeWine("sanctum.sys", () => {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("sanctum", "sanctum");
  });
  afterAll(() => machine.stop());

  it("has a link that leads to its device", async () => {
    // Windows refuses this with ERROR_INVALID_FUNCTION, since the driver has no IRP_MJ_CREATE routine; Wine lets it be.
    expect(await machine.client("open", "\\\\.\\SanctumEDR", "rw")).toEqual(["open error 0"]);
  });

  it("says why it can't start where its device's name is taken", async () => {
    await machine.create("sanctum2", "sanctum");
    expect((await machine.sc("start", "sanctum2")).code).not.toBe(0);
    // STATUS_OBJECT_NAME_COLLISION as the article's println! shows it, a signed number.
    expect(await machine.debug.until("[sanctum]")).toEqual([
      "[sanctum] [-] Unable to create device via IoCreateDevice. Failed with code: -1073741771.",
    ]);
  });

  it("takes link and device away when it stops", async () => {
    await machine.unload("sanctum");
    expect(await machine.debug.until("[sanctum]")).toEqual(["[sanctum] driver unloaded successfully..."]);
    expect(await machine.client("open", "\\\\.\\SanctumEDR", "rw")).toEqual(["open error 2"]);
  });
});
