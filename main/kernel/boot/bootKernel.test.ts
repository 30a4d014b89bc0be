import { describe, expect, it } from "vitest";
import { TestHost } from "../testHost";
import { bootKernel } from "./bootKernel";

describe("probe", () => {
  it("boots", () => {
    for (let i = 0; i < 5; i++) {
      const t = performance.now();
      const { kernel } = bootKernel(new TestHost());
      console.log("boot ms", performance.now() - t, kernel.ob.types.all.reduce((s, x) => s + x.objectCount, 0));
    }
    expect(1).toBe(1);
  });
});
