import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BufferMemory } from "../../../native-bindings/abi/byteMemory";
import { KernelFault } from "./kernelFault";
import { KernelMemory } from "./kernelMemory";
import { NONPAGED_POOL_REGION, PAGED_POOL_REGION, regionOf, SYSTEM_PTE_REGION } from "./regions";
import { UserSpace } from "./userSpace";
import { equalsUtf16 } from "./utf16";

function setUp(pages = 2) {
  const memory = new KernelMemory();
  const at = memory.pages.allocate(NONPAGED_POOL_REGION, pages, { write: true });
  if (at === undefined) throw new Error("no pages");
  return { memory, at };
}

/** The fault that `action` raises, as operation and reason. */
function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof KernelFault) return `${error.operation} ${error.reason}`;
    throw error;
  }
  return "no fault";
}

describe("reading and writing", () => {
  it("keeps every width at every offset, page boundaries included", () => {
    const { memory, at } = setUp();
    const plain = new BufferMemory(8192, at);
    const offset = fc.oneof(fc.integer({ min: 4080, max: 4112 }), fc.integer({ min: 0, max: 8184 }));
    fc.assert(
      fc.property(offset, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(5), (where, value, kind) => {
        for (const target of [memory, plain]) {
          const number = Number(value & 0xffff_ffffn);
          if (kind === 0) target.writeU8(at + where, number & 0xff);
          else if (kind === 1) target.writeU16(at + where, number & 0xffff);
          else if (kind === 2) target.writeU32(at + where, number);
          else if (kind === 3) target.writeI32(at + where, number | 0);
          else if (kind === 4) target.writeU64(at + where, value);
          else target.writePointer(at + where, Number(BigInt.asIntN(48, value)));
        }
        const around = Math.max(0, where - 8);
        const length = Math.min(24, 8192 - around);
        expect(memory.readBytes(at + around, length)).toEqual(plain.readBytes(at + around, length));
        expect(memory.readU16(at + where)).toBe(plain.readU16(at + where));
        expect(memory.readI32(at + where)).toBe(plain.readI32(at + where));
        expect(memory.readU64(at + where)).toBe(plain.readU64(at + where));
        expect(memory.readPointer(at + where)).toBe(plain.readPointer(at + where));
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("counts with 64 bits", () => {
    const { memory, at } = setUp();
    expect(memory.addPointer(at, 5)).toBe(5);
    expect(memory.addPointer(at, -7)).toBe(-2);
    expect(memory.readU64(at)).toBe(0xffff_ffff_ffff_fffen);
  });

  it("copies overlapping ranges", () => {
    const { memory, at } = setUp();
    memory.writeBytes(at + 4090, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    memory.copy(at + 4092, at + 4090, 8);
    expect([...memory.readBytes(at + 4090, 10)]).toEqual([1, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("keeps UTF-16 as it is, over pages and at odd addresses", () => {
    const { memory, at } = setUp();
    const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), fc.integer({ min: 4000, max: 4100 }), (units, where) => {
        const text = units.join("");
        memory.writeUtf16(at + where, text);
        expect(memory.readUtf16(at + where, text.length * 2)).toBe(text);
        if (where % 2 === 0)
          expect(equalsUtf16(memory, at + where, `x${text}`, 1, text.length + 1, undefined)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
    memory.writeUnicodeString(at, "\\Device\\Null");
    expect(memory.readUnicodeString(at)).toBe("\\Device\\Null");
  });
});

describe("faults", () => {
  it("say what was wrong", () => {
    const { memory, at } = setUp(1);
    expect(faultOf(() => memory.readU8(0))).toBe("read notPresent");
    expect(faultOf(() => memory.writeU32(at + 4096, 1))).toBe("write notPresent");
    for (const value of [2 ** 47, -(2 ** 47) - 1, Number.NaN, 0.5]) {
      expect([value, faultOf(() => memory.readU32(value))]).toEqual([value, "read nonCanonical"]);
    }
    memory.pages.protect(at, 1, {});
    expect(faultOf(() => memory.readU8(at))).toBe("no fault");
    expect(faultOf(() => memory.writeU8(at, 1))).toBe("write protection");
    expect(faultOf(() => memory.translation.executeFrame(at))).toBe("execute protection");
    memory.pages.protect(at, 1, { noAccess: true });
    expect(faultOf(() => memory.readU8(at))).toBe("read protection");
  });

  it("leave the first page as it was when the second is missing", () => {
    const { memory, at } = setUp(1);
    for (const write of [
      () => memory.writeU64(at + 4092, 1n),
      () => memory.writeU16(at + 4095, 0x101),
      () => memory.writeBytes(at + 4000, new Uint8Array(200).fill(1)),
      () => memory.fill(at + 4000, 200, 1),
      () => memory.writeUtf16(at + 4090, "longer than the page"),
    ]) {
      expect(faultOf(write)).toBe("write notPresent");
    }
    expect(memory.readBytes(at, 4096).every((byte) => byte === 0)).toBe(true);
  });

  it("come after pages are taken back, also where they were cached", () => {
    const { memory, at } = setUp(1);
    memory.writeU32(at, 7);
    memory.pages.free(NONPAGED_POOL_REGION, at, 1);
    expect(faultOf(() => memory.readU32(at))).toBe("read notPresent");
    expect(memory.frames.inUse).toBe(0);
    const again = memory.pages.allocate(NONPAGED_POOL_REGION, 1, { write: true });
    expect(again).toBe(at);
    expect(memory.readU32(at)).toBe(0);
  });
});

describe("address spaces", () => {
  it("have a user half each and share the kernel half", () => {
    const { memory, at } = setUp(1);
    const [first, second] = [new UserSpace(), new UserSpace()];
    const one = memory.pages.allocateUser(first, 1, { write: true }) ?? 0;
    const two = memory.pages.allocateUser(second, 1, { write: true }) ?? 0;
    expect(one).toBe(two);
    expect(faultOf(() => memory.readU32(one))).toBe("read notPresent");
    memory.attachUser(first);
    memory.writeU32(one, 1);
    memory.writeU32(at, 42);
    memory.attachUser(second);
    expect([memory.readU32(two), memory.readU32(at)]).toEqual([0, 42]);
    memory.attachUser(first);
    expect(memory.readU32(one)).toBe(1);
    memory.pages.freeUser(second, two, 1);
    expect(memory.readU32(one)).toBe(1);
  });

  it("let locked frames be seen twice, and outlive their owner", () => {
    const { memory } = setUp(1);
    const space = new UserSpace();
    memory.attachUser(space);
    const user = memory.pages.allocateUser(space, 2, { write: true }) ?? 0;
    const frames = memory.pages.lock(user, 2);
    const system = memory.pages.mapLocked(SYSTEM_PTE_REGION, frames, { write: true }) ?? 0;
    memory.writeU32(system + 4094, 0x01020304);
    expect(memory.readU32(user + 4094)).toBe(0x01020304);
    memory.pages.freeUser(space, user, 2);
    expect(memory.readU32(system + 4094)).toBe(0x01020304);
    const before = memory.frames.inUse;
    memory.pages.unmapLocked(SYSTEM_PTE_REGION, system, 2);
    memory.pages.unlock(frames);
    expect(memory.frames.inUse).toBe(before - 2);
  });

  it("know their regions", () => {
    expect(regionOf(PAGED_POOL_REGION.start)).toBe(PAGED_POOL_REGION);
    expect(regionOf(0x1_0000)?.name).toBe("user");
    expect(regionOf(0)).toBeUndefined();
  });

  it("list what is mapped", () => {
    const { memory, at } = setUp(3);
    expect([...memory.translation.kernel.pages()].map(({ address }) => address)).toEqual([at, at + 4096, at + 8192]);
  });
});
