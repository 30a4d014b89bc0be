import { describe, expect, it } from "vitest";
import { ensureDirectory } from "./namedObjects";
import { createTestKernel } from "./testKernel";

describe("the object manager after its start", () => {
  it("shows what it made itself", () => {
    const { ob } = createTestKernel();
    const names = [...ob.children(ob.root)].map(({ name }) => name).sort();
    expect(names).toEqual(["DosDevices", "GLOBAL??", "ObjectTypes"]);
    expect(ob.ObQueryNameString(ob.globalDosDevices)).toBe("\\GLOBAL??");
    expect(ob.ObQueryNameString(ob.root)).toBe("\\");
  });

  it("numbers the types as Windows 10 does", () => {
    const { ob } = createTestKernel();
    ob.createRemainingTypes();
    expect(ob.typeByName("Type")?.index).toBe(2);
    expect(ob.typeByName("File")?.index).toBe(37);
    expect(ob.directoryCount(ob.typesDirectory)).toBe(ob.types.all.length);
    expect(ob.typeType.objectCount).toBe(ob.types.all.length);
  });
});

describe("a large directory", () => {
  it("finds, lists in pages and removes each of 30,000 names", () => {
    const { ob, nt, pool, host } = createTestKernel();
    host.didChange = undefined;
    const before = pool.pagedBytes + pool.nonpagedBytes;
    const COUNT = 30_000;
    const directory = ensureDirectory(ob, "\\Large");
    const objects: number[] = [];
    for (let number = 0; number < COUNT; number++) {
      const { object } = ob.ObCreateObject(nt.events.type, { name: `\\Large\\Object${number}` });
      ob.ObInsertObject(object, 0, { createHandle: false });
      objects.push(object);
    }
    expect(ob.directoryCount(directory)).toBe(COUNT);
    // Header, name header, body, name and entry, each with its pool header.
    expect((pool.pagedBytes + pool.nonpagedBytes - before) / COUNT).toBeLessThan(300);
    for (let number = 0; number < COUNT; number += 997) {
      const found = ob.ObReferenceObjectByName(`\\LARGE\\oBJECT${number}`, 0x40, nt.events.type);
      expect(found.object).toBe(objects[number]);
      ob.ObDereferenceObject(found.object);
    }
    const seen = new Set<number>();
    for (let skip = 0; skip < COUNT; skip += 1000) {
      let left = 1000;
      for (const { object } of ob.children(directory, skip)) {
        seen.add(object);
        if (--left === 0) break;
      }
    }
    expect(seen.size).toBe(COUNT);
    for (const object of objects.reverse()) {
      ob.names.removeIfUnused(object);
      ob.ObDereferenceObject(object);
    }
    expect([ob.directoryCount(directory), nt.events.type.objectCount]).toEqual([0, 0]);
  }, 60_000);
});
