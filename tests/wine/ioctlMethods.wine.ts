// The four ways in which a control code passes its buffers.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { WineMachine } from "./harness/wineMachine";

/** CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + method, method, FILE_ANY_ACCESS), as in ioctlMethods.c. */
const codes = { buffered: "222000", inDirect: "222005", outDirect: "22200a", neither: "22200f" };

describeWine("ioctlMethods.sys", () => {
  let machine: WineMachine;
  const control = async (code: string, input: string, room: number): Promise<string | undefined> =>
    (await machine.client("open", "\\\\.\\IoctlMethods", "rw", "ioctl", code, input, room)).at(1);
  beforeAll(async () => {
    machine = await WineMachine.start();
    await machine.load("methods", "ioctlMethods");
  });
  afterAll(() => machine.stop());

  it.each(["buffered", "outDirect", "neither"] as const)("gives the input back reversed: %s", async (method) => {
    expect(await control(codes[method], "010203", 16)).toBe("ioctl error 0 3 030201");
  });

  it("METHOD_BUFFERED has too little room with ERROR_INSUFFICIENT_BUFFER", async () => {
    expect(await control(codes.buffered, "01020304", 2)).toBe("ioctl error 122 0");
  });

  it("METHOD_IN_DIRECT reads both buffers", async () => {
    expect(await control(codes.inDirect, "0a0b0c", 4)).toBe("ioctl error 0 0");
    // The client fills its second buffer with ones.
    expect(await machine.debug.until("in direct")).toEqual(["in direct: 3 bytes with sum 33, then 4 bytes with sum 4"]);
  });

  it("METHOD_OUT_DIRECT without a second buffer has no MDL", async () => {
    expect(await control(codes.outDirect, "0102", 0)).toBe("ioctl error 1784 0");
  });

  it("an unknown code is no function of the device", async () => {
    expect(await control("222010", "-", 0)).toBe("ioctl error 1 0");
  });

  it("unloads", () => machine.unload("methods"));
});
