import { describe, expect, it } from "vitest";
import { ntStatusByName } from "../ntstatus/ntStatus";
import { RtlNtStatusToDosError } from "./fromNtStatus";
import { win32Sentences } from "./sentences";
import { describeWin32Error, win32Codes, win32ErrorName } from "./win32Error";

describe("Win32 errors", () => {
  it("describes", () => {
    expect(describeWin32Error(1060)).toEqual({
      code: 1060,
      name: "ERROR_SERVICE_DOES_NOT_EXIST",
      message: win32Sentences.ERROR_SERVICE_DOES_NOT_EXIST,
    });
    expect(describeWin32Error(99999).name).toBe("Win32 error 99999");
  });

  it("has each number once, with a sentence", () => {
    const codes = Object.values(win32Codes);
    expect(new Set(codes).size).toBe(codes.length);
    for (const [name, code] of Object.entries(win32Codes)) expect(win32ErrorName(code)).toBe(name);
    for (const sentence of Object.values(win32Sentences)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});

describe("RtlNtStatusToDosError", () => {
  it.each([
    ["SUCCESS", "SUCCESS"],
    ["PENDING", "IO_PENDING"],
    ["BUFFER_OVERFLOW", "MORE_DATA"],
    ["BUFFER_TOO_SMALL", "INSUFFICIENT_BUFFER"],
    ["INFO_LENGTH_MISMATCH", "BAD_LENGTH"],
    ["ACCESS_DENIED", "ACCESS_DENIED"],
    ["DELETE_PENDING", "ACCESS_DENIED"],
    ["NO_SUCH_DEVICE", "FILE_NOT_FOUND"],
    ["OBJECT_NAME_NOT_FOUND", "FILE_NOT_FOUND"],
    ["OBJECT_PATH_NOT_FOUND", "PATH_NOT_FOUND"],
    ["OBJECT_NAME_COLLISION", "ALREADY_EXISTS"],
    ["INVALID_DEVICE_REQUEST", "INVALID_FUNCTION"],
    ["NOT_IMPLEMENTED", "INVALID_FUNCTION"],
    ["IMAGE_ALREADY_LOADED", "SERVICE_ALREADY_RUNNING"],
    ["END_OF_FILE", "HANDLE_EOF"],
    ["CANCELLED", "OPERATION_ABORTED"],
    ["INSUFFICIENT_RESOURCES", "NO_SYSTEM_RESOURCES"],
  ])("STATUS_%s is ERROR_%s", (status, error) => {
    const code = ntStatusByName(status);
    expect(code).toBeDefined();
    expect(RtlNtStatusToDosError(code ?? -1)).toBe(win32Codes[`ERROR_${error}`]);
    expect(RtlNtStatusToDosError((code ?? -1) | 0)).toBe(win32Codes[`ERROR_${error}`]);
  });

  it("passes on what isn't Microsoft's and unwraps Win32 errors", () => {
    expect(RtlNtStatusToDosError(0xe0001234)).toBe(0xe0001234);
    expect(RtlNtStatusToDosError(0x80070005)).toBe(5);
    expect(RtlNtStatusToDosError(0xc0070057)).toBe(0x57);
    expect(RtlNtStatusToDosError(0xc0dead00)).toBe(317);
  });
});
