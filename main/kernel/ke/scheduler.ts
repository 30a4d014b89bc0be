/**
 * Who runs. One processor, and threads that run until they wait or end: the same calls on the same clock give the same
 * order each time. A thread's stack is a coroutine; see call.ts.
 */
import {
  STATUS_ALERTED,
  STATUS_SUCCESS,
  STATUS_THREAD_IS_TERMINATING,
  STATUS_TIMEOUT,
} from "../../../native-bindings/abi/ntstatus/codes";
import { KTHREAD } from "../../../native-bindings/abi/structures/process";
import { threadStates } from "../../../native-bindings/abi/threadStates";
import type { KernelMemory } from "../mem/kernelMemory";
import { type ProcessorMode, UserMode } from "../ob/caller";
import { type Coroutine, isCoroutine, type MayWait, type WaitRequest } from "./call";
import { TICKS_PER_MILLISECOND, type VirtualClock } from "./clock";
import type { Dpcs } from "./dpcs";
import type { DueQueue } from "./dueQueue";
import { type Ke, PASSIVE_LEVEL } from "./ke";
import { Later } from "./later";
import type { KeThread, ParkedStack } from "./threadControl";
import type { Waits } from "./waits";

const { State: STATE, WaitIrql: WAIT_IRQL, WaitMode: WAIT_MODE, WaitReason: WAIT_REASON } = KTHREAD.offset;
const states = threadStates.value;

/** So many turns in one go, so that threads that keep each other busy leave the host its turn. */
const TURNS = 10_000;

/** What the scheduler needs of the rest of the kernel. */
export interface SchedulerContext {
  current(): { readonly thread: KeThread; readonly mode: ProcessorMode; readonly process: object };
  /** Runs something as a thread, in the process that it is attached to, and puts back who ran before. */
  runAs<T>(thread: KeThread, mode: ProcessorMode, action: () => T): T;
  /** Enters the kernel from outside: whatever is thrown becomes a bugcheck. */
  guard(action: () => void): void;
  /** A thread that belongs to the system, for what nobody waits for. */
  worker(): KeThread;
  /** A thread stands still: time to look whether anyone can ever wake it. */
  didPark(thread: KeThread): void;
  /** A thread goes on after a wait, and is the current one. */
  didResume(): void;
  /** A thread waits, can run again or has nothing to do any more. */
  didChangeState(): void;
  /** Asks the host to call {@link Scheduler.run} again: milliseconds from now, undefined for not any more. */
  wakeAfter(milliseconds: number | undefined): void;
}

