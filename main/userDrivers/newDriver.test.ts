/** The driver that `ntscope new-driver` writes, as it is written: in both languages it does what its first lines say. */
import { describe, expect, it } from "vitest";
import { errorOf, unwrap } from "../kernel/testMachine";
import { newDriverFiles } from "./newDriver";
import { createUserDriver } from "./testUserDriver";

const SLEEP = 0x222000;

async function created(fileName: string) {
  const [file] = newDriverFiles("Pend", "/x", fileName.endsWith(".js"));
  expect(file?.name).toBe(fileName);
  const driver = await createUserDriver(file?.text ?? "", {}, fileName);
  expect(await driver.start()).toBeUndefined();
  const { machine } = driver;
  const open = async () => unwrap(await machine.open({ path: "\\\\.\\Pend", access: "rw", overlapped: true })).handle;
  return { ...driver, open, reports: () => driver.events.filter((event) => event.kind === "report") };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const milliseconds = (count: number) => new Uint8Array(new Uint32Array([count]).buffer);

describe.each(["Pend.ts", "Pend.js"])("a new driver, %s,", (fileName) => {
  it("answers reads a second later with the text as it is then", async () => {
    const { machine, open, pass, printed, reports, disposed } = await created(fileName);
    const first = await open();
    const second = await open();
    unwrap(await machine.write(first, bytes("hello")));
    const reads = [machine.read(first, 100), machine.read(second, 2)];
    expect(await machine.pending()).toHaveLength(2);
    expect(unwrap(await machine.write(second, bytes("changed")))).toMatchObject({ information: 7 });
    expect(await machine.pending()).toHaveLength(2);
    pass(1000);
    expect(unwrap(await (reads[0] as (typeof reads)[0]))).toMatchObject({ information: 7, data: bytes("changed") });
    expect(unwrap(await (reads[1] as (typeof reads)[0]))).toMatchObject({ information: 2, data: bytes("ch") });
    unwrap(await machine.close(first));
    unwrap(await machine.close(second));
    expect(unwrap(await machine.stopService("x")).state).toBe("STOPPED");
    expect(printed()).toEqual([
      "hello\n",
      "read pends\n",
      "read pends\n",
      "the timer completes a read with 7 bytes\n",
      "the timer completes a read with 2 bytes\n",
      "goodbye\n",
    ]);
    expect([reports(), disposed]).toEqual([[], [true]]);
  });

  it("gives up what is cancelled and what its closed handle asked for, and goes with a timer that still ran", async () => {
    const { machine, open, pass, printed, reports, bugcheck } = await created(fileName);
    const handle = await open();
    const cancel = new AbortController();
    const cancelled = machine.read(handle, 1, 0, cancel.signal);
    const cleanedUp = machine.read(handle, 100);
    expect(await machine.pending()).toHaveLength(2);
    cancel.abort();
    expect(errorOf(await cancelled)).toBe("STATUS_CANCELLED");
    expect(unwrap(await machine.stopService("x")).state).toBe("STOP_PENDING");
    unwrap(await machine.close(handle));
    expect(errorOf(await cleanedUp)).toBe("STATUS_CANCELLED");
    expect(unwrap(await machine.queryService("x")).state).toBe("STOPPED");
    pass(2000);
    expect(await bugcheck()).toBeUndefined();
    expect(printed()).toEqual(["hello\n", "read pends\n", "read pends\n", "read cancelled\n", "goodbye\n"]);
    expect(reports()).toEqual([]);
  });

  it("sleeps in its dispatch routine while others are served, and refuses what it does not understand", async () => {
    const { machine, open, pass, printed, reports } = await created(fileName);
    const handle = await open();
    const asleep = machine.control(handle, { code: SLEEP, input: milliseconds(3000), outputLength: 0 });
    unwrap(await machine.write(handle, bytes("meanwhile")));
    pass(2000);
    expect(printed()).toEqual(["hello\n", "sleeping 3000 ms\n"]);
    pass(1000);
    expect(unwrap(await asleep).status.name).toBe("STATUS_SUCCESS");
    expect(printed()).toEqual(["awake\n"]);
    const control = (code: number, input: Uint8Array) => machine.control(handle, { code, input, outputLength: 0 });
    expect(errorOf(await control(SLEEP, new Uint8Array(3)))).toBe("STATUS_BUFFER_TOO_SMALL");
    expect(errorOf(await control(SLEEP, milliseconds(10_001)))).toBe("STATUS_INVALID_PARAMETER");
    expect(errorOf(await control(SLEEP + 4, milliseconds(1)))).toBe("STATUS_INVALID_DEVICE_REQUEST");
    expect(reports()).toEqual([]);
  });
});
