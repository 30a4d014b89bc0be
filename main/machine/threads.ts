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

export type ThreadState = "ready" | "running" | "waiting" | "terminated";

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
  /** Threads that would run. */
  ready: number;
  /** Unix milliseconds of the next timer or time limit; left out when there is none. */
  nextDue?: number;
}

/** One thing to do with the clock; each answers the state after it. */
export type ClockCommand =
  | { action: "pause" }
  | { action: "run" }
  /** The next thing that would happen: a thread runs until it waits or ends, a DPC runs, or time passes to the next timer. */
  | { action: "step"; count: number }
  /** Time passes, and what becomes due runs. In milliseconds. */
  | { action: "advance"; milliseconds: number };
