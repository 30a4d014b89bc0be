import { setImmediate as turn } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { collectStart } from "./collectStart";

async function survivors(heapUsed: number): Promise<number> {
  const used = vi.spyOn(process, "memoryUsage").mockReturnValue({ ...process.memoryUsage(), heapUsed });
  const references = Array.from({ length: 100 }, () => new WeakRef({}));
  // What was made or looked at in this turn is kept until it ends.
  await turn();
  collectStart();
  used.mockRestore();
  await turn();
  return references.filter((reference) => reference.deref() !== undefined).length;
}

it("collects what nothing refers to", async () => {
  expect(await survivors(2 ** 20)).toBe(0);
});

it("leaves a heap alone that a user has filled", async () => {
  expect(await survivors(2 ** 30)).toBe(100);
});
