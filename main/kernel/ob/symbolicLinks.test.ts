import { describe, expect, it } from "vitest";
import { OBJECT_SYMBOLIC_LINK } from "../../../native-bindings/abi/structures/objectManager";
import { ensureDirectory, ensureSymbolicLink } from "./namedObjects";
import { LinkTargets, linkTarget } from "./symbolicLinks";
import { createTestKernel } from "./testKernel";

describe("the targets that the look-up reads", () => {
  it("are what memory holds now, also when a driver has changed the text in place", () => {
    const { memory, ob } = createTestKernel();
    const [one, two] = [ensureDirectory(ob, "\\One"), ensureDirectory(ob, "\\Two")];
    const link = ensureSymbolicLink(ob, "\\Link", "\\One");
    const open = () => ob.lookup({ name: "\\Link" }, ob.directoryType).object;
    expect([open(), open()]).toEqual([one, one]);
    const buffer = memory.readPointer(link + OBJECT_SYMBOLIC_LINK.offset["LinkTarget.Buffer"]);
    memory.writeUtf16(buffer, "\\Two");
    expect(open()).toBe(two);
  });

  it("are right for links that share a place in the list of recent ones", () => {
    const { memory, ob } = createTestKernel();
    const targets = new LinkTargets(memory);
    const links = Array.from({ length: 200 }, (_, index) => ensureSymbolicLink(ob, `\\Link${index}`, `\\${index % 7}`));
    for (const link of [...links, ...links]) expect(targets.read(link)).toBe(linkTarget(memory, link));
  });
});
