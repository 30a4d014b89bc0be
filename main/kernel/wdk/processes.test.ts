/** Processes, notifications, exceptions and MDLs as a driver uses them (ntddk.h, ntifs.h, wdm.h). */
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_DATATYPE_MISALIGNMENT,
  STATUS_FLT_INSTANCE_ALTITUDE_COLLISION,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_CID,
  STATUS_INVALID_PARAMETER,
  STATUS_PROCEDURE_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { EPROCESS } from "../../../native-bindings/abi/structures/process";
import { UserMode } from "../ob/caller";
import { TestDdk } from "./testDdk";

const nothing = () => undefined;

function caught(rig: TestDdk, action: () => unknown): number | undefined {
  try {
    action();
  } catch (error) {
    return rig.ddk.GetExceptionCode(error);
  }
  return undefined;
}

describe("processes and threads", () => {
  it("say in memory what they are, and hang in each other's lists", () => {
    const rig = new TestDdk();
    const { ddk, kernel, test } = rig;
    const { status, process } = ddk.PsLookupProcessByProcessId(test.process.id);
    expect([status, process]).toEqual([STATUS_SUCCESS, test.process.object]);
    const name = kernel.mem.readBytes(ddk.PsGetProcessImageFileName(process), 9);
    expect(String.fromCharCode(...name)).toBe("test.exe\0");
    expect([ddk.PsGetProcessId(process), ddk.PsGetProcessInheritedFromUniqueProcessId(process)]).toEqual([
      test.process.id,
      4,
    ]);
    const thread = ddk.PsLookupThreadByThreadId(test.thread.id).thread;
    expect([ddk.PsGetThreadId(thread), ddk.PsGetThreadProcessId(thread), ddk.IoThreadToProcess(thread)]).toEqual([
      test.thread.id,
      test.process.id,
      process,
    ]);
    const ids: number[] = [];
    const links = EPROCESS.offset.ActiveProcessLinks;
    const first = kernel.ps.system.object + links;
    for (let at = first; ; at = kernel.mem.readPointer(at)) {
      ids.push(kernel.mem.readPointer(at - links + EPROCESS.offset.UniqueProcessId));
      if (at === test.process.object + links) break;
    }
    expect(ids).toEqual(kernel.ps.processes.map(({ id }) => id));
    expect(EPROCESS.view(kernel.mem, process).ActiveThreads).toBe(1);
    expect([ddk.PsLookupProcessByProcessId(5).status, ddk.PsLookupThreadByThreadId(-1).status]).toEqual([
      STATUS_INVALID_CID,
      STATUS_INVALID_CID,
    ]);
    ddk.ObDereferenceObject(process);
    ddk.ObDereferenceObject(thread);
  });

  it("lend their address space (KeStackAttachProcess), which Zw calls keep", () => {
    const rig = new TestDdk();
    const { ddk, kernel, test } = rig;
    const at = test.buffer(Uint8Array.of(42));
    const state = rig.scratch(0x30);
    expect(ddk.MmIsAddressValid(at)).toBe(false);
    ddk.KeStackAttachProcess(test.process.object, state);
    expect([ddk.memory.readU8(at), ddk.PsGetCurrentProcess()]).toEqual([42, test.process.object]);
    expect(kernel.ps.asKernel(() => ddk.memory.readU8(at))).toBe(42);
    ddk.KeUnstackDetachProcess(state);
    expect([ddk.MmIsAddressValid(at), ddk.PsGetCurrentProcess()]).toEqual([false, kernel.ps.system.object]);
    expect(rig.stopOf(() => ddk.KeStackAttachProcess(state, state)).name).toBe("INVALID_PROCESS_ATTACH_ATTEMPT");
  });
});

