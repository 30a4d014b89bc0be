import { describe, expect, it } from "vitest";
import { DISPATCH_LEVEL } from "../ke/ke";
import { TestKernel } from "../testKernel";
import { DPFLTR_DEFAULT_ID, DPFLTR_ERROR_LEVEL, DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL } from "./components";
import { WIN2000_COMPONENT } from "./filterMasks";

describe("DbgPrint", () => {
  it("case 106: is hidden by default on Windows, shown on a developer's machine, and counted when hidden", () => {
    const { kernel, host } = new TestKernel();
    kernel.dbg.DbgPrint("shown: %d\n", 1);
    expect(host.prints).toMatchObject([
      {
        text: "shown: 1\n",
        component: DPFLTR_DEFAULT_ID,
        level: DPFLTR_INFO_LEVEL,
        processId: 4,
        processName: "System",
        time: host.time,
      },
    ]);
    kernel.dbg.masks.setMask(DPFLTR_DEFAULT_ID, 0);
    kernel.dbg.DbgPrint("hidden\n");
    expect(kernel.dbg.droppedByMask(DPFLTR_DEFAULT_ID)).toBe(1);
    kernel.dbg.DbgPrintEx(DPFLTR_DEFAULT_ID, DPFLTR_ERROR_LEVEL, "errors are shown\n");
    kernel.dbg.DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "hidden too\n");
    expect(host.prints.map(({ text }) => text)).toEqual(["shown: 1\n", "errors are shown\n"]);
  });

  it("case 106: reads the registry's masks at boot, and NtSetDebugFilterState changes them at once", () => {
    const test = new TestKernel();
    const { dbg } = test.kernel;
    expect(dbg.masks.mask(DPFLTR_DEFAULT_ID)).toBe(0xf);
    expect(dbg.masks.mask(WIN2000_COMPONENT)).toBe(1);
    expect(dbg.NtQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL)).toBe(false);
    dbg.NtSetDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, true);
    expect(dbg.NtQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL)).toBe(true);
  });

  it("case 107: hands on at most 512 bytes of a call, newlines or not", () => {
    const { kernel, host } = new TestKernel();
    kernel.dbg.DbgPrint("%s\n", "x".repeat(600));
    expect(host.prints[0]?.text).toBe("x".repeat(512));
  });

  it("case 108: reports UTF-16 letters above PASSIVE_LEVEL", () => {
    const test = new TestKernel();
    const { kernel } = test;
    kernel.dbg.DbgPrint("%wZ", "fine");
    const before = kernel.ke.KeRaiseIrql(DISPATCH_LEVEL);
    kernel.dbg.DbgPrint("%s", "fine");
    kernel.dbg.DbgPrint("%ws", "not fine");
    kernel.ke.KeLowerIrql(before);
    expect(test.rules()).toEqual(["unicodePrintAtRaisedIrql"]);
  });

  it("reads text where pointers lead", () => {
    const test = new TestKernel();
    const { kernel, host } = test;
    const block = kernel.pool.ExAllocatePoolWithTag(512, 256, "Test");
    kernel.mem.writeBytes(block, new TextEncoder().encode("ansi ł\0rest"));
    kernel.mem.writeUtf16(block + 32, "wide\0rest");
    kernel.mem.writeUnicodeString(block + 64, "counted\0 text");
    kernel.mem.fill(block + 128, 16, 0);
    kernel.dbg.DbgPrint("%s|%ws|%wZ|%.3ws|%wZ", block, block + 32, block + 64, block + 32, block + 128);
    expect(host.prints[0]?.text).toBe("ansi ł|wide|counted\0 text|wid|(null)");
  });

  it("is a page fault where they lead nowhere", () => {
    const { kernel, host } = new TestKernel();
    expect(kernel.enter(() => kernel.dbg.DbgPrint("%s", -0x1000))).toMatchObject({ bugcheck: { code: 0x50 } });
    expect(host.prints).toEqual([]);
  });

  it("reports a format that wants more than it was given", () => {
    const test = new TestKernel();
    test.kernel.dbg.DbgPrint("%d %d\n", 1);
    expect(test.rules()).toEqual(["missingPrintArguments"]);
    expect(test.host.prints[0]?.text).toBe("1 0\n");
  });
});
