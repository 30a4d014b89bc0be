import { describe, expect, it } from "vitest";
import { fieldsAt } from "./fields";
import { KernelFault } from "./kernelFault";
import { KernelMemory } from "./kernelMemory";
import { NONPAGED_POOL_REGION } from "./regions";

const PAGE = 0x1000;

function rig(offset: number) {
  const memory = new KernelMemory();
  const page = memory.pages.allocate(NONPAGED_POOL_REGION, 2, { write: true }) ?? 0;
  return { memory, page, address: page + offset };
}

describe.each([
  ["within a page", 0x100, true],
  ["across two pages", PAGE - 0x1b, true],
  ["of memory that may move", 0x100, false],
])("fields %s", (_name, offset, isPinned) => {
  it("are what the memory holds, both ways", () => {
    const { memory, address } = rig(offset);
    const fields = fieldsAt(memory, address, 0x40, isPinned);
    memory.writePointer(address + 0x18, -0x2000_0000_1000);
    memory.writeU32(address + 4, 0xc000_0001);
    expect([fields.readPointer(0x18), fields.readU32(4), fields.readI32(4), fields.readU8(7)]).toEqual([
      -0x2000_0000_1000, 0xc000_0001, -0x3fff_ffff, 0xc0,
    ]);
    fields.writeU8(0, 0x1ff);
    fields.writeU16(2, 0x1_2345);
    fields.writeU32(8, 0xffff_fffe);
    fields.writePointer(0x10, -1);
    expect([memory.readU8(address), memory.readU16(address + 2), memory.readU32(address + 8)]).toEqual([
      0xff, 0x2345, 0xffff_fffe,
    ]);
    expect(memory.readPointer(address + 0x10)).toBe(-1);
  });

  it("are cleared and nothing beside them", () => {
    const { memory, address } = rig(offset);
    memory.fill(address - 1, 0x42, 0xaa);
    fieldsAt(memory, address, 0x40, isPinned).clear(3, 0x3d);
    const expected = Uint8Array.from({ length: 0x42 }, (_, at) => (at < 4 || at === 0x41 ? 0xaa : 0));
    expect(memory.readBytes(address - 1, 0x42)).toEqual(expected);
  });
});

describe("fields", () => {
  it("of memory that goes fault from then on, unless they were said to be pinned", () => {
    const { memory, page, address } = rig(0x100);
    const fields = fieldsAt(memory, address, 0x40, false);
    memory.pages.free(NONPAGED_POOL_REGION, page, 2);
    expect(() => fields.readU8(0)).toThrow(KernelFault);
  });

  it("can't be asked for where nothing can be written", () => {
    const { memory, page } = rig(0);
    memory.pages.protect(page, 1, { write: false });
    expect(() => fieldsAt(memory, page, 0x40, true)).toThrow(KernelFault);
  });
});
