/**
 * Thousands of random system calls against drivers that wait, pend, cancel, hand on, queue DPCs and work, on a clock that
 * moves at random: the books balance after every one, nothing is left at the end, and the same seed does the same again.
 */
import { describe, expect, it } from "vitest";
import type { Address } from "../../native-bindings/abi/address";
import { DO_BUFFERED_IO } from "../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CREATE } from "../../native-bindings/abi/irpFunctions";
import * as codes from "../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../native-bindings/abi/poolTypes";
import { DEVICE_OBJECT } from "../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../native-bindings/abi/structures/irp";
import type { Coroutine, MayWait } from "./ke/call";
import { Later } from "./ke/later";
import type { IoPending } from "./nt/ioOutcome";
import { UserMode } from "./ob/caller";
import type { Thread } from "./ps/ps";
import { TestKernel } from "./testKernel";
import type { Ddk, NtStatus } from "./wdk/ddk";
import { createDdk } from "./wdk/kernelDdk";

const BUFFER_BYTES = 4096;
const TICKS = 10_000;
/** KMUTEX, two KEVENTs, KTIMER, KDPC: offsets in one block of the driver's. */
const at = { mutex: 0x0, event: 0x40, timer: 0x60, dpc: 0xa0, size: 0x100 } as const;

/** Park and Miller, with a stream of its own. */
class Random {
  constructor(private seed: number) {}

  below(limit: number): number {
    this.seed = (this.seed * 48_271) % 0x7fff_ffff;
    return this.seed % limit;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}

const behaviours = [
  "succeed",
  "fail",
  "pend",
  "pendByDpc",
  "waitForTime",
  "waitForMutex",
  "waitForEvent",
  "workItem",
  "systemThread",
] as const;

class World {
  readonly test = new TestKernel();
  readonly log: string[] = [];
  /** Pended IRPs that the driver has, and whose cancel routine is set. */
  readonly pended: Address[] = [];
  readonly byDpc: Address[] = [];
  readonly #handles: number[] = [];
  readonly #buffer = this.test.buffer(BUFFER_BYTES);
  #ddk: Ddk | undefined;
  #data: Address = 0;
  #cancelRoutine: Address = 0;
  requests = 0;
  answers = 0;
  isCalm = false;

