import { describe, expect, it } from "vitest";
import { Kernel } from "../kernel";
import { ensureDirectory } from "../ob/namedObjects";
import { TestHost } from "../testHost";
import { findObjects } from "./findObjects";
import type { KernelParts } from "./kernelParts";

function partsWith(directories: number): KernelParts {
  const kernel = new Kernel(new TestHost(), { images: { resolve: () => 0xc0000034 } });
  kernel.boot();
  const many = ensureDirectory(kernel.ob, "\\Many");
  for (let index = 0; index < directories; index += 1) ensureDirectory(kernel.ob, `\\Many\\D${index}`);
  expect(kernel.ob.directoryCount(many)).toBe(directories);
  const { mem: memory, ke, ob, io, scm, se } = kernel;
  return { memory, ke, ob, io, scm, se, deviceNote: () => undefined };
}

describe("a search over many objects", () => {
  it("lets others run every two thousand objects", async () => {
    let pauses = 0;
    const answer = await findObjects(partsWith(5000), { pattern: "D*", within: "\\Many", limit: 100_000 }, async () => {
      pauses += 1;
    });
    expect(answer).toMatchObject({ ok: true, value: { truncated: false } });
    if (answer.ok) expect(answer.value.matches).toHaveLength(5000);
    expect(pauses).toBe(2);
  });

  it("ends when its pause does not return", async () => {
    const parts = partsWith(3000);
    const references = parts.ob.pointerCount(parts.ob.root);
    const search = findObjects(parts, { pattern: "*", limit: 100_000 }, () =>
      Promise.reject(new Error("nobody waits")),
    );
    await expect(search).rejects.toThrow("nobody waits");
    expect(parts.ob.pointerCount(parts.ob.root)).toBe(references);
  });

  it("survives that what it searches goes away meanwhile", async () => {
    const parts = partsWith(3000);
    const { ob } = parts;
    const answer = await findObjects(parts, { pattern: "*", within: "\\Many", limit: 100_000 }, async () => {
      for (const { object } of [...ob.children(ob.root)]) {
        if (ob.names.nameOf(object) !== "Many") continue;
        for (const child of [...ob.children(object)]) ob.ObMakeTemporaryObject(child.object);
      }
    });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value.matches.length).toBeLessThan(2000);
    expect(ob.directoryCount(ob.root)).toBeGreaterThan(0);
  });
});
