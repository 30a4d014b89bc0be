import { describe, expect, it } from "vitest";
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
