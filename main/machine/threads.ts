/** Processes, threads and what they wait for: the wait graph of a machine, and its clock. */

export interface ProcessInfo {
  process: string;
  processId: number;
  /** EPROCESS in hex. */
  address: string;
  threads: number;
  handles: number;
  /** `System`, `Administrator`, `Standard user`, `AppContainer`: whose token it has. */
  user: string;
}

/** `idle`: it has nothing to do, and waits for work as a thread of a pool does. */
export type ThreadState = "idle" | "ready" | "running" | "waiting" | "terminated";

/** What a thread waits for. */
export interface WaitTarget {
  /** Address of the object in hex. */
  address: string;
  /** `Mutant`, `NotificationEvent`, `Semaphore`, `Timer`, `Thread`, `Resource`, `FastMutex`, `Irp`... */
  kind: string;
  /** Raw path when the object has a name, else what is known: `example!DEVICE_CONTEXT+0x10`, `IRP_MJ_READ of \Device\X`. */
  name: string;
  /** Thread ids that hold it, where such a thing can be held. */
  owners: number[];
  /** Who has it where that is no thread: the driver that keeps a request, such as `\\Driver\\Example`. */
  keeper?: string;
}

export interface ThreadInfo {
  threadId: number;
  processId: number;
  process: string;
  /** ETHREAD in hex. */
  address: string;
  state: ThreadState;
  /** IRQL that it runs at, or will go on at. */
  irql: number;
  priority: number;
  /** WaitAny or WaitAll; left out unless it waits. */
  waitType?: "any" | "all";
  /** `Executive`, `UserRequest`...: KWAIT_REASON. */
  waitReason?: string;
  waitsFor: WaitTarget[];
  /** Unix milliseconds of the machine's clock at which it began to wait; left out unless it waits. */
  since?: number;
  /** Unix milliseconds of the machine's clock at which the wait gives up; left out when it never does. */
  deadline?: number;
  /** Routine names, innermost first. */
  stack: string[];
}

export interface WaitGraph {
  threads: ThreadInfo[];
  /** Thread ids of each circle: every one waits for something that the next one holds. */
  deadlocks: number[][];
}

/** The machine's virtual clock. Paused, nothing runs and no time passes. */
export interface ClockState {
  isPaused: boolean;
  /** Unix milliseconds of the machine. */
  time: number;
  /** Threads and DPCs that would run. */
  ready: number;
  /** Requests from outside that wait until the clock lets them in; 0 while it runs. */
  waiting: number;
  /** Unix milliseconds of the next timer or time limit; left out when there is none. */
  nextDue?: number;
}

/** One thing to do with the clock; each answers the state after it. */
export type ClockCommand =
  | { action: "pause" }
  | { action: "run" }
  /**
   * The next thing that would happen, so many times (1 to 100,000): a thread runs until it waits or ends, or a DPC runs;
   * where nothing is ready, the oldest request from outside is let in; where there is none, time passes to the next timer.
   */
  | { action: "step"; count: number }
  /** Time passes, and what becomes due runs. In milliseconds, at most a day; requests from outside go on waiting. */
  | { action: "advance"; milliseconds: number };
