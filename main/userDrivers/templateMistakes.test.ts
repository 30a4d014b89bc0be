/** The mistakes that the new driver's comments invite to try: each does what the comment says, or what the model has for it. */
import { describe, expect, it } from "vitest";
import { unwrap } from "../kernel/testMachine";
import { newDriverFiles } from "./newDriver";
import { createUserDriver } from "./testUserDriver";

const [file] = newDriverFiles("Pend", "/x", false);

/** The new driver with one place changed. */
async function startedWith(right: string, wrong: string) {
  const text = file?.text ?? "";
  expect(text.split(right)).toHaveLength(2);
  const driver = await createUserDriver(text.replace(right, wrong), {}, "Pend.ts");
  expect(await driver.start()).toBeUndefined();
  const handle = unwrap(await driver.machine.open({ path: "\\\\.\\Pend", access: "rw", overlapped: true })).handle;
  const reports = () => driver.events.flatMap((event) => (event.kind === "report" ? [event.report.rule] : []));
  return { ...driver, handle, reports };
}

describe("the new driver", () => {
  it("without IoMarkIrpPending is told so", async () => {
    const { machine, handle, reports } = await startedWith("  ddk.IoMarkIrpPending(irp);\n", "");
    void machine.read(handle, 1);
    await machine.pending();
    expect(reports()).toEqual([expect.stringContaining("returned STATUS_PENDING without IoMarkIrpPending")]);
  });

  it("that completes a read twice stops the machine at that line", async () => {
    const line = "    completeIrp(ddk, irp, STATUS_SUCCESS, size);\n";
    const { machine, handle, pass, bugcheck } = await startedWith(line, line + line);
    void machine.read(handle, 1);
    await machine.pending();
    pass(1000);
    expect(await bugcheck()).toMatchObject({
      name: "MULTIPLE_IRP_COMPLETE_REQUESTS",
      stack: ["nt!IofCompleteRequest", expect.stringMatching(/^Pend!TimerDpc \(Pend\.ts:\d+\)$/)],
    });
  });

  it.each([
    [
      "yield* ddk.KeDelayExecutionThread",
      "ddk.KeDelayExecutionThread",
      "KMODE_EXCEPTION_NOT_HANDLED",
      "take it with yield*",
    ],
    [
      "const slept = yield* ddk.Ke",
      "ddk.KeRaiseIrql(2); const slept = yield* ddk.Ke",
      "IRQL_NOT_LESS_OR_EQUAL",
      "called at IRQL 2",
    ],
  ])("with %s made %s stops the machine with %s", async (right, wrong, name, rule) => {
    const { machine, handle, bugcheck } = await startedWith(right, wrong);
    await machine.control(handle, { code: 0x222000, input: new Uint8Array([1, 0, 0, 0]), outputLength: 0 });
    expect(await bugcheck()).toMatchObject({ name, rule: expect.stringContaining(rule) });
  });

  it("that leaves its timer running is told so, and the machine stops when it is due", async () => {
    const lines = / {2}ddk\.KeCancelTimer[\s\S]*?ddk\.KeFlushQueuedDpcs\(\);\n/.exec(file?.text ?? "")?.[0] ?? "";
    const { machine, handle, pass, reports, bugcheck } = await startedWith(lines, "");
    const cancel = new AbortController();
    const read = machine.read(handle, 1, 0, cancel.signal);
    await machine.pending();
    cancel.abort();
    await read;
    unwrap(await machine.close(handle));
    unwrap(await machine.stopService("x"));
    expect(reports()).toEqual([expect.stringMatching(/^DriverUnload: the timer at 0x[0-9A-F]+ was not cancelled\.$/)]);
    pass(1000);
    expect(await bugcheck()).toMatchObject({
      name: "DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS",
      rule: expect.stringContaining("Pend!TimerDpc was called after its driver had been unloaded"),
    });
  });

  it("that deletes only its link is told of its device", async () => {
    const { machine, handle, reports } = await startedWith(
      "  deleteNamedDevice(ddk, driver, LINK);\n",
      "  ddk.IoDeleteSymbolicLink(LINK);\n",
    );
    unwrap(await machine.close(handle));
    unwrap(await machine.stopService("x"));
    expect(reports()).toEqual([expect.stringContaining("\\Device\\Pend was not deleted")]);
  });
});
