/** The driver that `ntscope new-driver` writes, as it is written: in both languages it does what its first lines say. */
import { describe, expect, it } from "vitest";
import { errorOf, unwrap } from "../kernel/testMachine";
import { newDriverFiles } from "./newDriver";
import { createUserDriver } from "./testUserDriver";

describe("a new driver", () => {
  it.each([
    ["Pend.ts", false],
    ["Pend.js", true],
  ])("gives a waiting read what is written, and ends with nothing left: %s", async (fileName, isScript) => {
    const [file] = newDriverFiles("Pend", "/x", isScript);
    expect(file?.name).toBe(fileName);
    const driver = await createUserDriver(file?.text ?? "", {}, fileName);
    expect(await driver.start()).toBeUndefined();
    const { machine } = driver;
    const reader = unwrap(await machine.open({ path: "\\\\.\\Pend", access: "rw" })).handle;
    const writer = unwrap(await machine.open({ path: "\\\\.\\Pend", access: "rw" })).handle;
    const read = machine.read(reader, 100);
    const cleanedUp = machine.read(reader, 100);
    expect(unwrap(await machine.write(writer, new Uint8Array([7, 8])))).toMatchObject({ information: 2 });
    expect(unwrap(await read)).toMatchObject({ information: 2, data: new Uint8Array([7, 8]) });
    unwrap(await machine.close(reader));
    expect(errorOf(await cleanedUp)).toBe("STATUS_CANCELLED");
    const cancel = new AbortController();
    const cancelled = machine.read(writer, 1, 0, cancel.signal);
    await machine.handles("all");
    cancel.abort();
    expect(errorOf(await cancelled)).toBe("STATUS_CANCELLED");
    unwrap(await machine.close(writer));
    expect(unwrap(await machine.stopService("x")).state).toBe("STOPPED");
    expect(driver.printed()).toEqual([
      "hello\n",
      "read pends\n",
      "read pends\n",
      "read pends\n",
      "read cancelled\n",
      "goodbye\n",
    ]);
    expect(driver.events.filter((event) => event.kind === "report")).toEqual([]);
    expect(driver.disposed).toEqual([true]);
  });
});
