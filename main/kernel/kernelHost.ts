/**
 * What the model needs of the world and tells it. The model is deterministic: time and randomness come only
 * from here, and nothing in it knows who listens.
 */
import type { DriverRule } from "./driverRule";

/** One DbgPrint call that passed the filter masks. */
export interface DebugPrintEvent {
  /** As the driver printed it, at most 512 bytes in NT: may hold no newline, or many. Hostile text. */
  readonly text: string;
  readonly component: number;
  readonly level: number;
  readonly processId: number;
  readonly threadId: number;
  readonly processName: string;
  /** Unix milliseconds, fractional. */
  readonly time: number;
  /** Number in the IRP trace of the IRP that a driver routine was serving; 0 for none. */
  readonly irp: number;
}

/** What the blue screen would say, and why. */
export interface BugcheckInfo {
  readonly code: number;
  /** "MULTIPLE_IRP_COMPLETE_REQUESTS" */
  readonly name: string;
  /** Four, as 16 hexadecimal digits after "0x". */
  readonly parameters: readonly string[];
  /** The broken rule, in a sentence. */
  readonly rule: string;
  /** The driver whose code was running, when one was. */
  readonly driver?: string;
  /** Innermost first: "example!dispatchDevice". */
  readonly stack: readonly string[];
}

/** A name came into the namespace or left it. */
export interface NamespaceChange {
  readonly kind: "added" | "removed";
  /** Full path of the directory: `\Device`. */
  readonly directory: string;
  readonly name: string;
  readonly type: string;
}

/** A rule that NT leaves undefined or unchecked, and that a driver broke: leaks, missing IoMarkIrpPending... */
export interface KernelReport {
  readonly rule: DriverRule;
  readonly message: string;
  readonly driver?: string;
  /** The driver's routine that was running, when one was: "example!DispatchRead". */
  readonly routine?: string;
}

export interface KernelHost {
  /** Unix milliseconds, fractional. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  didPrint(print: DebugPrintEvent): void;
  didBugcheck(info: BugcheckInfo): void;
  /** Left out when nobody watches, so that changes cost nothing. */
  didChange?: ((change: NamespaceChange) => void) | undefined;
  didReport(report: KernelReport): void;
  /** A thread waits, goes on or has nothing to do any more. Not told of requests that end without a wait. */
  didChangeThreads?: (() => void) | undefined;
  /**
   * Asks for {@link Kernel.wake} in so many milliseconds, in place of what was asked for before; undefined for no more.
   * Left out, time passes only for those who move the clock on.
   */
  wakeAfter?: ((milliseconds: number | undefined) => void) | undefined;
}
