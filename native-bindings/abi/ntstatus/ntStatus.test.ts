import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeNtStatus,
  NT_ERROR,
  NT_INFORMATION,
  NT_SUCCESS,
  NT_WARNING,
  ntStatusByName,
  ntStatusCodes,
  ntStatusName,
} from "./ntStatus";
import { ntStatusSentences } from "./sentences";

describe("NTSTATUS", () => {
  it("describes a code, signed or unsigned", () => {
    const denied = {
      code: 0xc0000022,
      hex: "0xC0000022",
      name: "STATUS_ACCESS_DENIED",
      message: ntStatusSentences.STATUS_ACCESS_DENIED,
      severity: "error",
    };
    expect(describeNtStatus(0xc0000022)).toEqual(denied);
    expect(describeNtStatus(0xc0000022 | 0)).toEqual(denied);
  });

  it("says where an unknown code comes from", () => {
    expect(describeNtStatus(0xe0001234)).toMatchObject({ name: "NTSTATUS 0xE0001234", severity: "error" });
    expect(describeNtStatus(0xe0001234).message).toContain("not Microsoft's");
    expect(describeNtStatus(0xc01cffff).message).toContain("filter manager");
    expect(describeNtStatus(0xc0070005).message).toContain("Win32 error 5");
    expect(describeNtStatus(0x8fff0001).message).toContain("facility 4095");
  });

  it("sorts codes by severity: each is exactly one kind", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (status) => {
        const plain = NT_SUCCESS(status) && !NT_INFORMATION(status);
        expect([plain, NT_INFORMATION(status), NT_WARNING(status), NT_ERROR(status)].filter(Boolean)).toHaveLength(1);
        expect(NT_SUCCESS(status)).toBe(NT_SUCCESS(status | 0));
        expect(describeNtStatus(status).message).toMatch(/\.$/);
      }),
    ));

  it("counts what NT counts as success", () => {
    expect(NT_SUCCESS(ntStatusCodes.STATUS_TIMEOUT ?? -1)).toBe(true);
    expect(NT_SUCCESS(ntStatusCodes.STATUS_OBJECT_NAME_EXISTS ?? -1)).toBe(true);
    expect(NT_SUCCESS(ntStatusCodes.STATUS_MORE_ENTRIES ?? -1)).toBe(true);
    expect(NT_SUCCESS(ntStatusCodes.STATUS_NO_MORE_ENTRIES ?? 0)).toBe(false);
  });

  it("has each number once, with a sentence", () => {
    const codes = Object.values(ntStatusCodes);
    expect(codes.length).toBeGreaterThanOrEqual(350);
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(ntStatusSentences).sort()).toEqual(Object.keys(ntStatusCodes).sort());
    for (const sentence of Object.values(ntStatusSentences)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it("finds codes by name", () => {
    expect(ntStatusByName("status_pending")).toBe(0x103);
    expect(ntStatusByName("OBJECT_NAME_NOT_FOUND")).toBe(0xc0000034);
    expect(ntStatusByName("NOPE")).toBeUndefined();
    expect(ntStatusByName("constructor")).toBeUndefined();
    for (const [name, code] of Object.entries(ntStatusCodes)) expect(ntStatusName(code)).toBe(name);
  });
});
