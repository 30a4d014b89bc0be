/** Random sequences of operations never break what must always hold. Seeded: a failure repeats. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import { OB_FLAG_PERMANENT_OBJECT } from "../../../native-bindings/abi/objectHeaderFlags";
import { NUMBER_HASH_BUCKETS } from "../../../native-bindings/abi/structures/objectManager";
import { directoryHash } from "./directories";
import { hasFlag } from "./objectHeader";
import { createTestKernel, type TestKernel } from "./testKernel";

const ALL = 0x1000_0000;
/** Milliseconds; a second or two is usual. */
const SLOW_MACHINE = 60_000;
const OBJ_BITS = [0, 0x10, 0x40, 0x80, 0xc0, 0xd0];

interface Open {
  handle: number;
  object: Address;
}

/** What the test knows: the handles and references it holds. */
interface Held {
  handles: Open[];
  references: Address[];
  /** Every permanent object, with a reference: in a directory that lost its name nobody could find it again. */
  permanent: Address[];
}

const letter = fc.constantFrom("a", "A", "\ud800");
const path = fc.array(letter, { minLength: 1, maxLength: 3 }).map((parts) => `\\${parts.join("\\")}`);
const bits = fc.constantFrom(...OBJ_BITS);
const pick = fc.nat(1000);

type Step = (kernel: TestKernel, held: Held) => void;

function keep({ ob }: TestKernel, held: Held, { handle }: { handle: number }): void {
  if (handle === 0) return;
  const { object } = ob.ObReferenceObjectByHandle(handle, 0, undefined);
  ob.ObDereferenceObject(object);
  held.handles.push({ handle, object });
  if (!hasFlag(ob.memory, object, OB_FLAG_PERMANENT_OBJECT) || held.permanent.includes(object)) return;
  ob.ObReferenceObject(object);
  held.permanent.push(object);
}

function at<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, bits).map(
    ([name, attributes]): Step =>
      (kernel, held) => {
        keep(kernel, held, kernel.nt.events.NtCreateEvent(ALL, { name, attributes }, 0, false));
      },
  ),
  fc.tuple(path, bits).map(
    ([name, attributes]): Step =>
      (kernel, held) => {
        keep(kernel, held, kernel.nt.NtCreateDirectoryObject(ALL, { name, attributes }));
      },
  ),
  fc.tuple(path, bits, path).map(
    ([name, attributes, target]): Step =>
      (kernel, held) => {
        keep(kernel, held, kernel.nt.NtCreateSymbolicLinkObject(ALL, { name, attributes }, target));
      },
  ),
  fc.tuple(path, bits).map(
    ([name, attributes]): Step =>
      (kernel, held) => {
        keep(kernel, held, kernel.ob.ObOpenObjectByName({ name, attributes }, undefined, ALL));
      },
  ),
  pick.map(
    (index): Step =>
      ({ ob }, held) => {
        const open = at(held.handles, index);
        if (open === undefined) return;
        expect(ob.NtClose(open.handle)).toBe(0);
        held.handles.splice(held.handles.indexOf(open), 1);
      },
  ),
  pick.map(
    (index): Step =>
      (kernel, held) => {
        const { ob, ps } = kernel;
        const open = at(held.handles, index);
        if (open !== undefined)
          keep(kernel, held, ob.NtDuplicateObject(ps.system, open.handle, ps.system, { desiredAccess: 1 }));
      },
  ),
  pick.map(
    (index): Step =>
      ({ ob }, held) => {
        const open = at(held.handles, index);
        if (open === undefined) return;
        ob.ObReferenceObject(open.object);
        held.references.push(open.object);
      },
  ),
  pick.map(
    (index): Step =>
      ({ ob }, held) => {
        const object = at(held.references, index);
        if (object === undefined) return;
        held.references.splice(held.references.indexOf(object), 1);
        ob.ObDereferenceObject(object);
      },
  ),
  pick.map(
    (index): Step =>
      ({ nt }, held) => {
        const open = at(held.handles, index);
        if (open !== undefined) nt.NtMakeTemporaryObject(open.handle);
      },
  ),
);

