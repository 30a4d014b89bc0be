import { beforeEach, describe, expect, it } from "vitest";
import { STATUS_NOT_IMPLEMENTED, STATUS_PRIVILEGE_NOT_HELD } from "../../native-bindings/abi/ntstatus/codes";
import { ERROR_ACCESS_DENIED } from "../../native-bindings/abi/win32/codes";
import { type DebugFilterCalls, NativeDebugFilter } from "./nativeDebugFilter";

const WIN2000 = 0xffff_ffff;
const DEFAULT = 101;
const IHVDRIVER = 77;
const STATUS_INVALID_PARAMETER_1 = 0xc00000ef;
/** The last component of the Windows that is played here. */
const LAST = 120;

/** As the kernel does it: a message passes by its component's mask or by WIN2000's. */
class FakeKernel implements DebugFilterCalls {
  readonly masks = new Map<number, number>([[WIN2000, 1]]);
  readonly boot = new Map<string, number>([["DEFAULT", 0xf]]);
  isElevated = true;
  isStub = false;

  query(component: number, level: number): number {
    if (this.isStub) return STATUS_NOT_IMPLEMENTED;
    if (component !== WIN2000 && component > LAST) return STATUS_INVALID_PARAMETER_1;
    return ((((this.masks.get(component) ?? 0) | (this.masks.get(WIN2000) ?? 0)) >>> level) & 1) as number;
  }
  set(component: number, level: number, on: boolean): number {
    const bits = level < 32 ? 1 << level : level;
    const mask = this.masks.get(component) ?? 0;
    this.masks.set(component, (on ? mask | bits : mask & ~bits) >>> 0);
    return 0;
  }
  enablePrivilege(): number {
    return this.isElevated ? 0 : STATUS_PRIVILEGE_NOT_HELD;
  }
  bootMask(name: string): number | undefined {
    return this.boot.get(name);
  }
  setBootMask(name: string, mask: number): number {
    if (!this.isElevated) return ERROR_ACCESS_DENIED;
    this.boot.set(name, mask);
    return 0;
  }
}

describe("NativeDebugFilter", () => {
  let kernel: FakeKernel;
  let filter: NativeDebugFilter;
  const row = (id: number) => {
    const read = filter.read();
    return read.ok ? read.value.find((component) => component.id === id) : undefined;
  };
  beforeEach(() => {
    kernel = new FakeKernel();
    filter = new NativeDebugFilter(kernel);
  });

  it("reads what would pass, with the masks at boot", () => {
    kernel.masks.set(IHVDRIVER, 0x8000_0008);
    expect(filter.isThere).toBe(true);
    expect(row(WIN2000)).toEqual({ id: WIN2000, name: "WIN2000", mask: 1, dropped: 0 });
    expect(row(IHVDRIVER)).toEqual({ id: IHVDRIVER, name: "IHVDRIVER", mask: 0x8000_0009, dropped: 0 });
    expect(row(DEFAULT)).toMatchObject({ name: "DEFAULT", mask: 1, bootMask: 0xf });
  });

  it("leaves out what this Windows does not have", () => {
    expect([row(LAST)?.id, row(LAST + 1)]).toEqual([LAST, undefined]);
  });

  it("sets levels, and masks for the next boot", () => {
    expect(filter.set(DEFAULT, 3, true)).toEqual({ ok: true, value: undefined });
    expect(filter.setBoot(IHVDRIVER, 0xffff_ffff)).toEqual({ ok: true, value: undefined });
    expect([row(DEFAULT)?.mask, row(IHVDRIVER)?.bootMask]).toEqual([9, 0xffff_ffff]);
  });

  it("says which privilege is missing and how to get it", () => {
    kernel.isElevated = false;
    expect(filter.set(DEFAULT, 3, true)).toMatchObject({
      error: { name: "STATUS_PRIVILEGE_NOT_HELD", message: expect.stringMatching(/SeDebugPrivilege.*administrator/) },
    });
    expect(filter.setBoot(DEFAULT, 1)).toMatchObject({
      error: { name: "ERROR_ACCESS_DENIED", message: expect.stringMatching(/administrator/) },
    });
    expect([row(DEFAULT)?.mask, row(DEFAULT)?.bootMask]).toEqual([1, 0xf]);
  });

  it("passes on that a system has no such thing", () => {
    kernel.isStub = true;
    expect(filter.isThere).toBe(false);
    for (const answer of [filter.read(), filter.set(DEFAULT, 3, true)]) {
      expect(answer).toMatchObject({ ok: false, error: { name: "STATUS_NOT_IMPLEMENTED" } });
    }
  });

  it.each([
    [500, 0, "bad-component"],
    [DEFAULT, -1, "bad-level"],
    [DEFAULT, 2 ** 32, "bad-level"],
    [DEFAULT, 0.5, "bad-level"],
  ])("refuses component %s with level %s", (component, level, name) => {
    expect(filter.set(component, level, true)).toMatchObject({ ok: false, error: { name } });
    expect(filter.setBoot(component, level)).toMatchObject({ ok: false, error: { name } });
  });
});
