import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handlesIn, modulesIn, processNamesIn, typeNamesIn } from "./systemTables";

const base = 0x7fff_0000n;

function handles(entries: readonly (readonly [pid: number, handle: number, access: number, type: number])[]): Buffer {
  const buffer = Buffer.alloc(0x10 + entries.length * 0x28 + 64);
  buffer.writeBigUInt64LE(BigInt(entries.length), 0);
  entries.forEach(([pid, handle, access, type], index) => {
    const at = 0x10 + index * 0x28;
    buffer.writeBigUInt64LE(BigInt(pid), at + 8);
    buffer.writeBigUInt64LE(BigInt(handle), at + 0x10);
    buffer.writeUInt32LE(access, at + 0x18);
    buffer.writeUInt16LE(type, at + 0x1e);
  });
  return buffer;
}

/** A UNICODE_STRING at `at` of `buffer` whose text lies at `where`. */
function putString(buffer: Buffer, at: number, where: number, text: string): void {
  const units = Buffer.from(`${text}\0`, "utf16le");
  buffer.writeUInt16LE(units.length - 2, at);
  buffer.writeUInt16LE(units.length, at + 2);
  buffer.writeBigUInt64LE(base + BigInt(where), at + 8);
  units.copy(buffer, where);
}

function processes(...names: (readonly [number, string])[]): Buffer {
  const stride = 0x180;
  const buffer = Buffer.alloc(names.length * stride);
  names.forEach(([id, name], index) => {
    const at = index * stride;
    if (index < names.length - 1) buffer.writeUInt32LE(stride, at);
    if (name !== "") putString(buffer, at + 0x38, at + 0x100, name);
    buffer.writeBigUInt64LE(BigInt(id), at + 0x50);
  });
  return buffer;
}

function types(...entries: (readonly [string, number])[]): Buffer {
  const buffer = Buffer.alloc(4096);
  buffer.writeUInt32LE(entries.length, 0);
  let at = 8;
  for (const [name, index] of entries) {
    putString(buffer, at, at + 0x68, name);
    buffer[at + 0x5a] = index;
    at += 0x68 + Math.ceil(((name.length + 1) * 2) / 8) * 8;
  }
  return buffer;
}

function modules(...entries: (readonly [string, bigint, number])[]): Buffer {
  const buffer = Buffer.alloc(8 + entries.length * 0x128);
  buffer.writeUInt32LE(entries.length, 0);
  entries.forEach(([path, address, size], index) => {
    const at = 8 + index * 0x128;
    buffer.writeBigUInt64LE(address, at + 0x10);
    buffer.writeUInt32LE(size, at + 0x18);
    buffer.write(path, at + 0x28, "latin1");
  });
  return buffer;
}

describe("the system's tables", () => {
  it("lists handles", () => {
    const entries = [
      [4, 8, 0x1f0003, 0x10],
      [1234, 0x1ffc, 0x120089, 0x25],
    ] as const;
    expect(handlesIn(handles(entries))).toEqual([
      { processId: 4, handle: 8, access: 0x1f0003, typeIndex: 0x10 },
      { processId: 1234, handle: 0x1ffc, access: 0x120089, typeIndex: 0x25 },
    ]);
  });

  it("names processes", () => {
    const names = processNamesIn(processes([0, ""], [4, "System"], [8, "a.exe"]), base);
    expect([...names]).toEqual([
      [0, "System Idle Process"],
      [4, "System"],
      [8, "a.exe"],
    ]);
  });

  it("names types by their index, and by their place where there is none", () => {
    expect([...typeNamesIn(types(["Type", 2], ["ALPC Port", 0x2e]), base)]).toEqual([
      [2, "Type"],
      [0x2e, "ALPC Port"],
    ]);
    expect([...typeNamesIn(types(["Type", 0], ["Directory", 0]), base)]).toEqual([
      [2, "Type"],
      [3, "Directory"],
    ]);
  });

  it("lists modules", () => {
    const kernel = "\\SystemRoot\\system32\\ntoskrnl.exe";
    expect(modulesIn(modules([kernel, 0xfffff80012340000n, 0x1046000], ["null.sys", 0n, 1]))).toEqual([
      { path: kernel, name: "ntoskrnl.exe", base: 0xfffff80012340000n, size: 0x1046000 },
      { path: "null.sys", name: "null.sys", base: 0n, size: 1 },
    ]);
  });

  it("reads nothing outside the buffer, whatever it holds", () => {
    const garbage = fc.uint8Array({ maxLength: 1_000 });
    const cut = fc
      .tuple(
        fc.constantFrom(handles([[1, 2, 3, 4]]), processes([1, "a"], [2, "b"]), types(["A", 1], ["B", 2])),
        fc.nat(),
      )
      .map(([buffer, length]) => Uint8Array.from(buffer.subarray(0, length % buffer.length)));
    fc.assert(
      fc.property(fc.oneof(garbage, cut), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(handlesIn(buffer).length).toBeLessThanOrEqual(buffer.length / 0x28);
        expect(processNamesIn(buffer, base).size).toBeLessThanOrEqual(buffer.length);
        expect(typeNamesIn(buffer, base).size).toBeLessThanOrEqual(buffer.length / 0x68 + 1);
        expect(modulesIn(buffer).length).toBeLessThanOrEqual(buffer.length / 0x128);
      }),
    );
  });
});
