/** Threads as test code: each a generator over the DDK, started together, run until nothing can go on. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { KernelMode } from "../ob/caller";
import type { Thread } from "../ps/ps";
import { TestKernel } from "../testKernel";
import type { Ddk } from "../wdk/ddk";
import { createDdk } from "../wdk/kernelDdk";
import type { Coroutine } from "./call";

const OBJECT_BYTES = 0x80;

export interface TestThreads {
  readonly test: TestKernel;
  readonly ddk: Ddk;
  /** What the threads said, in order. */
  readonly said: (string | number | boolean)[];
  /** Zeroed non-paged pool for an object. */
  object(): Address;
  thread(body: () => Coroutine<unknown>): Thread;
  /** Everything that can happen now happens. */
  run(): void;
  /** Milliseconds pass on the machine's clock. */
  pass(milliseconds: number): void;
  routine(code: (...parameters: number[]) => number | undefined | Coroutine<number | undefined>): Address;
}

export function testThreads(): TestThreads {
  const test = new TestKernel();
  const { kernel } = test;
  const { scheduler } = kernel.threading;
  const ddk = createDdk(kernel, kernel.ke.routines.defineModule("test"));
  return {
    test,
    ddk,
    said: [],
    object: () => {
      const at = kernel.pool.ExAllocatePoolWithTag(NonPagedPoolNx, OBJECT_BYTES, "Test");
      kernel.mem.fill(at, OBJECT_BYTES, 0);
      return at;
    },
    thread: (body) => {
      const thread = kernel.ps.createThread(kernel.ps.system);
      thread.control.isReserved = true;
      scheduler.start(thread, KernelMode, body());
      return thread;
    },
    run: () => kernel.wake(),
    pass: (milliseconds) => scheduler.advance(milliseconds * 10_000),
    routine: (code) => ddk.routine("routine", code),
  };
}
