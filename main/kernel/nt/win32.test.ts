import { describe, expect, it } from "vitest";
import { GENERIC_READ, GENERIC_WRITE } from "../../../native-bindings/abi/access";
import { FILE_NON_DIRECTORY_FILE, FILE_SYNCHRONOUS_IO_NONALERT } from "../../../native-bindings/abi/createOptions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import * as win32 from "../../../native-bindings/abi/win32/codes";
import { TestKernel } from "../testKernel";
import { FILE_FLAG_OVERLAPPED, parseAccess } from "./win32";

/** A driver that answers every create with `status` and notes the parameters. */
function load(status: number) {
  const test = new TestKernel();
  const seen: { options: number; share: number; access: number }[] = [];
  const { mem, io } = test.kernel;
  test.load("x", (driver) => {
    driver.createDevice("\\Device\\X");
    io.IoCreateSymbolicLink("\\??\\X", "\\Device\\X");
    driver.handle("all", (_device, irp) => {
      const location = io.IoGetCurrentIrpStackLocation(irp);
      const context = mem.readPointer(location + 8);
      if (mem.readU8(location) === 0) {
        seen.push({
          options: mem.readU32(location + 0x10),
          share: mem.readU16(location + 0x1a),
          access: mem.readU32(context + 0x10),
        });
      }
      return driver.complete(irp, mem.readU8(location) === 0 ? status : codes.STATUS_SUCCESS, 1);
    });
    return undefined;
  });
  return { test, seen };
}

describe("CreateFileW", () => {
  it("asks NtCreateFile as Windows does", () => {
    const { test, seen } = load(codes.STATUS_SUCCESS);
    const created = test.open("\\\\.\\X", GENERIC_READ);
    expect(created).toEqual({ pending: false, error: win32.ERROR_SUCCESS, status: 0, handle: 4 });
    const disposition = 1 << 24;
    expect(seen).toEqual([
      // FILE_GENERIC_READ: generic bits are gone before the driver sees them.
      { options: disposition | FILE_SYNCHRONOUS_IO_NONALERT | FILE_NON_DIRECTORY_FILE, share: 3, access: 0x12_0089 },
    ]);
    test.user(() =>
      test.kernel.win32.CreateFileW("\\\\.\\X", { desiredAccess: 0, flagsAndAttributes: FILE_FLAG_OVERLAPPED }),
    );
    expect(seen[1]).toEqual({ options: disposition | FILE_NON_DIRECTORY_FILE, share: 3, access: 0x10_0080 });
  });

  it("turns statuses into Win32 errors and keeps them", () => {
    const { test } = load(codes.STATUS_DEVICE_NOT_READY);
    expect(test.open("\\\\.\\X")).toMatchObject({
      error: win32.ERROR_NOT_READY,
      status: codes.STATUS_DEVICE_NOT_READY,
    });
    expect(test.open("\\\\.\\Nope")).toMatchObject({ error: win32.ERROR_FILE_NOT_FOUND });
    expect(test.open("\\\\.\\Nope\\x")).toMatchObject({ error: win32.ERROR_PATH_NOT_FOUND });
    expect(test.open("")).toEqual({ pending: false, error: win32.ERROR_PATH_NOT_FOUND, status: 0, handle: 0 });
    expect(test.open("  ")).toMatchObject({ error: win32.ERROR_PATH_NOT_FOUND });
    expect(test.open("\\\\.\\X\0Y")).toMatchObject({ error: win32.ERROR_INVALID_NAME });
    expect(test.open(`\\\\.\\${"x".repeat(33_000)}`)).toMatchObject({ error: win32.ERROR_FILENAME_EXCED_RANGE });
    const bad = test.user(() =>
      test.kernel.win32.CreateFileW("\\\\.\\X", { desiredAccess: 0, creationDisposition: 9 }),
    );
    expect(bad).toMatchObject({ error: win32.ERROR_INVALID_PARAMETER });
  });
});

describe("parseAccess", () => {
  it("knows r, w, rw and 0", () => {
    expect(["r", "w", "rw", "0", "x", ""].map(parseAccess)).toEqual([
      GENERIC_READ,
      GENERIC_WRITE,
      0xc000_0000,
      0,
      undefined,
      undefined,
    ]);
  });
});
