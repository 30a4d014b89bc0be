/** builtin:filter above builtin:example-rw. */
import { describe, expect, it } from "vitest";
import { createTestMachine, errorOf, unwrap } from "../testMachine";

async function rig() {
  const test = createTestMachine();
  const { machine } = test;
  for (const [name, driver] of [
    ["rw", "example-rw"],
    ["filter", "filter"],
  ] as const) {
    unwrap(await machine.createService({ name, binPath: `builtin:${driver}`, type: "kernel" }));
  }
  return test;
}

describe("builtin:filter", () => {
  it("does not start where there is nothing to attach to, and leaves nothing", async () => {
    const { machine, printed, events } = await rig();
    expect((await machine.startService("filter")).ok).toBe(false);
    expect(printed()).toEqual(["filter: there is no \\Device\\Example to attach to\n"]);
    expect(events.filter(({ kind }) => kind === "report")).toEqual([]);
  });

  it("sees create, read and write first and their ends last, and lets the data through", async () => {
    const { machine, printed } = await rig();
    unwrap(await machine.startService("rw"));
    unwrap(await machine.startService("filter"));
    printed();
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\Example", access: "rw" }));
    unwrap(await machine.write(handle, new TextEncoder().encode("hello")));
    const { data } = unwrap(await machine.read(handle, 5, 0));
    expect(new TextDecoder().decode(data)).toBe("hello");
    unwrap(await machine.close(handle));
    expect(printed()).toEqual([
      "filter: IRP_MJ_CREATE goes down\n",
      "filter: IRP_MJ_CREATE comes up with 00000000\n",
      "filter: IRP_MJ_WRITE goes down\n",
      "filter: IRP_MJ_WRITE comes up with 00000000\n",
      "filter: IRP_MJ_READ goes down\n",
      "filter: IRP_MJ_READ comes up with 00000000\n",
      "filter: IRP_MJ_CLEANUP goes down\n",
      "filter: IRP_MJ_CLOSE goes down\n",
    ]);
  });

  it("makes the driver below wait with its unloading until the filter has gone", async () => {
    const { machine, events } = await rig();
    unwrap(await machine.startService("rw"));
    unwrap(await machine.startService("filter"));
    expect(unwrap(await machine.stopService("rw")).state).toBe("STOP_PENDING");
    expect(errorOf(await machine.open({ path: "\\\\.\\Example", access: "r" }))).toBe("STATUS_NO_SUCH_DEVICE");
    expect(unwrap(await machine.stopService("filter")).state).toBe("STOPPED");
    expect(unwrap(await machine.queryService("rw")).state).toBe("STOPPED");
    expect(events.filter(({ kind }) => kind === "report")).toEqual([]);
  });
});
