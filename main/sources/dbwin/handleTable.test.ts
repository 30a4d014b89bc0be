import { describe, expect, it } from "vitest";
import { findHolder, type HolderQuestion, readHandleTable, type SystemHandle } from "./handleTable";

function table(count: bigint, ...entries: [bigint, bigint, bigint, number, number][]): Buffer {
  const buffer = Buffer.alloc(16 + entries.length * 40);
  buffer.writeBigUInt64LE(count);
  for (const [index, [object, processId, handle, access, type]] of entries.entries()) {
    const at = 16 + index * 40;
    buffer.writeBigUInt64LE(object, at);
    buffer.writeBigUInt64LE(processId, at + 8);
    buffer.writeBigUInt64LE(handle, at + 16);
    buffer.writeUInt32LE(access, at + 24);
    buffer.writeUInt16LE(type, at + 30);
  }
  return buffer;
}

const AT = 0xffff_a000_0000_1000n;

function holder(bytes: Buffer, isSame: HolderQuestion["isSame"] = () => expect.fail("asked")) {
  return findHolder(readHandleTable(bytes), { handle: 0x34n, processId: 10, access: 4, isSame });
}

describe("readHandleTable", () => {
  it("reads the entries, and no more than there are", () => {
    const entry: SystemHandle = { object: AT, processId: 10, handle: 0x34n, access: 0xf0007, type: 18 };
    const one: [bigint, bigint, bigint, number, number] = [AT, 10n, 0x34n, 0xf0007, 18];
    expect([...readHandleTable(table(1n, one))]).toEqual([entry]);
    expect([...readHandleTable(table(1n << 63n, one, one))]).toEqual([entry, entry]);
    expect([...readHandleTable(table(1n, one).subarray(0, 40))]).toEqual([]);
    expect([...readHandleTable(Buffer.alloc(3))]).toEqual([]);
  });
});

describe("findHolder", () => {
  it("goes by the object's address, and passes writers over", () => {
    const ours: [bigint, bigint, bigint, number, number] = [AT, 10n, 0x34n, 0xf0007, 18];
    const writer: [bigint, bigint, bigint, number, number] = [AT, 20n, 0x8n, 0x2, 18];
    const other: [bigint, bigint, bigint, number, number] = [AT + 8n, 30n, 0x8n, 0xf0007, 18];
    const reader: [bigint, bigint, bigint, number, number] = [AT, 40n, 0x8n, 0x4, 18];
    const ourOther: [bigint, bigint, bigint, number, number] = [AT, 10n, 0x38n, 0x4, 18];
    expect(holder(table(5n, ourOther, writer, other, ours, reader))).toBe(40);
    expect(holder(table(3n, ourOther, writer, ours))).toBe(10);
    expect(holder(table(2n, writer, ours))).toBeUndefined();
    expect(holder(table(1n, reader))).toBeUndefined();
  });

  it("compares handles of the type where addresses are withheld", () => {
    const bytes = table(
      4n,
      [0n, 10n, 0x34n, 0xf0007, 18],
      [0n, 20n, 0x8n, 0xf0007, 12],
      [0n, 30n, 0x8n, 0xf0007, 18],
      [0n, 40n, 0xcn, 0xf0007, 18],
    );
    const asked: number[] = [];
    const isSame = ({ processId, handle }: SystemHandle) => asked.push(processId) > 0 && handle === 0xcn;
    expect([holder(bytes, isSame), asked]).toEqual([40, [30, 40]]);
  });
});