describe("notify routines", () => {
  it("are called when processes and threads come and go, until they are removed", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const calls: unknown[] = [];
    const plain = ddk.routine(
      "Process",
      (parent = 0, id = 0, create = 0) => void calls.push(["process", parent, id, create]),
    );
    const extended = ddk.routine("ProcessEx", (_process = 0, id = 0, info = 0) => {
      const name = info === 0 ? undefined : ddk.unicodeString(kernel.mem.readPointer(info + 0x30));
      return void calls.push(["ex", id, name]);
    });
    const thread = ddk.routine(
      "Thread",
      (process = 0, id = 0, create = 0) => void calls.push(["thread", process, id, create]),
    );
    expect(ddk.PsSetCreateProcessNotifyRoutine(plain, false)).toBe(STATUS_SUCCESS);
    expect(ddk.PsSetCreateProcessNotifyRoutine(plain, false)).toBe(STATUS_INVALID_PARAMETER);
    expect(ddk.PsSetCreateProcessNotifyRoutineEx(extended, false)).toBe(STATUS_SUCCESS);
    expect(ddk.PsSetCreateThreadNotifyRoutine(thread)).toBe(STATUS_SUCCESS);
    const made = kernel.ps.createProcess("new.exe");
    const lastThread = kernel.ps.createThread(made);
    const { id } = lastThread;
    kernel.threading.scheduler.start(lastThread, UserMode, kernel.processEnd.exitThread(lastThread));
    kernel.wake();
    expect(calls).toEqual([
      ["process", 4, made.id, 1],
      ["ex", made.id, "new.exe"],
      ["thread", made.id, id, 1],
      ["thread", made.id, id, 0],
      ["process", made.id, made.id, 0],
      ["ex", made.id, undefined],
    ]);
    expect(kernel.notify.ofDriver(rig.module)).toHaveLength(3);
    expect(ddk.PsSetCreateProcessNotifyRoutine(plain, true)).toBe(STATUS_SUCCESS);
    expect(ddk.PsSetCreateProcessNotifyRoutine(plain, true)).toBe(STATUS_PROCEDURE_NOT_FOUND);
    expect(ddk.PsSetCreateProcessNotifyRoutineEx2(0, extended, true)).toBe(STATUS_SUCCESS);
    expect(ddk.PsRemoveCreateThreadNotifyRoutine(thread)).toBe(STATUS_SUCCESS);
    kernel.ps.removeProcess(kernel.ps.createProcess("quiet.exe"));
    expect(calls).toHaveLength(6);
  });

  it("are told of drivers' images before DriverEntry, and are at most 64", () => {
    const rig = new TestDdk();
    const { ddk, kernel, test } = rig;
    const seen: unknown[] = [];
    const image = ddk.routine("Image", (name = 0, process = 0, info = 0) => {
      const module = kernel.ke.routines.moduleAt(kernel.mem.readPointer(info + 8));
      return void seen.push([ddk.unicodeString(name), process, module?.name]);
    });
    ddk.PsSetLoadImageNotifyRoutine(image);
    test.load("other", () => void seen.push("DriverEntry"));
    expect(seen).toEqual([["builtin:other", 0, "other"], "DriverEntry"]);
    for (let count = 1; count < 64; count++) {
      expect(ddk.PsSetLoadImageNotifyRoutine(ddk.routine(`n${count}`, nothing))).toBe(STATUS_SUCCESS);
    }
    expect(ddk.PsSetLoadImageNotifyRoutine(image)).toBe(STATUS_INSUFFICIENT_RESOURCES);
    expect(ddk.PsRemoveLoadImageNotifyRoutine(image)).toBe(STATUS_SUCCESS);
  });
});

describe("ObRegisterCallbacks", () => {
  function register(rig: TestDdk, altitude: string, before: Address, after: Address, operations = 3) {
    const { ddk, kernel } = rig;
    const at = rig.scratch(0x60);
    kernel.mem.writeU16(at, 0x100);
    kernel.mem.writeU16(at + 2, 1);
    kernel.mem.writeBytes(at + 8, kernel.mem.readBytes(rig.string(altitude), 16));
    kernel.mem.writePointer(at + 0x18, 99);
    kernel.mem.writePointer(at + 0x20, at + 0x30);
    kernel.mem.writePointer(at + 0x30, ddk.PsProcessTypeVariable());
    kernel.mem.writeU32(at + 0x38, operations);
    kernel.mem.writePointer(at + 0x40, before);
    kernel.mem.writePointer(at + 0x48, after);
    return ddk.ObRegisterCallbacks(at);
  }

  it("takes rights away from handles that are made, and never adds any", () => {
    const rig = new TestDdk();
    const { ddk, kernel, test } = rig;
    const { mem, ob, ps } = kernel;
    const seen: unknown[] = [];
    const before = ddk.routine("Before", (context = 0, info = 0) => {
      const parameters = mem.readPointer(info + 0x20);
      seen.push([context, mem.readU32(info), mem.readPointer(info + 8), mem.readU32(parameters)]);
      mem.writeU32(parameters, 0xffff_fffe);
      return 0;
    });
    const after = ddk.routine("After", (_context = 0, info = 0) => {
      seen.push([mem.readU32(info + 0x20), mem.readU32(mem.readPointer(info + 0x28))]);
      return undefined;
    });
    const { status, registrationHandle } = register(rig, "321000", before, after);
    expect(status).toBe(STATUS_SUCCESS);
    expect(register(rig, "321000", before, after).status).toBe(STATUS_FLT_INSTANCE_ALTITUDE_COLLISION);
    const open = () => {
      const { handle } = ob.ObOpenObjectByPointer(test.process.object, 0, 0x411, ps.processType);
      return ps.system.handles.accessOf(handle);
    };
    expect(open()).toBe(0x410);
    expect(seen).toEqual([
      [99, 1, test.process.object, 0x411],
      [0, 0x410],
    ]);
    expect(kernel.obCallbacks.countOf(rig.module)).toBe(1);
    ddk.ObUnRegisterCallbacks(registrationHandle);
    expect([open(), kernel.ob.handles.watch]).toEqual([0x411, undefined]);
  });

  it("refuses what is no registration", () => {
    const rig = new TestDdk();
    expect(register(rig, "1", 0, 0).status).toBe(STATUS_INVALID_PARAMETER);
    expect(register(rig, "1", 8, 0, 4).status).toBe(STATUS_INVALID_PARAMETER);
    expect(register(rig, "", 8, 0).status).toBe(STATUS_INVALID_PARAMETER);
    expect(rig.stopOf(() => rig.ddk.ObRegisterCallbacks(-0x1000)).name).toBe("PAGE_FAULT_IN_NONPAGED_AREA");
  });
});