/** Chains, index, back links, names and counts of a directory and all below it agree. */
function checkDirectory(kernel: TestKernel, directory: Address): void {
  const { ob } = kernel;
  const chained = [...ob.directories.chains(directory)];
  expect(chained).toHaveLength(ob.directoryCount(directory));
  for (const { bucket, object, hash } of chained) {
    const name = ob.names.nameOf(object);
    expect([hash, bucket]).toEqual([directoryHash(name), directoryHash(name) % NUMBER_HASH_BUCKETS]);
    expect(ob.names.directoryOf(object)).toBe(directory);
    const path = directory === ob.root ? `\\${name}` : `${ob.ObQueryNameString(directory)}\\${name}`;
    expect(ob.ObQueryNameString(object)).toBe(path);
    expect(ob.pointerCount(object)).toBeGreaterThan(ob.handleCount(object));
    if (ob.typeOf(object) === ob.directoryType) checkDirectory(kernel, object);
  }
}

function checkHandles({ ob }: TestKernel, held: Held): void {
  const counts = new Map<Address, number>();
  for (const { object } of held.handles) counts.set(object, (counts.get(object) ?? 0) + 1);
  for (const [object, count] of counts) expect(ob.handleCount(object)).toBe(count);
}

function poolInUse({ pool }: TestKernel): Record<string, number> {
  const inUse: Record<string, number> = {};
  for (const { tag, bytes } of pool.usageByTag()) if (bytes !== 0) inUse[tag] = bytes;
  return inUse;
}

it(
  "random creating, opening, closing, referencing and unnaming keeps all counts, chains and pool right",
  () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 20, maxLength: 80, size: "max" }), (sequence) => {
        const kernel = createTestKernel();
        const { ob } = kernel;
        const before = poolInUse(kernel);
        const held: Held = { handles: [], references: [], permanent: [] };
        for (const step of sequence) step(kernel, held);
        checkDirectory(kernel, ob.root);
        checkHandles(kernel, held);
        for (const { handle } of held.handles) expect(ob.NtClose(handle)).toBe(0);
        for (const object of held.references) ob.ObDereferenceObject(object);
        for (const object of held.permanent) {
          ob.ObMakeTemporaryObject(object);
          ob.ObDereferenceObject(object);
        }
        checkDirectory(kernel, ob.root);
        expect(poolInUse(kernel)).toEqual(before);
        const blocks = [...kernel.pool.blocks()].filter(({ inUse }) => inUse).map(({ bytes }) => bytes);
        const counted = Object.values(before).reduce((sum, bytes) => sum + bytes, 0);
        expect(blocks.reduce((sum, bytes) => sum + bytes, 0)).toBe(counted);
      }),
      { numRuns: 100, seed: 37 },
    );
  },
  SLOW_MACHINE,
);

it(
  "any UTF-16 text as a path gives a status, and an explanation that ends with it",
  () => {
    const kernel = createTestKernel();
    const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
    const text = fc.array(fc.oneof(fc.constantFrom("\\", "?", "\\??\\", "GLOBAL??", "DosDevices", "\0"), unit), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, fc.boolean(), bits, (parts, rooted, attributes) => {
        const name = `${rooted ? "\\" : ""}${parts.join("")}`;
        const { status, handle } = kernel.user(() =>
          kernel.ob.ObOpenObjectByName({ name, attributes }, undefined, ALL, 1),
        );
        expect(status).toBe(status >>> 0);
        if (handle !== 0) kernel.user(() => kernel.ob.NtClose(handle));
        const created = kernel.user(() => kernel.nt.events.NtCreateEvent(ALL, { name, attributes }, 0, false));
        expect(created.status).toBe(created.status >>> 0);
        if (created.handle !== 0) kernel.user(() => kernel.ob.NtClose(created.handle));
        const { hops, status: explained } = kernel.ob.explain(name);
        if (hops.length > 0) expect(hops.at(-1)?.status).toBe(explained);
      }),
      { numRuns: 1000, seed: 37 },
    );
  },
  SLOW_MACHINE,
);

it("a path of 64 KB is one long name, of lone surrogates and NULs too", () => {
  const { nt, ob, user } = createTestKernel();
  for (const unit of ["a", "\ud800", "\0"]) {
    const name = `\\${unit.repeat(32_765)}`;
    const { status, handle } = user(() => nt.events.NtCreateEvent(ALL, { name }, 0, false));
    expect(status).toBe(0);
    const { object } = user(() => ob.ObReferenceObjectByHandle(handle, 0, undefined));
    expect(ob.ObQueryNameString(object)).toBe(name);
    expect(user(() => nt.open(nt.events.type, ALL, { name })).status).toBe(0);
  }
  const many = "\\a".repeat(16_000);
  expect(user(() => nt.open(nt.events.type, ALL, { name: many })).status).toBe(0xc000_003a);
});
