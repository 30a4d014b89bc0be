// A read that waits, is satisfied, or is cancelled by the driver's cancel routine.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

const device = "\\\\.\\PendCancel";

describeWine("pendCancel.sys", () => {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("pend", "pendCancel");
  });
  afterAll(() => machine.stop());

  it("gives a waiting read what another program writes", async () => {
    const reader = machine.client("openasync", device, "r", "start", 16, "finish", "close");
    expect(await machine.debug.until("read pends")).toEqual(["read pends"]);
    expect(await machine.client("open", device, "w", "write", "late", 0)).toEqual(["open error 0", "write error 0 4"]);
    expect(await reader).toEqual([
      "openasync error 0",
      "start error 997",
      "finish error 0 4 6c617465",
      "close error 0",
    ]);
  });

  it("takes nothing where nobody reads", async () => {
    expect(await machine.client("open", device, "w", "write", "lost", 0)).toEqual(["open error 0", "write error 0 0"]);
  });

  it("ends a read that is cancelled with ERROR_OPERATION_ABORTED", async () => {
    const lines = await machine.client("openasync", device, "r", "start", 16, "cancel", "finish", "close");
    expect(lines).toEqual([
      "openasync error 0",
      "start error 997",
      "cancel error 0",
      "finish error 995 0",
      "close error 0",
    ]);
    expect(await machine.debug.until("cancelled")).toEqual(["read pends", "read cancelled"]);
  });

  it("ends a read whose handle is closed", async () => {
    const lines = await machine.client("openasync", device, "r", "start", 16, "close");
    expect(lines).toEqual(["openasync error 0", "start error 997", "close error 0"]);
    // On Windows IRP_MJ_CLEANUP does it ("read cleaned up"); Wine, which sends none, cancels the read itself.
    expect(await machine.debug.until("read c")).toEqual(["read pends", "read cancelled"]);
  });

  it("unloads", () => machine.unload("pend"));
});
