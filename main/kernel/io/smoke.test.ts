import { expect, it } from "vitest";
import { TestKernel } from "../testKernel";

it("opens, writes, reads, closes", () => {
  const test = new TestKernel();
  const calls: number[] = [];
  let data: Uint8Array = new Uint8Array();
  expect(
    test.load("rw", (driver) => {
      const { kernel } = driver;
      const device = driver.createDevice("\\Device\\Rw");
      kernel.mem.writeU32(device + 0x30, kernel.mem.readU32(device + 0x30) | 4);
      kernel.io.links.IoCreateSymbolicLink("\\??\\Rw", "\\Device\\Rw");
      driver.handle("all", (_device, irp) => {
        const location = kernel.mem.readPointer(irp + 0xb8);
        const major = kernel.mem.readU8(location);
        calls.push(major);
        const length = kernel.mem.readU32(location + 8);
        const buffer = kernel.mem.readPointer(irp + 0x18);
        if (major === 4) {
          data = kernel.mem.readBytes(buffer, length);
          return driver.complete(irp, 0, length);
        }
        if (major === 3) {
          kernel.mem.writeBytes(buffer, data);
          return driver.complete(irp, 0, data.length);
        }
        return driver.complete(irp, 0, 0);
      });
      return undefined;
    }),
  ).toBe(0);
  const { handle, status } = test.open("\\\\.\\Rw");
  expect(status.toString(16)).toBe("0");
  const text = new TextEncoder().encode("Hello, world!");
  const source = test.buffer(text);
  const target = test.buffer(4096);
  expect(test.user(() => test.kernel.files.NtWriteFile(handle, source, text.length))).toEqual({
    pending: false,
    status: 0,
    information: 13,
  });
  expect(test.user(() => test.kernel.files.NtReadFile(handle, target, 4096))).toEqual({
    pending: false,
    status: 0,
    information: 13,
  });
  expect(new TextDecoder().decode(test.bytes(target, 13))).toBe("Hello, world!");
  expect(test.close(handle)).toBe(0);
  expect(calls).toEqual([0, 4, 3, 0x12, 2]);
  expect(test.kernel.io.pendingIrps()).toEqual([]);
});
