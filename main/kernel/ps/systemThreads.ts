/** Threads that drivers make (wdm.h: PsCreateSystemThread, PsTerminateSystemThread) and how any thread ends. */
import type { Address } from "../../../native-bindings/abi/address";
import { THREAD_TERMINATE_HELD_MUTEX } from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_INVALID_PARAMETER } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import { KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import { ETHREAD, KTHREAD } from "../../../native-bindings/abi/structures/process";
import { threadStates } from "../../../native-bindings/abi/threadStates";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import type { Ke } from "../ke/ke";
import type { Scheduler } from "../ke/scheduler";
import { ThreadExit } from "../ke/threadExit";
import type { KernelMemory } from "../mem/kernelMemory";
import { KernelMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import type { Ps, Thread } from "./ps";

export class SystemThreads {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly ob: ObjectManager,
    private readonly ps: Ps,
    private readonly scheduler: Scheduler,
    private readonly dispatcher: Dispatcher,
    private readonly call: (routine: Address, context: Address) => MayWait<number>,
  ) {}

  /** KSTART_ROUTINE with its context, in a new thread of the system process. It runs when its maker waits or returns. */
  PsCreateSystemThread(routine: Address, context: Address): { status: number; handle: number; thread: Address } {
    const { ps, ob, memory } = this;
    const thread = ps.createThread(ps.system);
    thread.control.isReserved = true;
    memory.writePointer(thread.object + ETHREAD.offset.StartAddress, routine);
    const opened = ps.asKernel(() =>
      ob.ObOpenObjectByPointer(thread.object, OBJ_KERNEL_HANDLE, 0, ps.threadType, KernelMode),
    );
    this.scheduler.start(thread, KernelMode, this.#run(thread, routine, context));
    return { status: opened.status, handle: opened.handle, thread: thread.object };
  }

  *#run(thread: Thread, routine: Address, context: Address): Coroutine<undefined> {
    try {
      const result = this.call(routine, context);
      if (isCoroutine(result)) yield* result;
    } catch (error) {
      if (!(error instanceof ThreadExit)) throw error;
    }
    this.end(thread);
    return undefined;
  }

  /** Does not return. @returns STATUS_INVALID_PARAMETER for a thread that is not the system's */
  PsTerminateSystemThread(status: number): number {
    const { process, thread } = this.ps.current;
    if (process !== this.ps.system || !thread.control.isReserved) return STATUS_INVALID_PARAMETER;
    throw new ThreadExit(status);
  }

  /** What the end of a thread does to those who wait for it or for what it holds. */
  end(thread: Thread): void {
    const { memory } = this;
    for (const mutant of thread.control.mutants) this.#refuseKernelMutex(thread, mutant);
    this.dispatcher.abandonMutants(thread);
    thread.control.hasEnded = true;
    memory.writeU8(thread.object + KTHREAD.offset.State, threadStates.value.Terminated);
    this.dispatcher.signal(thread.object);
    this.ps.removeThread(thread);
  }

  /** A program's mutant is abandoned; a driver's KMUTEX stops the machine. */
  #refuseKernelMutex(thread: Thread, mutant: Address): void {
    if (this.memory.readU8(mutant + KMUTANT.offset.ApcDisable) === 0) return;
    this.ke.bugCheck(THREAD_TERMINATE_HELD_MUTEX, [thread.object, mutant, 0, 0], {
      rule: "A thread ended while it held a kernel mutex: KeReleaseMutex comes first.",
      routine: "PsTerminateSystemThread",
    });
  }
}
