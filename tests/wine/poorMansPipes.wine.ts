// "Contexts and Pools": two programs share one buffer of the driver by opening the same name.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { linesOf, WineMachine } from "./harness/wineMachine";

describeWine("poorMansPipes.sys", () => {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("example", "poorMansPipes");
  });
  afterAll(() => machine.stop());

  it("Wine opens no name behind a device's, so that only the pipe without a name is there", async () => {
    const result = await machine.program("usedriver2", ["HELLO"], {});
    expect(linesOf(result.stdout)).toEqual(["\\\\.\\Example\\HELLO can't be opened, error 2"]);
    expect(result.code).toBe(1);
  });

  it("gives a handle what another handle wrote, and each byte once", async () => {
    const lines = await machine.client(
      "open",
      "\\\\.\\Example",
      "rw",
      "write",
      "abc",
      0,
      "read",
      2,
      0,
      "read",
      9,
      0,
      "read",
      9,
      0,
    );
    expect(lines.slice(1)).toEqual(["write error 0 3", "read error 0 2 6162", "read error 0 1 63", "read error 0 0"]);
  });

  it("ignores what does not fit, and never waits", async () => {
    const lines = await machine.client("open", "\\\\.\\Example", "rw", "fill", 4000, 0, "fill", 200, 0, "fill", 1, 0);
    expect(lines.slice(1)).toEqual(["fill error 0 4000", "fill error 0 96", "fill error 0 0"]);
  });

  it("forgets its bytes with the last handle", async () => {
    expect((await machine.client("open", "\\\\.\\Example", "rw", "read", 9, 0)).at(1)).toBe("read error 0 0");
  });

  it("lets usedriver2 write what usedriver3 reads: of several strings read at once the first is shown", async () => {
    const reader = machine.begin("usedriver3", []);
    expect(await reader.nextLine()).toBe("opened \\\\.\\Example");
    const writer = await machine.program("usedriver2", [], { input: "first\r\nsecond one\r\n" });
    expect(linesOf(writer.stdout)).toEqual(["opened \\\\.\\Example", "wrote 6 of 6 bytes", "wrote 11 of 11 bytes"]);
    expect(await reader.ask("")).toBe("read 17 bytes: first");
    expect(await reader.ask("")).toBe("read 0 bytes: ");
    await reader.end();
  });

  it("unloads", () => machine.unload("example"));
});
