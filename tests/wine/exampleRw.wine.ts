// The driver of "Reading and Writing": what was last written is read back, with the article's rules for offsets.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRust, describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

const device = "\\\\.\\Example";

describeWine("exampleRw.sys", () => exampleRwTests("exampleRw"));
describeRust("exampleRw.sys in Rust", () => exampleRwTests("rustExampleRw"));

function exampleRwTests(driver: string): void {
  let machine: WineMachine;
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("example", driver);
  });
  afterAll(() => machine.stop());

  it("has nothing to read at first", async () => {
    expect(await machine.client("open", device, "r", "read", 10, 0)).toEqual(["open error 0", "read error 0 0"]);
  });

  it("reads back what was written, also through another handle", async () => {
    const written = await machine.client("open", device, "rw", "write", "Hello, world!", 0, "read", 4096, 0, "close");
    const hello = Buffer.from("Hello, world!").toString("hex");
    expect(written).toEqual(["open error 0", "write error 0 13", `read error 0 13 ${hello}`, "close error 0"]);
    expect(await machine.client("open", device, "r", "read", 4096, 0)).toEqual([
      "open error 0",
      `read error 0 13 ${hello}`,
    ]);
  });

  it("reads from an offset, and past the end nothing", async () => {
    const lines = await machine.client(
      "open",
      device,
      "rw",
      "write",
      "hello",
      0,
      "read",
      10,
      3,
      "read",
      1,
      1,
      "read",
      10,
      99,
    );
    expect(lines.slice(2)).toEqual(["read error 0 2 6c6f", "read error 0 1 65", "read error 0 0"]);
  });

  it("refuses to write behind the start, and keeps what it had", async () => {
    const lines = await machine.client("open", device, "rw", "write", "kept", 0, "write", "x", 1, "read", 10, 0);
    // ERROR_HANDLE_EOF, which is what Win32 makes of STATUS_END_OF_FILE.
    expect(lines.slice(2)).toEqual(["write error 38 0", "read error 0 4 6b657074"]);
  });

  it("takes 4096 bytes of a longer write, and replaces what was there", async () => {
    const lines = await machine.client(
      "open",
      device,
      "rw",
      "fill",
      5000,
      0,
      "read",
      8000,
      0,
      "write",
      "ab",
      0,
      "read",
      10,
      0,
    );
    expect(lines.slice(1)).toEqual([
      "fill error 0 4096",
      `read error 0 4096 ${"41".repeat(4096)}`,
      "write error 0 2",
      "read error 0 2 6162",
    ]);
  });

  it("is read only as far as the handle may", async () => {
    expect(await machine.client("open", device, "r", "write", "a", 0)).toEqual(["open error 0", "write error 5 0"]);
    expect(await machine.client("open", device, "w", "read", 1, 0)).toEqual(["open error 0", "read error 5 0"]);
  });

  it("unloads", () => machine.unload("example"));
}
