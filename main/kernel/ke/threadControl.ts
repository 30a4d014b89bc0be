/** What the scheduler keeps of a thread beside its KTHREAD. */
import type { Address } from "../../../native-bindings/abi/address";
import type { ProcessorMode } from "../ob/caller";
import type { Coroutine, WaitRequest } from "./call";

/** A thread as the dispatcher needs it; ps knows whose it is. */
export interface KeThread {
  /** KTHREAD, which is the beginning of the ETHREAD. */
  readonly object: Address;
  readonly id: number;
  readonly control: ThreadControl;
}

/** The stack of a thread that stands still. */
export interface ParkedStack {
  readonly coroutine: Coroutine<unknown>;
  readonly mode: ProcessorMode;
  /** Told the result when the last of its routines has returned. */
  readonly done: (result: unknown) => void;
  /** Whose call this is: it goes on when this has returned. */
  below?: ParkedStack | undefined;
  /** What it came to while a call that it made has not returned. */
  reached?: IteratorResult<WaitRequest, unknown> | undefined;
}

export interface CurrentWait {
  readonly request: WaitRequest;
  /** KWAIT_BLOCKs, one an object. */
  readonly blocks: readonly Address[];
  /** Pool that holds them, 0 when they lie in the KTHREAD. */
  readonly pool: Address;
  /** Takes the time limit away. */
  readonly forgetDue: () => void;
}

/** KPRIORITY of a thread that nobody gave another. */
export const NORMAL_PRIORITY = 8;

export class ThreadControl {
  /** Undefined while it runs or has nothing to do. */
  stack: ParkedStack | undefined = undefined;
  /** Calls that wait, made since its stack went on last: they come before whatever the stack does next. */
  calls: ParkedStack[] = [];
  wait: CurrentWait | undefined = undefined;
  /** Interrupt time at which it began to wait, or its request was made. */
  since = 0;
  /** What its wait answers, once it is ready again. */
  waitStatus = 0;
  isReady = false;
  /** It has work of its own: nothing else may be done in its name. */
  isReserved = false;
  hasEnded = false;
  /** It is to end as soon as it is in user mode again. */
  isTerminating = false;
  /** Process that it is attached to while it stands still; undefined for its own. */
  attachedTo: object | undefined = undefined;
  /** IRQL that it goes on at. */
  irql = 0;
  priority = NORMAL_PRIORITY;
  /** KernelApcDisable: below 0 in a critical region, or while it holds a kernel mutex. */
  apcDisable = 0;
  /** KMUTANTs that it holds. */
  readonly mutants = new Set<Address>();
  /** Names of the routines that stand still, innermost first; kept for those who ask why. */
  routines: readonly string[] = [];
}
