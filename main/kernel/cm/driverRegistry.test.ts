/** The registry as a driver uses it: ZwQueryValueKey, ZwSetValueKey, RtlQueryRegistryValues... (wdm.h). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_OVERFLOW,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_CALLBACK_BYPASS,
  STATUS_CANNOT_DELETE,
  STATUS_FLT_INSTANCE_ALTITUDE_COLLISION,
  STATUS_INVALID_HANDLE,
  STATUS_INVALID_PARAMETER,
  STATUS_KEY_DELETED,
  STATUS_NO_MORE_ENTRIES,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_SZ } from "../../../native-bindings/abi/registryTypes";
import { TestDdk } from "../wdk/testDdk";
import { bytesOfData, dataOfBytes } from "./registryBytes";

const CASE_INSENSITIVE = 0x40;
const FULL = 1;
const PARTIAL = 2;
const SERVICES = 1;

function keyRig() {
  const rig = new TestDdk();
  const { ddk } = rig;
  const { handle } = ddk.ZwOpenKey(0xf003f, { name: rig.registryPath, attributes: CASE_INSENSITIVE });
  const buffer = rig.scratch(256);
  const set = (name: string, type: number, bytes: readonly number[]) => {
    ddk.memory.writeBytes(buffer, Uint8Array.from(bytes));
    return ddk.ZwSetValueKey(handle, name, type, buffer, bytes.length);
  };
  return { ...rig, rig, ddk, handle, buffer, set };
}

describe("key handles", () => {
  it("open what DriverEntry is given, by OBJECT_ATTRIBUTES in memory too", () => {
    const { rig, ddk, handle, buffer } = keyRig();
    expect(ddk.ZwQueryKey(handle, 3, buffer, 256).status).toBe(STATUS_SUCCESS);
    expect(rig.kernel.mem.readUtf16(buffer + 4, rig.kernel.mem.readU32(buffer))).toMatch(
      /\\ControlSet001\\Services\\drv$/,
    );
    const attributes = rig.scratch(0x30);
    rig.kernel.mem.writeU32(attributes, 0x30);
    rig.kernel.mem.writePointer(attributes + 8, handle);
    rig.kernel.mem.writePointer(attributes + 0x10, rig.string("Parameters"));
    rig.kernel.mem.writeU32(attributes + 0x18, CASE_INSENSITIVE);
    expect(ddk.ZwOpenKey(1, attributes).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ddk.ZwCreateKey(1, attributes)).toMatchObject({ status: STATUS_SUCCESS, disposition: 1 });
    expect(ddk.ZwCreateKey(1, attributes)).toMatchObject({ status: STATUS_SUCCESS, disposition: 2 });
    const opened = ddk.IoOpenDriverRegistryKey(rig.driverObject, 0, 1, 0);
    expect([opened.status, ddk.ZwClose(opened.handle), ddk.ZwClose(opened.handle)]).toEqual([
      STATUS_SUCCESS,
      STATUS_SUCCESS,
      STATUS_INVALID_HANDLE,
    ]);
  });

  it("write values, whose answers are cut as documented (ZwQueryValueKey)", () => {
    const { rig, ddk, handle, buffer, set } = keyRig();
    expect(set("Mode", REG_DWORD, [7, 0, 0, 0])).toBe(STATUS_SUCCESS);
    expect(rig.kernel.scm.QueryServiceConfig("drv")).toHaveProperty("value");
    const ask = (name: string, kind: number, length: number) => ddk.ZwQueryValueKey(handle, name, kind, buffer, length);
    expect(ask("mode", PARTIAL, 256)).toEqual({ status: STATUS_SUCCESS, resultLength: 16 });
    expect([4, 8, 12].map((at) => ddk.memory.readU32(buffer + at))).toEqual([REG_DWORD, 4, 7]);
    expect(ask("Mode", PARTIAL, 11)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, resultLength: 16 });
    expect(ask("Mode", PARTIAL, 14)).toEqual({ status: STATUS_BUFFER_OVERFLOW, resultLength: 16 });
    expect(ask("Mode", FULL, 256)).toEqual({ status: STATUS_SUCCESS, resultLength: 32 });
    expect([4, 8, 12, 16, 28].map((at) => ddk.memory.readU32(buffer + at))).toEqual([REG_DWORD, 28, 4, 8, 7]);
    expect(ask("none", PARTIAL, 256).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ask("Mode", 99, 256).status).toBe(STATUS_INVALID_PARAMETER);
    expect(ddk.ZwDeleteValueKey(handle, "MODE")).toBe(STATUS_SUCCESS);
    expect(ddk.ZwDeleteValueKey(handle, "MODE")).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("enumerate values and keys, and delete keys without subkeys", () => {
    const { rig, ddk, handle, buffer, set } = keyRig();
    set("Extra", REG_BINARY, [1, 2]);
    const names: string[] = [];
    for (let index = 0; ddk.ZwEnumerateValueKey(handle, index, 0, buffer, 256).status === STATUS_SUCCESS; index++) {
      names.push(rig.kernel.mem.readUtf16(buffer + 12, rig.kernel.mem.readU32(buffer + 8)));
    }
    expect(names).toContain("Extra");
    expect(names).toContain("Type");
    const below = (name: string) => ddk.ZwCreateKey(0xf003f, { name, rootDirectory: handle, attributes: 0x40 }).handle;
    const first = below("A");
    const second = below("A\\B");
    expect(ddk.ZwEnumerateKey(handle, 0, 0, buffer, 256).status).toBe(STATUS_SUCCESS);
    expect(rig.kernel.mem.readUtf16(buffer + 16, 2)).toBe("A");
    expect(rig.kernel.mem.readU64(buffer)).toBeGreaterThan(0n);
    expect(ddk.ZwEnumerateKey(handle, 1, 0, buffer, 256).status).toBe(STATUS_NO_MORE_ENTRIES);
    expect(ddk.ZwEnumerateKey(handle, Number.NaN, 0, buffer, 256).status).toBe(STATUS_NO_MORE_ENTRIES);
    expect([first, second, second, first].map((key) => ddk.ZwDeleteKey(key))).toEqual([
      STATUS_CANNOT_DELETE,
      STATUS_SUCCESS,
      STATUS_KEY_DELETED,
      STATUS_SUCCESS,
    ]);
    expect(ddk.ZwQueryKey(handle, 2, buffer, 256)).toEqual({ status: STATUS_SUCCESS, resultLength: 0x2c });
    expect(ddk.ZwSetValueKey(0x1234, "x", 1, 0, 0)).toBe(STATUS_INVALID_HANDLE);
  });

  it("a bad buffer is a fault, a bad size an error", () => {
    const { rig, ddk, handle } = keyRig();
    expect(ddk.ZwSetValueKey(handle, "x", 3, 0, -1)).not.toBe(STATUS_SUCCESS);
    const stop = rig.stopOf(() => ddk.ZwQueryValueKey(handle, "Type", PARTIAL, -0x1000, 256));
    expect(stop.name).toBe("PAGE_FAULT_IN_NONPAGED_AREA");
  });
});

describe("values", () => {
  it("come back byte by byte, whatever their type says", () => {
    fc.assert(
      fc.property(fc.nat(13), fc.uint8Array({ maxLength: 24 }), (type, bytes) => {
        expect(bytesOfData(dataOfBytes({ type, bytes }))).toEqual({ type, bytes });
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(dataOfBytes({ type: REG_SZ, bytes: Uint8Array.of(97, 0, 0, 0) })).toEqual({ type: "REG_SZ", text: "a" });
  });
});

describe("RtlQueryRegistryValues", () => {
  function queryRig() {
    const keys = keyRig();
    const { rig, ddk } = keys;
    const calls: unknown[][] = [];
    const routine = ddk.routine("Query", (name = 0, type = 0, data = 0, length = 0, context = 0, entry = 0) => {
      const text = rig.kernel.mem.readUtf16(name, 64).split("\0")[0];
      calls.push([text, type, [...rig.kernel.mem.readBytes(data, length)], context, entry]);
      return 0;
    });
    const query = (entries: { routine?: number; flags: number; name?: string; context?: number; type?: number }[]) => {
      const table = rig.scratch(0x38 * (entries.length + 1));
      for (const [index, entry] of entries.entries()) {
        const at = table + index * 0x38;
        rig.kernel.mem.writePointer(at, entry.routine ?? 0);
        rig.kernel.mem.writeU32(at + 8, entry.flags);
        rig.kernel.mem.writePointer(at + 0x10, entry.name === undefined ? 0 : rig.text(entry.name));
        rig.kernel.mem.writePointer(at + 0x18, entry.context ?? 0);
        rig.kernel.mem.writeU32(at + 0x20, entry.type ?? 0);
      }
      return ddk.RtlQueryRegistryValues(SERVICES, rig.text("drv"), table, 77);
    };
    return { ...keys, calls, routine, query };
  }

  it("calls the routine with each text of REG_MULTI_SZ, and stores directly", () => {
    const { set, query, calls, routine, rig, ddk } = queryRig();
    set("Many", REG_MULTI_SZ, [97, 0, 0, 0, 98, 0, 0, 0, 0, 0]);
    set("Mode", REG_DWORD, [7, 0, 0, 0]);
    const mode = rig.scratch(16);
    const text = rig.scratch(16);
    const status = query([
      { routine, flags: 0, name: "Many", context: 5 },
      { flags: 0x120, name: "Mode", context: mode, type: REG_DWORD << 24 },
      { flags: 0x20, name: "ImagePath", context: text },
    ]);
    expect(status).toBe(STATUS_SUCCESS);
    expect(calls).toEqual([
      ["Many", REG_SZ, [97, 0, 0, 0], 77, 5],
      ["Many", REG_SZ, [98, 0, 0, 0], 77, 5],
    ]);
    expect([ddk.memory.readU32(mode), ddk.unicodeString(text)]).toEqual([7, "builtin:drv"]);
  });

  it("refuses a missing value that is required, another type, and an entry that contradicts itself", () => {
    const { query, rig, routine } = queryRig();
    const context = rig.scratch(16);
    expect(query([{ flags: 0x24, name: "none", context }])).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(query([{ flags: 0x20, name: "none", context }])).toBe(STATUS_SUCCESS);
    expect(query([{ flags: 0x120, name: "Type", context, type: REG_SZ << 24 }])).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(query([{ flags: 0x20, context }])).toBe(STATUS_INVALID_PARAMETER);
    expect(query([{ routine, flags: 0x05, name: "nokey" }])).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("writes, checks and deletes by path", () => {
    const { rig, ddk } = keyRig();
    const data = rig.scratch(8);
    expect(ddk.RtlCheckRegistryKey(SERVICES, rig.text("drv\\P"))).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ddk.RtlWriteRegistryValue(SERVICES, "drv\\P", "V", REG_DWORD, data, 4)).toBe(STATUS_SUCCESS);
    expect(ddk.RtlCheckRegistryKey(SERVICES, "drv\\P")).toBe(STATUS_SUCCESS);
    expect(ddk.RtlDeleteRegistryValue(SERVICES, "drv\\P", "v")).toBe(STATUS_SUCCESS);
    expect(ddk.RtlDeleteRegistryValue(SERVICES, "drv\\P", "v")).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ddk.RtlCheckRegistryKey(99, "x")).toBe(STATUS_INVALID_PARAMETER);
  });
});

describe("CmRegisterCallbackEx", () => {
  it("is told before and after, and can refuse or bypass an operation", () => {
    const { rig, ddk, set, handle, buffer } = keyRig();
    const { mem } = rig.kernel;
    const seen: unknown[] = [];
    let answer = STATUS_SUCCESS;
    const routine = ddk.routine("Registry", (context = 0, kind = 0, information = 0) => {
      const isBefore = kind === 1;
      seen.push([
        context,
        kind,
        isBefore ? ddk.unicodeString(mem.readPointer(information + 8)) : mem.readU32(information + 8),
      ]);
      return isBefore ? answer : STATUS_SUCCESS;
    });
    const { status, cookie } = ddk.CmRegisterCallbackEx(routine, "321000", rig.driverObject, 5);
    expect([status, ddk.CmRegisterCallbackEx(routine, "321000", 0, 0).status]).toEqual([
      STATUS_SUCCESS,
      STATUS_FLT_INSTANCE_ALTITUDE_COLLISION,
    ]);
    expect(set("One", REG_BINARY, [1])).toBe(STATUS_SUCCESS);
    expect(seen).toEqual([
      [5, 1, "One"],
      [5, 16, STATUS_SUCCESS],
    ]);
    answer = STATUS_ACCESS_DENIED;
    expect(set("Two", REG_BINARY, [1])).toBe(STATUS_ACCESS_DENIED);
    answer = STATUS_CALLBACK_BYPASS;
    expect(set("Two", REG_BINARY, [1])).toBe(STATUS_SUCCESS);
    expect(ddk.ZwQueryValueKey(handle, "Two", PARTIAL, buffer, 64).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(rig.kernel.cmCallbacks.countOf(rig.module)).toBe(1);
    expect([ddk.CmUnRegisterCallback(cookie), ddk.CmUnRegisterCallback(cookie)]).toEqual([
      STATUS_SUCCESS,
      STATUS_INVALID_PARAMETER,
    ]);
    expect(set("Two", REG_BINARY, [1])).toBe(STATUS_SUCCESS);
  });
});
