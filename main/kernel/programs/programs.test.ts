// Programs as processes of the kernel: their calls, their threads, and how they end.
import { beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE, IRP_MJ_CREATE, IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_CANCELLED,
  STATUS_CONTROL_C_EXIT,
  STATUS_END_OF_FILE,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import type { Coroutine } from "../ke/call";
import { KernelMode } from "../ob/caller";
import { TestKernel } from "../testKernel";
import type { Ddk } from "../wdk/ddk";
import { createDdk } from "../wdk/kernelDdk";
import type { Program } from "./program";
import { type RunningProgram, RunningPrograms } from "./runningPrograms";
import { INFINITE, type UserCalls, WAIT_OBJECT_0, WAIT_TIMEOUT } from "./userCalls";

let test: TestKernel;
let programs: RunningPrograms;
let ddk: Ddk;

beforeEach(() => {
  test = new TestKernel();
  programs = new RunningPrograms(test.kernel, { didWrite: () => undefined, didChange: () => undefined });
  ddk = createDdk(test.kernel, test.kernel.ke.routines.defineModule("test"));
});

function run(main: (user: UserCalls) => Coroutine<number>): RunningProgram {
  const program: Program = { name: "p", usage: "", description: "", main };
  return inKernel(() => programs.start(program, []));
}

function inKernel<T>(action: () => T): T {
  const { kernel } = test;
  const result = kernel.enter(() => kernel.ps.runAs(kernel.ps.systemThread, KernelMode, action));
  if (result.bugcheck !== undefined) throw new Error(result.bugcheck.rule);
  return result.value;
}

const textOf = (program: RunningProgram) => program.console.output(0).text;
const isListed = (program: RunningProgram) => test.kernel.ps.processById(program.process.id) !== undefined;

function zeroed(): Address {
  const at = test.kernel.pool.ExAllocatePoolWithTag(NonPagedPoolNx, 0x80, "Test");
  test.kernel.mem.fill(at, 0x80, 0);
  return at;
}

/** `\Device\Slow`: what it does for a request can be set; everything else succeeds. */
function loadSlow(routines: Partial<Record<number, (irp: Address) => number | Coroutine<number>>>): void {
  const loaded = test.load("slow", (driver) => {
    driver.createDevice("\\Device\\Slow");
    driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
    for (const [major, routine] of Object.entries(routines)) {
      driver.handle(Number(major), (_device, irp) => routine?.(irp) ?? STATUS_SUCCESS);
    }
  });
  expect(loaded).toBe(STATUS_SUCCESS);
}

function complete(irp: Address, status: number = STATUS_SUCCESS): number {
  const { kernel } = test;
  kernel.mem.writeU32(irp + 0x30, status);
  kernel.io.completion.IofCompleteRequest(irp);
  return status;
}

const SLOW = "\\\\?\\GLOBALROOT\\Device\\Slow";
const open = (user: UserCalls) => user.CreateFile(SLOW, { desiredAccess: 0xc000_0000 });

describe("a program", () => {
  it("is a process of its own, with one thread, that goes when main returns", () => {
    const seen: unknown[] = [];
    const program = run(function* (user) {
      const { process, thread, mode } = test.kernel.ps.current;
      seen.push(process.name, process.threads.length, thread.id === user.GetCurrentThreadId(), mode);
      user.print("done\n");
      yield* user.Sleep(0);
      return 7;
    });
    test.kernel.wake();
    expect(seen).toEqual(["p.exe", 1, true, 1]);
    expect([program.state, program.exitCode, textOf(program), isListed(program)]).toEqual([
      "ended",
      7,
      "done\n",
      false,
    ]);
  });

  it("waits for lines, gets them whole and in order, and is told of their end", () => {
    const program = run(function* (user) {
      for (;;) {
        const line = yield* user.gets(6);
        if (line === undefined) return 0;
        user.print("<", line, ">");
      }
    });
    expect(program.state).toBe("waitsForInput");
    inKernel(() => program.console.giveLine("ab"));
    expect(textOf(program)).toBe("<ab\n>");
    inKernel(() => program.console.giveLine("longer line"));
    expect(textOf(program)).toBe("<ab\n><longe><r lin><e\n>");
    inKernel(() => program.console.endInput());
    expect([program.state, program.exitCode]).toEqual(["ended", 0]);
  });

  it("has threads, events and time", () => {
    const program = run(function* (user) {
      const event = user.CreateEvent(false, false);
      const thread = user.CreateThread(function* (other) {
        yield* other.Sleep(50);
        other.print("set ");
        other.SetEvent(event);
        return 0;
      });
      const waits = [
        yield* user.WaitForSingleObject(event, 10),
        yield* user.WaitForSingleObject(event, INFINITE),
        yield* user.WaitForSingleObject(event, 0),
        yield* user.WaitForSingleObject(thread, INFINITE),
      ];
      user.print(waits.join(" "));
      return (yield* user.CloseHandle(event)) ? 0 : 1;
    });
    test.kernel.threading.scheduler.advance(1_000_000);
    expect(textOf(program)).toBe(`set ${WAIT_TIMEOUT} ${WAIT_OBJECT_0} ${WAIT_TIMEOUT} ${WAIT_OBJECT_0}`);
    expect(program.exitCode).toBe(0);
  });

  it("ends with all its threads when one calls ExitProcess, or when main returns", () => {
    const program = run(function* (user) {
      const event = user.CreateEvent(true, false);
      user.CreateThread(function* (other) {
        yield* other.Sleep(1);
        return other.ExitProcess(3);
      });
      yield* user.WaitForSingleObject(event, INFINITE);
      user.print("never");
      return 0;
    });
    test.kernel.threading.scheduler.advance(1_000_000);
    expect([program.state, program.exitCode, textOf(program), isListed(program)]).toEqual(["ended", 3, "", false]);
  });

  it("gives back its memory and its handles", () => {
    const { ob, ps } = test.kernel;
    const before = [ps.processes.length, ob.typeByName("Event")?.objectCount, ob.typeByName("Thread")?.objectCount];
    const program = run(function* (user) {
      user.store(user.allocate(10_000), new Uint8Array(10_000));
      for (let count = 0; count < 3; count++) user.CreateEvent(true, false);
      yield* user.gets(2);
      return 0;
    });
    expect(program.process.handles.count).toBe(3);
    inKernel(() => program.exit(1));
    const after = [ps.processes.length, ob.typeByName("Event")?.objectCount, ob.typeByName("Thread")?.objectCount];
    expect(after).toEqual(before);
  });

  it("gets the errors that Win32 gives", () => {
    const program = run(function* (user) {
      const file = yield* user.CreateFile("\\\\.\\NoSuchDevice", { desiredAccess: 0 });
      user.print(`${file} ${user.GetLastError()} `);
      const read = yield* user.ReadFile(0x1234, user.allocate(1), 1);
      user.print(`${read.ok} ${user.GetLastError()} ${user.SetEvent(0x1234)}`);
      return 0;
    });
    expect(textOf(program)).toBe("0 2 false 6 false");
  });

  it("reads nothing at the end of a file, without an error", () => {
    loadSlow({ [IRP_MJ_READ]: (irp) => complete(irp, STATUS_END_OF_FILE) });
    const program = run(function* (user) {
      const file = yield* open(user);
      const { ok, bytes } = yield* user.ReadFile(file, user.allocate(4), 4);
      user.print(`${ok} ${bytes}`);
      return 0;
    });
    expect(textOf(program)).toBe("true 0");
  });
});

describe("a driver that waits", () => {
  it("does so in the program's own thread, and its mutexes are that thread's", () => {
    const [first, event] = [zeroed(), zeroed()];
    ddk.KeInitializeMutex(first, 0);
    ddk.KeInitializeEvent(event, 1, false);
    const threads: number[] = [];
    const { ps } = test.kernel;
    loadSlow({
      *[IRP_MJ_READ](irp) {
        yield* ddk.KeWaitForMutexObject(first);
        threads.push(ps.current.thread.id);
        yield* ddk.KeWaitForSingleObject(event);
        threads.push(ps.current.thread.id);
        ddk.KeReleaseMutex(first, false);
        return complete(irp);
      },
    });
    const program = run(function* (user) {
      const file = yield* open(user);
      const { ok } = yield* user.ReadFile(file, user.allocate(4), 4);
      user.print(`${ok} ${user.GetCurrentThreadId()}`);
      return 0;
    });
    const [thread] = program.process.threads;
    expect([program.state, thread?.control.wait?.request.objects]).toEqual(["running", [event]]);
    inKernel(() => ddk.KeSetEvent(event));
    expect(textOf(program)).toBe(`true ${thread?.id}`);
    expect(threads).toEqual([thread?.id, thread?.id]);
    expect(program.state).toBe("ended");
  });
});

describe("a program that is stopped", () => {
  it("has its request back first: the driver is asked to cancel it", () => {
    const order: string[] = [];
    loadSlow({
      [IRP_MJ_READ]: (irp) => {
        ddk.IoMarkIrpPending(irp);
        const cancel = ddk.routine("cancel", (_device: Address, cancelled: Address) => {
          ddk.IoReleaseCancelSpinLock(test.kernel.mem.readU8(cancelled + 0x45));
          order.push("cancel");
          complete(cancelled, STATUS_CANCELLED);
        });
        ddk.IoSetCancelRoutine(irp, cancel);
        return STATUS_PENDING;
      },
      [IRP_MJ_CLEANUP]: (irp) => {
        order.push("cleanup");
        return complete(irp);
      },
      [IRP_MJ_CLOSE]: (irp) => {
        order.push("close");
        return complete(irp);
      },
    });
    const program = run(function* (user) {
      const file = yield* open(user);
      yield* user.ReadFile(file, user.allocate(4), 4);
      user.print("never");
      return 0;
    });
    expect(program.state).toBe("running");
    inKernel(() => program.exit(STATUS_CONTROL_C_EXIT));
    expect(order).toEqual(["cancel", "cleanup", "close"]);
    expect([program.state, program.exitCode, textOf(program)]).toEqual(["ended", STATUS_CONTROL_C_EXIT, ""]);
  });

  it("stays as long as a driver without a cancel routine keeps its request", () => {
    let kept = 0;
    loadSlow({
      [IRP_MJ_READ]: (irp) => {
        ddk.IoMarkIrpPending(irp);
        kept = irp;
        return STATUS_PENDING;
      },
    });
    const program = run(function* (user) {
      yield* user.ReadFile(yield* open(user), user.allocate(4), 4);
      return 0;
    });
    inKernel(() => program.exit(1));
    expect([program.state, isListed(program), program.process.handles.count]).toEqual(["ending", true, 1]);
    inKernel(() => complete(kept));
    expect([program.state, isListed(program)]).toEqual(["ended", false]);
  });

  it("stays while a driver waits in IRP_MJ_CLEANUP, and closes its handles one after the other", () => {
    const event = zeroed();
    ddk.KeInitializeEvent(event, 1, false);
    const order: string[] = [];
    loadSlow({
      [IRP_MJ_CREATE]: (irp) => complete(irp),
      *[IRP_MJ_CLEANUP](irp) {
        order.push("cleanup");
        yield* ddk.KeWaitForSingleObject(event);
        return complete(irp);
      },
      *[IRP_MJ_CLOSE](irp) {
        order.push("close");
        complete(irp);
        yield* ddk.KeDelayExecutionThread(-10_000n);
        return STATUS_SUCCESS;
      },
    });
    const program = run(function* (user) {
      yield* open(user);
      yield* open(user);
      yield* user.gets(10);
      return 0;
    });
    inKernel(() => program.exit(1));
    expect(order).toEqual(["cleanup"]);
    expect([program.state, isListed(program), program.process.handles.count]).toEqual(["ending", true, 1]);
    inKernel(() => ddk.KeSetEvent(event));
    // The first close has answered and not returned.
    expect([order.join(), program.state]).toEqual(["cleanup,close", "ending"]);
    test.kernel.threading.scheduler.advance(10_000);
    expect(order.join()).toBe("cleanup,close,cleanup");
    inKernel(() => ddk.KeSetEvent(event));
    test.kernel.threading.scheduler.advance(10_000);
    expect(order.join()).toBe("cleanup,close,cleanup,close");
    expect([program.state, isListed(program)]).toEqual(["ended", false]);
  });

  it("abandons what mutants its threads own", () => {
    const { mutants } = test.kernel.objects;
    const program = run(function* (user) {
      mutants.NtCreateMutant(0x1f0001, { name: "\\m" }, true);
      yield* user.gets(10);
      return 0;
    });
    const other = run(function* (user) {
      const { handle } = test.kernel.objects.open(mutants.type, 0x100000, { name: "\\m" });
      user.print(String(yield* user.WaitForSingleObject(handle, INFINITE)));
      return 0;
    });
    expect(other.state).toBe("running");
    inKernel(() => program.exit(1));
    expect([textOf(other), other.state]).toEqual(["128", "ended"]);
  });
});