export class Scheduler {
  readonly #ready: KeThread[] = [];
  #isRunning = false;
  #hasAskedForWake = false;

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    readonly clock: VirtualClock,
    private readonly queue: DueQueue,
    private readonly dpcs: Dpcs,
    private readonly waits: Waits,
    private readonly context: SchedulerContext,
  ) {}

  get readyCount(): number {
    return this.#ready.length + this.dpcs.queued.length;
  }

  /** Something could happen without time passing. */
  get isReady(): boolean {
    if (this.readyCount > 0) return true;
    const due = this.queue.nextDue;
    return due !== undefined && due <= this.clock.interruptTime;
  }

  /** Interrupt time of the next timer or time limit. */
  get nextDue(): number | undefined {
    return this.queue.nextDue;
  }

  /** Runs a routine as a thread from here on. @returns its result, or what will have it when the thread has to wait */
  begin<T>(thread: KeThread, mode: ProcessorMode, action: () => MayWait<T>): T | Later<T> {
    return this.context.runAs(thread, mode, () => {
      const result = action();
      return isCoroutine(result) ? this.finish(result as Coroutine<T>) : result;
    });
  }

  /** Takes a routine of the current thread to its end, however long that takes: its caller goes on at once. */
  finish<T>(coroutine: Coroutine<T>): T | Later<T> {
    const { thread, mode } = this.context.current();
    const { control } = thread;
    // A thread has one stack. What is begun in its name while it stands still goes on in a thread of the system's.
    if (control.wait !== undefined || control.isReady) {
      return this.context.runAs(this.context.worker(), mode, () => this.finish(coroutine));
    }
    const later = new Later<T>();
    const stack: ParkedStack = { coroutine, mode, done: (result) => later.settle(result as T) };
    if (control.stack !== undefined) {
      // A system call in the midst of it: its driver goes on in this thread, before the thread does anything else.
      control.calls.push(stack);
      return later;
    }
    control.stack = stack;
    this.#proceed(thread, STATUS_SUCCESS);
    return later;
  }

  /** A thread that has not run yet, in the queue of those that may. */
  start<T>(thread: KeThread, mode: ProcessorMode, coroutine: Coroutine<T>): Later<T> {
    const later = new Later<T>();
    thread.control.stack = { coroutine, mode, done: (result) => later.settle(result as T) };
    this.#makeReady(thread, STATUS_SUCCESS);
    return later;
  }

  /** Goes on with the current thread's stack until it waits or ends. */
  #proceed(thread: KeThread, status: number): void {
    const { control } = thread;
    this.#setState(thread, states.Running);
    let answer = status;
    while (control.stack !== undefined) {
      const { stack } = control;
      const step = stack.reached ?? this.#step(thread, stack, answer);
      stack.reached = undefined;
      if (control.calls.length > 0) {
        stack.reached = step;
        this.#call(thread);
        answer = STATUS_SUCCESS;
      } else if (step.done) {
        this.#return(thread, stack, step.value);
        if (stack.below === undefined) return;
      } else {
        const now = this.#now(thread, step.value);
        if (now === undefined) return;
        answer = now;
      }
    }
  }

  #step(thread: KeThread, stack: ParkedStack, answer: number): IteratorResult<WaitRequest, unknown> {
    if (stack.mode === this.context.current().mode) return stack.coroutine.next(answer);
    return this.context.runAs(thread, stack.mode, () => stack.coroutine.next(answer));
  }

  /** The calls that the thread's stack has made lie on it now, the first one on top. */
  #call({ control }: KeThread): void {
    for (const call of control.calls.reverse()) {
      call.below = control.stack;
      control.stack = call;
    }
    control.calls = [];
  }

  #return(thread: KeThread, stack: ParkedStack, value: unknown): void {
    thread.control.stack = stack.below;
    if (stack.below === undefined) {
      // Of a thread that has ended, the object may be gone.
      if (!thread.control.hasEnded) this.#setState(thread, states.Initialized);
      this.ke.switchIrql(PASSIVE_LEVEL);
    }
    stack.done(value);
  }

  /** Undefined when the thread stands still now. */
  #now(thread: KeThread, request: WaitRequest): number | undefined {
    const { control } = thread;
    if (control.isTerminating && request.mode === UserMode) return STATUS_THREAD_IS_TERMINATING;
    const now = this.waits.tryNow(request, thread);
    if (now !== undefined) return now;
    this.#park(thread, request);
    request.other?.begin((status) => this.end(thread, request, status));
    // What it waits for may have come at once; then it is ready already, and goes on when it is its turn.
    if (control.wait?.request === request) this.context.didPark(thread);
    return undefined;
  }

  #park(thread: KeThread, request: WaitRequest): void {
    const { memory } = this;
    const { object, control } = thread;
    control.irql = this.ke.irql;
    control.attachedTo = this.context.current().process;
    control.routines = this.ke.routines.routinesOf(request);
    control.since = this.clock.interruptTime;
    memory.writeU8(object + WAIT_IRQL, control.irql);
    memory.writeU8(object + WAIT_MODE, request.mode);
    memory.writeU8(object + WAIT_REASON, request.reason);
    this.#setState(thread, states.Waiting);
    const forgetDue = Number.isFinite(request.due)
      ? this.queue.add({ due: request.due, fire: () => this.end(thread, request, STATUS_TIMEOUT) })
      : () => undefined;
    this.waits.insert(thread, request, forgetDue);
    this.ke.switchIrql(PASSIVE_LEVEL);
  }

  /** Ends a wait for another reason than its objects. Without effect when it is over already. */
  end(thread: KeThread, request: WaitRequest, status: number): void {
    if (thread.control.wait?.request !== request) return;
    this.waits.remove(thread);
    this.#makeReady(thread, status);
  }

  /** NtAlertThread: ends an alertable wait. @returns whether it did */
  alert(thread: KeThread, status: number = STATUS_ALERTED): boolean {
    const request = thread.control.wait?.request;
    if (request === undefined || !request.alertable) return false;
    this.end(thread, request, status);
    return true;
  }

  /** The thread is to end: a wait in user mode is over at once, one of a driver's when it is over. */
  terminate(thread: KeThread): void {
    thread.control.isTerminating = true;
    const request = thread.control.wait?.request;
    if (request?.mode === UserMode) this.end(thread, request, STATUS_THREAD_IS_TERMINATING);
  }

  /** To be called by {@link Waits} for a thread whose wait is over. */
  readonly wake = (thread: KeThread, status: number): void => this.#makeReady(thread, status);

  #makeReady(thread: KeThread, status: number): void {
    const { control } = thread;
    if (control.isReady) return;
    control.isReady = true;
    control.waitStatus = status;
    this.#setState(thread, states.Ready);
    // Behind those of its priority, before those of a lower one.
    let at = this.#ready.length;
    while (at > 0 && (this.#ready[at - 1] as KeThread).control.priority < control.priority) at -= 1;
    this.#ready.splice(at, 0, thread);
  }

  #setState(thread: KeThread, state: number): void {
    this.memory.writeU8(thread.object + STATE, state);
    this.context.didChangeState();
  }

  /** Everything that can happen now. To be called when no kernel code is on the stack. */
  run(): void {
    if (this.#isRunning || this.clock.isPaused || this.#isIdle) return;
    this.#isRunning = true;
    try {
      let turns = TURNS;
      while (turns > 0 && !this.#isStopped && this.#turn()) turns -= 1;
    } finally {
      this.#isRunning = false;
    }
    this.#askForWake();
  }

  /** Nothing to do, and nobody who was asked to wake for it: after most system calls. */
  get #isIdle(): boolean {
    return this.readyCount === 0 && this.queue.size === 0 && !this.#hasAskedForWake;
  }

  get #isStopped(): boolean {
    return this.ke.bugchecked !== undefined;
  }

  /** @returns whether there was something to do */
  #turn(): boolean {
    if (this.#expire()) return true;
    if (this.dpcs.queued.length > 0) {
      this.context.guard(() => void this.dpcs.runOne());
      return true;
    }
    const thread = this.#ready.shift();
    if (thread === undefined) return false;
    this.#resume(thread);
    return true;
  }

  #expire(): boolean {
    if (this.queue.size === 0) return false;
    const due = this.queue.take(this.clock.interruptTime);
    if (due === undefined) return false;
    this.context.guard(due.fire);
    return true;
  }

  #resume(thread: KeThread): void {
    const { control } = thread;
    control.isReady = false;
    control.routines = [];
    const { stack } = control;
    if (stack === undefined) return;
    this.context.guard(() =>
      this.context.runAs(thread, stack.mode, () => {
        control.attachedTo = undefined;
        this.ke.switchIrql(control.irql);
        this.context.didResume();
        this.#proceed(thread, control.waitStatus);
      }),
    );
  }

  #askForWake(): void {
    const milliseconds = this.#untilNext();
    this.#hasAskedForWake = milliseconds !== undefined;
    this.context.wakeAfter(milliseconds);
  }

  /** Milliseconds until something happens by itself; undefined when nothing will. */
  #untilNext(): number | undefined {
    if (this.#isStopped) return undefined;
    if (this.readyCount > 0) return 0;
    const due = this.queue.nextDue;
    return due === undefined ? undefined : Math.max(0, (due - this.clock.interruptTime) / TICKS_PER_MILLISECOND);
  }

  pause(): void {
    this.clock.pause();
    this.context.wakeAfter(undefined);
  }

  resume(): void {
    if (!this.clock.isPaused) return;
    this.clock.run();
    this.run();
  }

  /**
   * The next thing that happens, whether the clock is paused or not: something due, a DPC, a thread; when there is none,
   * time passes until something is due.
   * @returns false when nothing will ever happen by itself
   */
  step(): boolean {
    if (this.#isRunning || this.#isStopped) return false;
    this.#isRunning = true;
    try {
      if (this.#turn()) return true;
      const due = this.queue.nextDue;
      if (due === undefined) return false;
      this.clock.moveTo(due);
      return this.#turn();
    } finally {
      this.#isRunning = false;
    }
  }

  /**
   * Lets time pass, with everything that becomes due on the way.
   * @param ticks in 100 ns
   */
  advance(ticks: number): void {
    const end = this.clock.interruptTime + ticks;
    for (let turns = TURNS; turns > 0 && !this.#isStopped; turns -= 1) {
      const isIdle = this.readyCount === 0;
      const due = this.queue.nextDue;
      if (isIdle && (due === undefined || due > end)) break;
      this.step();
    }
    this.clock.moveTo(Math.max(end, this.clock.interruptTime));
    if (!this.clock.isPaused) this.run();
  }
}