describe("exceptions", () => {
  it("can be caught, and stop the machine when they are not", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    expect(caught(rig, () => ddk.ExRaiseStatus(STATUS_INVALID_PARAMETER))).toBe(STATUS_INVALID_PARAMETER);
    expect(caught(rig, () => ddk.ExRaiseAccessViolation())).toBe(STATUS_ACCESS_VIOLATION);
    expect(caught(rig, () => ddk.memory.readU8(0x1000))).toBe(STATUS_ACCESS_VIOLATION);
    expect(caught(rig, () => ddk.memory.readU8(-0x1000))).toBeUndefined();
    const stop = rig.stopOf(() => ddk.ExRaiseDatatypeMisalignment(), "DispatchWrite");
    expect([stop.name, stop.parameters[0]]).toEqual(["SYSTEM_SERVICE_EXCEPTION", STATUS_DATATYPE_MISALIGNMENT]);
    expect(stop.rule).toContain("drv!DispatchWrite");
  });

  it("come from probes of what is no user buffer (ProbeForRead, ProbeForWrite)", () => {
    const rig = new TestDdk();
    const { ddk, test } = rig;
    const at = test.buffer(8192);
    const read = (address: number, length: number, alignment = 1) =>
      test.user(() => caught(rig, () => ddk.ProbeForRead(address, length, alignment)));
    const write = (address: number, length: number) =>
      test.user(() => caught(rig, () => ddk.ProbeForWrite(address, length, 1)));
    expect([read(at, 8192), read(at + 1, 4, 4), read(-0x1000, 1), read(-0x1000, 0)]).toEqual([
      undefined,
      STATUS_DATATYPE_MISALIGNMENT,
      STATUS_ACCESS_VIOLATION,
      undefined,
    ]);
    expect([read(at, 2 ** 47), read(at, -1)]).toEqual([STATUS_ACCESS_VIOLATION, STATUS_ACCESS_VIOLATION]);
    expect(read(Number.NaN, 1)).toBe(STATUS_DATATYPE_MISALIGNMENT);
    expect([write(at, 8192), write(at, 8193 + 4096 * 8), read(0x10, 4)]).toEqual([
      undefined,
      STATUS_ACCESS_VIOLATION,
      undefined,
    ]);
    expect([Number.NaN, 2 ** 60, -0x1000].map((address) => ddk.MmIsAddressValid(address))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("MDLs", () => {
  it("describe, lock and map a program's buffer, and raise for one that is not there", () => {
    const rig = new TestDdk();
    const { ddk, test } = rig;
    const at = test.buffer(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff));
    test.user(() => {
      const mdl = ddk.IoAllocateMdl(at + 10, 4990, false, false, 0);
      ddk.MmProbeAndLockPages(mdl, 1, 1);
      const mapped = ddk.MmMapLockedPagesSpecifyCache(mdl, 0, 1, 0, 0, 16);
      expect([mapped < 0, ddk.memory.readU8(mapped), ddk.MmGetMdlVirtualAddress(mdl)]).toEqual([true, 10, at + 10]);
      ddk.memory.writeU8(mapped + 4989, 77);
      expect(ddk.memory.readU8(at + 4999)).toBe(77);
      ddk.MmUnlockPages(mdl);
      ddk.IoFreeMdl(mdl);
      const bad = ddk.IoAllocateMdl(0x1000, 10, false, false, 0);
      expect(caught(rig, () => ddk.MmProbeAndLockPages(bad, 1, 0))).toBe(STATUS_ACCESS_VIOLATION);
      const kernelBuffer = ddk.IoAllocateMdl(rig.scratch(16), 16, false, false, 0);
      expect(caught(rig, () => ddk.MmProbeAndLockPages(kernelBuffer, 1, 0))).toBe(STATUS_ACCESS_VIOLATION);
    });
    expect([-1, Number.NaN, 2 ** 40].map((length) => ddk.IoAllocateMdl(0, length, false, false, 0))).toEqual([0, 0, 0]);
  });
});
