import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileName, saveOptions } from "./dialogs";

describe("saveOptions", () => {
  it("suggests the name in the user's folder, in the format's extension", () => {
    expect(saveOptions("NtScope 2026-11-21.log", "debugview", "/home/me/Documents")).toEqual({
      title: "Save Log",
      defaultPath: path.join("/home/me/Documents", "NtScope 2026-11-21.log"),
      filters: [
        { name: "DebugView log", extensions: ["log"] },
        { name: "All files", extensions: ["*"] },
      ],
    });
  });

  it("says what is saved", () => {
    expect(saveOptions("irps.jsonl", "irpTrace", "/").title).toBe("Save IRP Trace");
  });
});

describe("fileName", () => {
  it("is one part of a path and never empty, whatever was suggested", () => {
    expect([fileName("../../etc/cron.d/x"), fileName("C:\\a|b?"), fileName(".."), fileName("")]).toEqual([
      "_.._etc_cron.d_x",
      "C__a_b_",
      "ntscope",
      "ntscope",
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (suggested) => {
        const name = fileName(suggested);
        expect(name).not.toBe("");
        expect(path.posix.basename(path.win32.basename(name))).toBe(name);
      }),
    );
  });
});
