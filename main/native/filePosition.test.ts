import { describe, expect, it } from "vitest";
import { FilePosition } from "./filePosition";

describe("FilePosition", () => {
  it.each([
    ["\\??\\C:\\a.txt", 12],
    ["\\??\\UNC\\server\\share\\a", 12],
    ["\\Device\\HarddiskVolume3\\a", 12],
    ["\\??\\C:", 0],
    ["\\??\\Example", 0],
    ["\\??\\Example\\file", 0],
    ["\\Device\\Null", 0],
  ])("of %s is %i after five and seven bytes", (ntPath, expected) => {
    const position = new FilePosition(ntPath);
    expect(position.current).toBe(0);
    for (const bytes of [5, 7]) position.moved(bytes);
    expect(position.current).toBe(expected);
  });
});
