// The driver of "Safe Framework" loads and unloads for real, in C and in Rust.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRust, describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

describeWine("hello.sys", () => helloTests("hello"));
describeRust("hello.sys in Rust", () => helloTests("rustHello"));

function helloTests(driver: string): void {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
  });
  afterAll(() => machine.stop());

  it("greets when it starts and when it stops", async () => {
    await machine.load("hello", driver);
    expect(await machine.debug.until("Hello")).toEqual(["Hello, world!"]);
    await machine.unload("hello");
    expect(await machine.debug.until("Bye")).toEqual(["Bye bye!"]);
  });
}