  constructor(readonly random: Random) {
    this.test.install("lower", (driver) => this.#loadLower(createDdk(this.test.kernel, driver.module), driver.object));
    this.test.install("upper", (driver) => this.#loadUpper(createDdk(this.test.kernel, driver.module), driver.object));
  }

  #loadLower(ddk: Ddk, driver: Address): NtStatus {
    this.#ddk = ddk;
    const { mem, pool } = this.test.kernel;
    const made = ddk.IoCreateDevice(driver, 0, "\\Device\\X", 0x22, 0, false);
    if (made.status !== codes.STATUS_SUCCESS) return made.status;
    mem.writeU32(made.deviceObject + DEVICE_OBJECT.offset.Flags, DO_BUFFERED_IO);
    ddk.IoCreateSymbolicLink("\\??\\X", "\\Device\\X");
    this.#data = pool.ExAllocatePoolWithTag(NonPagedPoolNx, at.size, "Xtst");
    ddk.KeInitializeMutex(this.#data + at.mutex);
    ddk.KeInitializeEvent(this.#data + at.event, 1, false);
    ddk.KeInitializeTimer(this.#data + at.timer);
    this.#cancelRoutine = ddk.routine("Cancel", (_device = 0, irp = 0) => this.#cancel(ddk, irp));
    ddk.KeInitializeDpc(
      this.#data + at.dpc,
      ddk.routine("Dpc", () => this.#dpc(ddk)),
      0,
    );
    const dispatch = ddk.routine("Dispatch", (device = 0, irp = 0) => this.#dispatch(ddk, device, irp));
    for (let major = 0; major <= 0x1b; major += 1) mem.writePointer(driver + 0x70 + major * 8, dispatch);
    const unload = ddk.routine("Unload", () => {
      ddk.KeCancelTimer(this.#data + at.timer);
      ddk.IoDeleteSymbolicLink("\\??\\X");
      ddk.IoDeleteDevice(made.deviceObject);
      pool.ExFreePoolWithTag(this.#data, "Xtst");
      return undefined;
    });
    mem.writePointer(driver + 0x68, unload);
    return codes.STATUS_SUCCESS;
  }

  *#loadUpper(ddk: Ddk, driver: Address): Coroutine<NtStatus> {
    const { mem } = this.test.kernel;
    const target = yield* ddk.IoGetDeviceObjectPointer("\\Device\\X", 0);
    if (target.status !== codes.STATUS_SUCCESS) return target.status;
    const { deviceObject } = ddk.IoCreateDevice(driver, 0, undefined, 0x22, 0, false);
    const lower = ddk.IoAttachDeviceToDeviceStack(deviceObject, target.deviceObject);
    ddk.ObDereferenceObject(target.fileObject);
    if (lower === 0) {
      ddk.IoDeleteDevice(deviceObject);
      return codes.STATUS_NO_SUCH_DEVICE;
    }
    mem.writeU32(deviceObject + DEVICE_OBJECT.offset.Flags, DO_BUFFERED_IO);
    // A filter must not go while requests are on their way through it: its code is what they come back to.
    let under = 0;
    const completion = ddk.routine("Completion", (_device = 0, irp = 0) => {
      if (mem.readU8(irp + IRP.offset.PendingReturned) !== 0) ddk.IoMarkIrpPending(irp);
      under -= 1;
      return codes.STATUS_SUCCESS;
    });
    const dispatch = ddk.routine("Dispatch", (_device = 0, irp = 0) => {
      if (this.random.below(2) === 0) {
        ddk.IoSkipCurrentIrpStackLocation(irp);
      } else {
        ddk.IoCopyCurrentIrpStackLocationToNext(irp);
        ddk.IoSetCompletionRoutine(irp, completion, 0, true, true, true);
        under += 1;
      }
      return ddk.IoCallDriver(lower, irp);
    });
    for (let major = 0; major <= 0x1b; major += 1) mem.writePointer(driver + 0x70 + major * 8, dispatch);
    const unload = ddk.routine("Unload", function* () {
      ddk.IoDetachDevice(lower);
      while (under > 0) yield* ddk.KeDelayExecutionThread(BigInt(-TICKS));
      ddk.IoDeleteDevice(deviceObject);
      return undefined;
    });
    mem.writePointer(driver + 0x68, unload);
    return codes.STATUS_SUCCESS;
  }

  #complete(ddk: Ddk, irp: Address, status: number): number {
    ddk.memory.writeU32(irp + IRP.offset["IoStatus.Status"], status);
    ddk.memory.writePointer(irp + IRP.offset["IoStatus.Information"], 0);
    ddk.IoCompleteRequest(irp, 0);
    return status;
  }

  #cancel(ddk: Ddk, irp: Address): undefined {
    ddk.IoReleaseCancelSpinLock(ddk.memory.readU8(irp + IRP.offset.CancelIrql));
    this.pended.splice(this.pended.indexOf(irp), 1);
    this.#complete(ddk, irp, codes.STATUS_CANCELLED);
    return undefined;
  }

  #dpc(ddk: Ddk): undefined {
    for (const irp of this.byDpc.splice(0)) this.#complete(ddk, irp, codes.STATUS_SUCCESS);
    return undefined;
  }

  #dispatch(ddk: Ddk, device: Address, irp: Address): MayWait<number> {
    const major = ddk.memory.readU8(ddk.IoGetCurrentIrpStackLocation(irp));
    // Closing is answered at once, so that what is left at the end is the driver's fault and nobody else's.
    const choice = this.isCalm || major === 0x12 || major === 0x02 ? "succeed" : this.random.pick(behaviours);
    this.log.push(`${major} ${choice}`);
    switch (choice) {
      case "succeed":
        return this.#complete(ddk, irp, codes.STATUS_SUCCESS);
      case "fail":
        return this.#complete(ddk, irp, codes.STATUS_UNSUCCESSFUL);
      case "pend":
        ddk.IoMarkIrpPending(irp);
        ddk.IoSetCancelRoutine(irp, this.#cancelRoutine);
        this.pended.push(irp);
        return codes.STATUS_PENDING;
      case "pendByDpc":
        ddk.IoMarkIrpPending(irp);
        this.byDpc.push(irp);
        ddk.KeSetTimer(this.#data + at.timer, BigInt(-TICKS * (1 + this.random.below(5))), this.#data + at.dpc);
        return codes.STATUS_PENDING;
      default:
        return this.#wait(ddk, device, irp, choice);
    }
  }

  *#wait(ddk: Ddk, device: Address, irp: Address, choice: string): Coroutine<number> {
    const delay = BigInt(-TICKS * (1 + this.random.below(4)));
    if (choice === "waitForTime") yield* ddk.KeDelayExecutionThread(delay);
    if (choice === "waitForEvent") yield* ddk.KeWaitForSingleObject(this.#data + at.event, delay);
    if (choice === "waitForMutex") {
      yield* ddk.KeWaitForMutexObject(this.#data + at.mutex);
      yield* ddk.KeDelayExecutionThread(delay);
      ddk.KeReleaseMutex(this.#data + at.mutex);
    }
    if (choice === "workItem") {
      const item = ddk.IoAllocateWorkItem(device);
      const done = ddk.routine("Work", () => {
        ddk.IoFreeWorkItem(item);
        ddk.KeSetEvent(this.#data + at.event);
        return undefined;
      });
      ddk.IoQueueWorkItem(item, done, 1, 0);
      yield* ddk.KeWaitForSingleObject(this.#data + at.event, delay);
    }
    if (choice === "systemThread") {
      const body = ddk.routine("Thread", function* () {
        yield* ddk.KeDelayExecutionThread(delay);
        return undefined;
      });
      const { handle, thread } = ddk.PsCreateSystemThread(body, 0);
      const { kernel } = this.test;
      const object = kernel.ob.ObReferenceObject(thread);
      kernel.ps.asKernel(() => kernel.ob.NtClose(handle));
      yield* ddk.KeWaitForSingleObject(thread);
      kernel.ob.ObDereferenceObject(thread);
      this.log.push(`joined ${object > 0}`);
    }
    return this.#complete(ddk, irp, codes.STATUS_SUCCESS);
  }

  /** As one of the program's threads. */
  #call<T>(action: () => T): T {
    const { kernel, process } = this.test;
    const thread: Thread = kernel.ps.idleThread(process);
    return kernel.ps.runAs(thread, UserMode, action);
  }

  #track<T extends { pending: boolean }>(
    what: string,
    outcome: T,
    told: (done: never) => void = () => undefined,
  ): void {
    this.requests += 1;
    const end = (done: { status?: number; error?: number }) => {
      this.answers += 1;
      this.log.push(`${what} ${(done.status ?? done.error ?? 0).toString(16)}`);
      told(done as never);
    };
    if (!outcome.pending) {
      end(outcome as never);
      return;
    }
    this.log.push(`${what} is under way`);
    (outcome as unknown as IoPending<never>).whenDone(end);
  }

  step(): void {
    const { kernel } = this.test;
    const { files } = kernel;
    const handle = this.#handles.length === 0 ? 0x7000 : this.random.pick(this.#handles);
    const length = this.random.pick([0, 1, 16, BUFFER_BYTES, BUFFER_BYTES + 1]);
    const code = (0x22_2000 | this.random.below(4)) >>> 0;
    const buffers = { input: this.#buffer, inputLength: length, output: this.#buffer, outputLength: length };
    const steps: (() => void)[] = [
      () => this.#openOne(),
      () => this.#openOne(),
      () =>
        this.#track(
          "read",
          this.#call(() => files.NtReadFile(handle, this.#buffer, length)),
        ),
      () =>
        this.#track(
          "write",
          this.#call(() => files.NtWriteFile(handle, this.#buffer, length)),
        ),
      () =>
        this.#track(
          "ioctl",
          this.#call(() => files.NtDeviceIoControlFile(handle, { code, ...buffers })),
        ),
      () => this.#closeOne(),
      () => this.log.push(`cancel ${this.#call(() => files.NtCancelIoFileEx(handle)).toString(16)}`),
      () => kernel.enter(() => kernel.threading.scheduler.advance(TICKS * this.random.below(6))),
      () => this.completeOne(),
      () => this.#service(this.random.below(10) === 0 ? "StopService" : "StartService"),
    ];
    this.random.pick(steps)();
  }

  #openOne(): void {
    const { win32 } = this.test.kernel;
    const outcome = this.#call(() => win32.CreateFileW("\\\\.\\X", { desiredAccess: 0xc000_0000 }));
    this.#track("open", outcome, (done: { handle: number }) => {
      if (done.handle !== 0) this.#handles.push(done.handle);
    });
  }

  #closeOne(): void {
    const [closed] = this.#handles.splice(this.random.below(Math.max(1, this.#handles.length)), 1);
    this.log.push(`close ${this.#call(() => this.test.kernel.files.NtClose(closed ?? 0x7001)).toString(16)}`);
  }

  #service(action: "StartService" | "StopService"): void {
    const { kernel } = this.test;
    const name = this.random.pick(["lower", "upper"]);
    const result = kernel.enter(() => kernel.scm[action](name)).value;
    const told = (answer: typeof result) => this.log.push(`${action} ${name} ${JSON.stringify(answer)}`);
    if (result !== undefined && "later" in result && result.later instanceof Later) result.later.whenDone(told);
    else told(result);
  }

