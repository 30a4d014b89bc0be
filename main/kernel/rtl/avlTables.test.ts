/** Generic tables against a sorted array, with the driver's routines called as ntddk.h says. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { RTL_AVL_TABLE } from "../../../native-bindings/abi/structures/rtl";
import type { KernelMemory } from "../mem/kernelMemory";
import { TestDdk } from "../wdk/testDdk";

const SIZE = 8;

function tableRig() {
  const rig = new TestDdk();
  const { ddk, kernel } = rig;
  const table = rig.scratch(RTL_AVL_TABLE.size);
  const buffer = rig.scratch(SIZE);
  let isExhausted = false;
  const compare = ddk.routine("Compare", (_table, first = 0, second = 0) => {
    const [one, other] = [kernel.mem.readU32(first), kernel.mem.readU32(second)];
    return one === other ? 2 : one < other ? 0 : 1;
  });
  const allocate = ddk.routine("Allocate", (_table, bytes = 0) =>
    isExhausted ? 0 : ddk.ExAllocatePoolWithTag(NonPagedPoolNx, bytes, "Avl "),
  );
  const free = ddk.routine("Free", (_table, node = 0) => {
    ddk.ExFreePoolWithTag(node, "Avl ");
    return undefined;
  });
  ddk.RtlInitializeGenericTableAvl(table, compare, allocate, free, 0);
  const key = (value: number): Address => {
    kernel.mem.writeU32(buffer, value);
    return buffer;
  };
  const valueAt = (element: Address) => (element === 0 ? undefined : kernel.mem.readU32(element));
  return { ...rig, rig, ddk, kernel, table, key, valueAt, exhaust: () => (isExhausted = true) };
}

/** Height of a subtree; throws when a node's balance, parent or order is wrong. */
function heightOf(mem: KernelMemory, node: Address, parent: Address): number {
  if (node === 0) return 0;
  const left = heightOf(mem, mem.readPointer(node + 8), node);
  const right = heightOf(mem, mem.readPointer(node + 16), node);
  expect([mem.readPointer(node), ((mem.readU8(node + 24) << 24) >> 24) + left]).toEqual([parent, right]);
  expect(Math.abs(right - left)).toBeLessThanOrEqual(1);
  return 1 + Math.max(left, right);
}

describe("RtlInitializeGenericTableAvl and its kin", () => {
  it("keep a sorted set, whatever is inserted and deleted", () => {
    const step = fc.tuple(fc.constantFrom("insert", "insert", "delete", "lookup"), fc.nat(60));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const rig = tableRig();
        const { ddk, table, key, valueAt, kernel } = rig;
        const model = new Set<number>();
        for (const [what, value] of steps) {
          if (what === "insert") {
            const { element, newElement } = ddk.RtlInsertElementGenericTableAvl(table, key(value), SIZE);
            expect([valueAt(element), newElement]).toEqual([value, !model.has(value)]);
            model.add(value);
          } else if (what === "delete") {
            expect(ddk.RtlDeleteElementGenericTableAvl(table, key(value))).toBe(model.delete(value));
          } else {
            const found = valueAt(ddk.RtlLookupElementGenericTableAvl(table, key(value)));
            expect(found).toBe(model.has(value) ? value : undefined);
          }
        }
        const sorted = [...model].sort((a, b) => a - b);
        const seen: (number | undefined)[] = [];
        for (let at = ddk.RtlEnumerateGenericTableAvl(table, true); at !== 0; ) {
          seen.push(valueAt(at));
          at = ddk.RtlEnumerateGenericTableAvl(table, false);
        }
        expect(seen).toEqual(sorted);
        for (const index of [0, sorted.length - 1, 1, sorted.length, -1, 0.5]) {
          expect(valueAt(ddk.RtlGetElementGenericTableAvl(table, index))).toBe(sorted[index]);
        }
        const view = RTL_AVL_TABLE.view(kernel.mem, table);
        const height = heightOf(kernel.mem, view.BalancedRoot.RightChild, table);
        expect([view.NumberGenericTableElements, view.DepthOfTree]).toEqual([sorted.length, height]);
        const inUse = kernel.driverPool.leakedBy(rig.module).reduce((sum, { blocks }) => sum + blocks, 0);
        expect([inUse, rig.test.rules()]).toEqual([sorted.length, []]);
      }),
      { numRuns: 40, seed: 11 },
    );
  }, 60_000);

  it("an enumeration goes on behind an element that was deleted meanwhile", () => {
    const { ddk, table, key, valueAt } = tableRig();
    for (const value of [1, 2, 3, 4]) ddk.RtlInsertElementGenericTableAvl(table, key(value), SIZE);
    ddk.RtlEnumerateGenericTableAvl(table, true);
    expect(valueAt(ddk.RtlEnumerateGenericTableAvl(table, false))).toBe(2);
    ddk.RtlDeleteElementGenericTableAvl(table, key(2));
    expect(valueAt(ddk.RtlEnumerateGenericTableAvl(table, false))).toBe(3);
  });

  it("answer 0 when the driver's routine has no memory", () => {
    const { ddk, table, key, exhaust } = tableRig();
    exhaust();
    expect(ddk.RtlInsertElementGenericTableAvl(table, key(1), SIZE)).toEqual({ element: 0, newElement: false });
    expect(ddk.RtlIsGenericTableEmptyAvl(table)).toBe(true);
  });

  it("notice links that lead in a circle", () => {
    const { ddk, table, key, rig, kernel } = tableRig();
    const { element } = ddk.RtlInsertElementGenericTableAvl(table, key(1), SIZE);
    kernel.mem.writePointer(element - 0x20 + 0x10, element - 0x20);
    const stop = rig.stopOf(() => ddk.RtlLookupElementGenericTableAvl(table, key(2)));
    expect([stop.name, stop.parameters[0]]).toEqual(["KERNEL_SECURITY_CHECK_FAILURE", 0x1d]);
  });
});
