import { describe, expect, it } from "vitest";
import { KernelFault } from "../mem/kernelFault";
import { KernelMode, UserMode } from "../ob/caller";
import { createTestKernel } from "../ob/testKernel";

describe("processes and threads", () => {
  it("are objects with ids in steps of four, the system first", () => {
    const { ob, ps, client } = createTestKernel();
    expect([ps.system.id, ps.systemThread.id, client.id]).toEqual([4, 8, 12]);
    expect(ob.typeOf(client.object)).toBe(ps.processType);
    expect(ob.typeOf(ps.systemThread.object)).toBe(ps.threadType);
    expect(ps.processById(12)).toBe(client);
  });

  it("run one at a time, and whoever ran before goes on, also after an exception", () => {
    const { ob, ps, client } = createTestKernel();
    const thread = ps.createThread(client);
    const seen: unknown[] = [];
    expect(() =>
      ps.runAs(thread, UserMode, () => {
        seen.push([ob.caller.process.name, ob.caller.mode]);
        ps.asKernel(() => seen.push([ob.caller.process.name, ob.caller.mode]));
        throw new Error("the driver's");
      }),
    ).toThrow("the driver's");
    expect(seen).toEqual([
      ["ntscope.exe", UserMode],
      ["ntscope.exe", KernelMode],
    ]);
    expect(ps.current).toMatchObject({ process: ps.system, mode: KernelMode });
    expect(ob.caller.process).toBe(ps.system);
  });

  it("see their own user memory only", () => {
    const { memory, ps, client, user } = createTestKernel();
    const at = ps.allocateUser(client, 5000);
    user(() => memory.writeU32(at + 4096, 7));
    expect(() => memory.readU32(at)).toThrow(KernelFault);
    expect(user(() => memory.readU32(at + 4096))).toBe(7);
    ps.freeUser(client, at, 5000);
    expect(() => user(() => memory.readU32(at))).toThrow(KernelFault);
  });
});