  completeOne(): void {
    const irp = this.pended[0];
    const ddk = this.#ddk;
    if (irp === undefined || ddk === undefined) return;
    this.test.kernel.enter(() => {
      if (ddk.IoSetCancelRoutine(irp, 0) === 0) return;
      this.pended.shift();
      this.#complete(ddk, irp, codes.STATUS_SUCCESS);
    });
  }

  /** What must be true between any two calls. */
  check(): void {
    const { kernel, host } = this.test;
    const { io, mem, ps } = kernel;
    let references = 0;
    for (const device of io.records.live) references += mem.readI32(device + DEVICE_OBJECT.offset.ReferenceCount);
    const waiting = ps.threads.filter(({ control }) => control.stack !== undefined);
    const stray = waiting.filter(({ control }) => (control.wait === undefined) === !control.isReady);
    expect({ bugchecks: host.bugchecks, references, stray, irql: kernel.ke.irql }).toEqual({
      bugchecks: [],
      references: io.types.file.objectCount,
      stray: [],
      irql: 0,
    });
    for (const { control } of waiting) {
      for (const [index, object] of (control.wait?.request.objects ?? []).entries()) {
        const block = control.wait?.blocks[index] ?? 0;
        expect(mem.readPointer(mem.readPointer(block) + 8)).toBe(block);
        expect(kernel.threading.waits.waiters(object).map((thread) => thread.control)).toContain(control);
      }
    }
  }

