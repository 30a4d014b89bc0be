import { describe, expect, it } from "vitest";
import { ntscopeError, type ObjectInfo } from "../../../preload/shared";
import { fieldText, objectText, valueText } from "./fieldText";

describe("fields as text", () => {
  it("say each kind of value in words", () => {
    expect(valueText({ kind: "number", value: 4096, unit: "bytes" })).toBe("4,096 bytes");
    expect(valueText({ kind: "address", address: "0xFFFFF80000001000", symbol: "nt!IopInvalidDeviceRequest" })).toBe(
      "0xFFFFF80000001000 nt!IopInvalidDeviceRequest",
    );
    expect(valueText({ kind: "boolean", value: false })).toBe("no");
    expect(valueText({ kind: "code", raw: "0x15", name: "FILE_DEVICE_NULL" })).toBe("FILE_DEVICE_NULL (0x15)");
    expect(valueText({ kind: "time", time: 0 })).toBe("1970-01-01 00:00:00.000 UTC");
    expect(valueText({ kind: "time", time: Number.NaN })).toBe("not a time");
    expect(
      valueText({
        kind: "flags",
        raw: "0x90",
        set: [{ name: "DO_DIRECT_IO", bit: "0x10", meaning: "" }],
        unknown: "0x80",
      }),
    ).toBe("0x90 DO_DIRECT_IO | 0x80");
  });

  it("show what a name hides", () => {
    expect(valueText({ kind: "text", text: "a\u202Eb\u0000" })).toBe("a\\u{202E}b␀");
  });

  it("say why a field could not be read", () => {
    const error = {
      ...ntscopeError("x", "Access is denied."),
      status: "0xC0000022",
      name: "STATUS_ACCESS_DENIED",
    };
    expect(fieldText({ error })).toBe("STATUS_ACCESS_DENIED (0xC0000022): Access is denied.");
  });

  it("put a whole sheet together", () => {
    const info: ObjectInfo = {
      path: "\\Device\\Null",
      name: "Null",
      type: "Device",
      sections: [
        {
          id: "general",
          title: "General",
          fields: [{ id: "handles", label: "Handles", field: { value: { kind: "number", value: 3 } } }],
        },
        {
          id: "major",
          title: "Major functions",
          fields: [
            {
              id: "table",
              label: "Dispatch table",
              field: {
                value: {
                  kind: "table",
                  columns: ["Function", "Routine"],
                  rows: [
                    [
                      { kind: "text", text: "IRP_MJ_CREATE" },
                      { kind: "text", text: "Null!NullDispatch" },
                    ],
                  ],
                },
              },
            },
          ],
        },
      ],
    };
    expect(objectText(info)).toBe(
      "\\Device\\Null (Device)\n\n[General]\nHandles: 3\n\n[Major functions]\n" +
        "Dispatch table:\nFunction\tRoutine\nIRP_MJ_CREATE\tNull!NullDispatch",
    );
  });
});
