import { describe, expect, it } from "vitest";
import { TestHost } from "../testHost";
import { BugcheckSignal } from "./bugcheck";
import { APC_LEVEL, DISPATCH_LEVEL, Ke, PASSIVE_LEVEL } from "./ke";

function setUp() {
  const host = new TestHost();
  return { host, ke: new Ke(host) };
}

describe("routines", () => {
  it("have addresses in their module, a name, and can be called by address", () => {
    const { ke } = setUp();
    const module = ke.routines.defineModule("example", 0x3000);
    const add = ke.routines.define(module, "add", (a: number, b: number) => a + b);
    expect(ke.routines.call(add, 2, 3)).toBe(5);
    expect(ke.routines.nameOf(add)).toBe("example!add");
    expect(ke.routines.nameOf(add + 1)).toBe("example+0x1001");
    expect(ke.routines.moduleAt(add)).toBe(module);
    expect([module.base % 0x1_0000 === 0, module.size]).toEqual([true, 0x3000]);
    ke.routines.removeModule(module);
    expect(ke.routines.nameOf(add)).toBeUndefined();
    expect(() => ke.routines.call(add)).toThrow(BugcheckSignal);
  });

  it("that are not there stop the machine, with the call stack", () => {
    const { ke, host } = setUp();
    const module = ke.routines.defineModule("example");
    const outer = ke.routines.define(module, "dispatchRead", () => ke.routines.call(0));
    expect(() => ke.routines.call(outer)).toThrow(BugcheckSignal);
    expect(host.bugchecks).toEqual([
      {
        code: 0x1e,
        name: "KMODE_EXCEPTION_NOT_HANDLED",
        parameters: ["0x00000000C0000005", "0x0000000000000000", "0x0000000000000008", "0x0000000000000000"],
        rule: "A NULL routine pointer was called.",
        driver: "example",
        stack: ["example!dispatchRead"],
      },
    ]);
    expect(ke.bugchecked).toBe(host.bugchecks[0]);
  });

  it("that call themselves for ever run out of kernel stack, not of the host's", () => {
    const { ke, host } = setUp();
    const module = ke.routines.defineModule("example");
    const self: number = ke.routines.define(module, "self", () => ke.routines.call(self));
    expect(() => ke.routines.call(self)).toThrow(BugcheckSignal);
    expect(host.bugchecks[0]).toMatchObject({ name: "UNEXPECTED_KERNEL_MODE_TRAP" });
    expect(ke.routines.callStack()).toEqual([]);
  });
});

describe("bugchecks", () => {
  it("keep the first, which is the cause", () => {
    const { ke, host } = setUp();
    expect(() => ke.bugCheck(0xe2, [1, -1, 2n ** 64n - 1n], { rule: "One." })).toThrow("MANUALLY_INITIATED_CRASH");
    expect(() => ke.bugCheck(0x1234_5678, [], { rule: "Two." })).toThrow("One.");
    expect(host.bugchecks).toHaveLength(1);
    expect(ke.bugchecked?.parameters).toEqual([
      "0x0000000000000001",
      "0xFFFFFFFFFFFFFFFF",
      "0xFFFFFFFFFFFFFFFF",
      "0x0000000000000000",
    ]);
  });
});

describe("IRQL", () => {
  it("is raised and lowered, never the wrong way", () => {
    const { ke } = setUp();
    expect(ke.KeRaiseIrql(DISPATCH_LEVEL)).toBe(PASSIVE_LEVEL);
    expect(ke.KeGetCurrentIrql()).toBe(DISPATCH_LEVEL);
    expect(() => ke.KeRaiseIrql(APC_LEVEL)).toThrow("below the current IRQL 2");
    const other = setUp().ke;
    expect(() => other.KeLowerIrql(DISPATCH_LEVEL)).toThrow("above the current IRQL 0");
  });
});
