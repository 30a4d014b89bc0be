import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ERROR_FILENAME_EXCED_RANGE,
  ERROR_INVALID_NAME,
  ERROR_PATH_NOT_FOUND,
} from "../../../native-bindings/abi/win32/codes";
import { win32ErrorName } from "../../../native-bindings/abi/win32/win32Error";
import { win32PathToNtPath } from "./win32Path";

const directory = "C:\\Windows\\System32";

describe("win32PathToNtPath", () => {
  it.each([
    ["\\\\.\\Example", "\\??\\Example"],
    ["\\\\.\\Example\\", "\\??\\Example\\"],
    ["\\\\.\\Example\\sub/file", "\\??\\Example\\sub\\file"],
    ["\\\\.\\a\\..\\b\\.\\c", "\\??\\b\\c"],
    ["\\\\.\\..\\..\\x", "\\??\\x"],
    ["//./Example", "\\??\\Example"],
    ["\\\\.", "\\??\\"],
    ["\\\\.\\", "\\??\\"],
    ["\\\\?\\GLOBALROOT\\Device\\Null", "\\??\\GLOBALROOT\\Device\\Null"],
    ["\\\\?\\C:\\a\\..\\b. ", "\\??\\C:\\a\\..\\b. "],
    ["\\??\\X", "\\??\\X"],
    ["\\\\server\\share\\x", "\\??\\UNC\\server\\share\\x"],
    ["C:\\a\\..\\b", "\\??\\C:\\b"],
    ["C:\\a\\b. . ", "\\??\\C:\\a\\b"],
    ["c:/a//b\\", "\\??\\c:\\a\\b\\"],
    ["C:\\..\\..\\x", "\\??\\C:\\x"],
    ["C:", "\\??\\C:\\Windows\\System32"],
    ["C:x", "\\??\\C:\\Windows\\System32\\x"],
    ["D:x", "\\??\\D:\\x"],
    ["\\x", "\\??\\C:\\x"],
    ["x", "\\??\\C:\\Windows\\System32\\x"],
    ["..\\x", "\\??\\C:\\Windows\\x"],
    ["NUL", "\\??\\NUL"],
    ["nul.txt", "\\??\\nul"],
    ["C:\\dir\\con ", "\\??\\con"],
    ["COM1:", "\\??\\COM1"],
    ["nullable", "\\??\\C:\\Windows\\System32\\nullable"],
  ])("%j is %j", (path, ntPath) => {
    expect(win32PathToNtPath(path, directory)).toEqual({ ntPath });
  });

  it.each([
    ["", ERROR_PATH_NOT_FOUND],
    ["  ", ERROR_PATH_NOT_FOUND],
    ["\\\\.\\a\0b", ERROR_INVALID_NAME],
    [`\\\\.\\${"x".repeat(33_000)}`, ERROR_FILENAME_EXCED_RANGE],
  ])("%j is refused", (path, failure) => {
    expect(win32PathToNtPath(path, directory)).toEqual({ failure });
  });

  it("answers any text with a name under \\??\\ or a failure", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom("\\", "/", ".", "..", "?", ":", "C", "nul", " ", "x")).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (path) => {
        const result = win32PathToNtPath(path, directory);
        if ("ntPath" in result) expect(result.ntPath.startsWith("\\??\\")).toBe(true);
        else expect(win32ErrorName(result.failure)).toBeDefined();
      }),
      { numRuns: 2000, seed: 37 },
    );
  });
});