  /** All let go: the drivers answer, time passes, handles close, services stop. */
  settle(): void {
    const { kernel } = this.test;
    this.isCalm = true;
    for (let round = 0; round < 4; round += 1) {
      while (this.pended.length > 0) this.completeOne();
      kernel.enter(() => kernel.threading.scheduler.advance(TICKS * 100));
      for (const handle of this.#handles.splice(0)) this.#call(() => kernel.files.NtClose(handle));
    }
    for (const name of ["upper", "lower"]) kernel.enter(() => kernel.scm.StopService(name));
    kernel.enter(() => kernel.threading.scheduler.advance(TICKS * 100));
  }
}

function play(seed: number, steps: number): World {
  const world = new World(new Random(seed));
  world.test.kernel.enter(() => world.test.kernel.scm.StartService("lower"));
  for (let step = 0; step < steps; step += 1) {
    world.step();
    world.check();
  }
  world.settle();
  return world;
}

describe("a machine whose drivers wait", () => {
  it.each([1, 7, 1996, 2026, 31_337])("keeps its books and leaves nothing (seed %i, 1,500 calls)", (seed) => {
    const world = play(seed, 1500);
    const { kernel, host } = world.test;
    expect(host.bugchecks).toEqual([]);
    expect(world.answers).toBe(world.requests);
    expect(kernel.io.irps.liveCount).toBe(0);
    expect(kernel.ps.threads.filter(({ control }) => control.stack !== undefined)).toEqual([]);
    const left = kernel.pool
      .usageByTag()
      .filter(({ tag, bytes }) => ["IoSB", "Xtst", "IoWi", "Wait"].includes(tag) && bytes > 0);
    expect(left).toEqual([]);
    expect(host.reports.filter(({ rule }) => rule.startsWith("leaked"))).toEqual([]);
    expect(world.log.filter((line) => line.startsWith(`${IRP_MJ_CREATE} `)).length).toBeGreaterThan(10);
  });

  it("does the same again from the same seed", () => {
    const [first, second] = [play(42, 800), play(42, 800)];
    expect(first.log).toEqual(second.log);
    expect(first.test.host.reports).toEqual(second.test.host.reports);
    expect(play(43, 800).log).not.toEqual(first.log);
  });
});
