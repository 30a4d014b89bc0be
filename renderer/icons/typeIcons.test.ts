import { describe, expect, it } from "vitest";
import { typeIconName, typeIcons } from "./typeIcons";
import { typeNames } from "./typeNames";

describe("type icons", () => {
  it("give each type that can be searched for a picture of its own", () => {
    const names = typeNames.map(typeIconName);
    expect(names).not.toContain("unknown");
    expect(new Set(names).size).toBe(typeNames.length);
  });

  it("show a type that nobody knows, or whose name is a trap, as unknown", () => {
    expect(["TmRm", "", "constructor", "__proto__"].map(typeIconName)).toEqual(Array(4).fill("unknown"));
    expect(typeIcons.unknown).toBeDefined();
  });
});
