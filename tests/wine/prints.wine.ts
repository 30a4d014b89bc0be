// What a driver prints, as it comes out of Wine's debug channel.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

describeWine("prints.sys", () => {
  let machine: WineMachine;
  const print = (what: string): Promise<string[]> =>
    machine.client("open", "\\\\.\\Prints", "rw", "write", what, 0, "close");
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("prints", "prints");
  });
  afterAll(() => machine.stop());

  it("prints with component and level", async () => {
    await print("l");
    // Wine shows the level as the mask that DbgPrintEx makes of it (1 << level), and DbgPrint's own component as 0.
    expect(await machine.debug.linesUntil("no level")).toEqual([
      { component: 77, level: 1, text: "level error" },
      { component: 77, level: 2, text: "level warning" },
      { component: 77, level: 4, text: "level trace" },
      { component: 77, level: 8, text: "level info" },
      { component: 77, level: 0x80000010, text: "level mask" },
      { component: 101, level: 1, text: "component default" },
      { component: 0, level: 1, text: "no level" },
    ]);
  });

  it("prints a long line whole, where Windows cuts it at 512 bytes", async () => {
    await print("w");
    const numbers = Array.from({ length: 140 }, (_, i) => String(i * 5).padStart(4, "0"));
    expect(await machine.debug.until("0695")).toEqual([`${numbers.join(" ")} `]);
  });

  it("prints a line in two pieces as two, each with a newline of Wine's", async () => {
    await print("u");
    expect(await machine.debug.until("finished")).toEqual(["unfinished, "]);
    expect(await machine.debug.until("finished")).toEqual(["finished"]);
  });

  it("passes escape codes and odd bytes on as they are", async () => {
    await print("e");
    expect(await machine.debug.until("red")).toEqual([
      "\x1b[31mred\x1b[0m \x1b]0;title\x07 bell\x07 tab\there \xff\xfe",
    ]);
  });

  it("loses none of 10,000 lines", async () => {
    await print("b");
    const texts = await machine.debug.until("burst 09999");
    expect(texts).toEqual(Array.from({ length: 10_000 }, (_, i) => `burst ${String(i).padStart(5, "0")}`));
  });

  it("unloads", () => machine.unload("prints"));
});
