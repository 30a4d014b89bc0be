import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CTL_CODE, decodeIoctl, formatCtlCode, ioctlName, METHOD_BUFFERED, METHOD_NEITHER, parseIoctl } from "./ioctl";
import { knownIoctls } from "./knownIoctls";

describe("control codes", () => {
  it("round-trips any code and any parts", () =>
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xfff), fc.nat(3), fc.nat(3), (deviceType, fn, method, access) => {
        const code = CTL_CODE(deviceType, fn, method, access);
        expect(decodeIoctl(code)).toMatchObject({ code, deviceType, function: fn, method, access });
        expect(decodeIoctl(code | 0).code).toBe(code);
        expect(parseIoctl(decodeIoctl(code).hex)).toBe(code);
      }),
    ));

  it("names Windows' own", () => {
    expect(ioctlName(0x00070000)).toBe("IOCTL_DISK_GET_DRIVE_GEOMETRY");
    expect(decodeIoctl(0x00070000)).toMatchObject({
      deviceTypeName: "FILE_DEVICE_DISK",
      methodName: "METHOD_BUFFERED",
      accessName: "FILE_ANY_ACCESS",
    });
    expect(ioctlName(CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, 0))).toBeUndefined();
    expect(parseIoctl("ioctl_disk_get_drive_geometry")).toBe(0x00070000);
    expect(parseIoctl("NOPE")).toBeUndefined();
    expect(parseIoctl("0x1ffffffff")).toBeUndefined();
  });

  it("formats", () => {
    expect(formatCtlCode(0x80002003)).toBe("CTL_CODE(0x8000, 0x800, METHOD_NEITHER, FILE_ANY_ACCESS)");
    expect(CTL_CODE(0x8000, 0x800, METHOD_NEITHER, 0)).toBe(0x80002003);
  });

  it("has each name once", () => {
    const names = Object.values(knownIoctls).flat();
    expect(new Set(names).size).toBe(names.length);
  });

  it("parses any text without throwing, to a code or to undefined", () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(0x)?[0-9a-fA-F]{0,12}$/)), (text) => {
        const code = parseIoctl(text);
        if (code !== undefined) expect(code).toBe(code >>> 0);
      }),
    ));
});
