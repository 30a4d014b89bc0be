import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressMap } from "./addressMap";

/** Few enough to meet again, and many in one slot of the cache. */
const addresses = fc.integer({ min: 0, max: 40 }).map((index) => -0x2000_0000_0000 + index * 0x10_0000);
const steps = fc.array(
  fc.tuple(fc.constantFrom("set", "get", "delete") as fc.Arbitrary<"set" | "get" | "delete">, addresses),
  { maxLength: 200 },
);

describe("AddressMap", () => {
  it("is a Map", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const map = new AddressMap<number>();
        const model = new Map<number, number>();
        for (const [number, [step, address]] of list.entries()) {
          if (step === "get") expect(map.get(address)).toBe(model.get(address));
          else if (step === "delete") expect(map.delete(address)).toBe(model.delete(address));
          else {
            map.set(address, number);
            model.set(address, number);
          }
          expect([map.size, map.has(address)]).toEqual([model.size, model.has(address)]);
        }
        expect([...map.entries()]).toEqual([...model]);
        expect([...map.keys()]).toEqual([...model.keys()]);
      }),
    );
  });
});
