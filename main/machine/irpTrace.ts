/**
 * The IRP trace of a machine: every request that drivers were given, and each hop of its way through the device stack.
 * A row is one IRP; it unfolds into hops, one for each driver that had it, with what was printed meanwhile.
 * Source of the verdicts: IrpTrace's four ways in which a driver may pass an IRP on, and "Completing IRPs" (Windows
 * Driver Kit).
 */
import type { NtStatusText } from "./machine";

/** Who made an IRP: the I/O manager for a system call, the I/O manager on its own (close, boot), or a driver. */
export type IrpOrigin = "user" | "kernel" | "driver";

export interface IrpRow {
  /** 1 for the first IRP since the trace began; never used again, whatever becomes of the IRP's memory. */
  number: number;
  /** Unix milliseconds, fractional, of its issue. */
  time: number;
  /** Address in hex. */
  irp: string;
  origin: IrpOrigin;
  process: string;
  processId: number;
  threadId: number;
  /** `IRP_MJ_READ` */
  major: string;
  minor: number;
  /** Raw path of the device that it was sent to, the top of its stack; its address in hex when it has no name. */
  device: string;
  /** `\Driver\Example` of that device; empty when it is gone. */
  driver: string;
  /** Name below the device that the file was opened with, such as `\HELLO`; empty for none. */
  fileName: string;
  /** Left out while a driver has the IRP. */
  status?: NtStatusText;
  /** IoStatus.Information; 0 while under way. */
  information: number;
  /** Milliseconds from issue to end; left out while under way. */
  duration?: number;
  hops: number;
  wasCancelled: boolean;
}

/** What a driver did with the IRP at its stack location. */
export type IrpVerdict =
  | "completed"
  /** IoSkipCurrentIrpStackLocation and IoCallDriver. */
  | "skipped"
  /** Its own copy of the location and IoCallDriver, without a completion routine. */
  | "passed"
  | "passedWithCompletionRoutine"
  /** It returned STATUS_PENDING and has it still. */
  | "pended"
  /** Its dispatch routine has not returned: it waits for something. */
  | "waiting"
  /** It returned without completing, passing or pending the IRP. */
  | "forgotten";

export interface IrpHop {
  /** Number of the stack location; the top driver has the highest. A driver that skips shares it with the one below. */
  location: number;
  /** Raw path of the device, or its address in hex. */
  device: string;
  driver: string;
  /** `example!DispatchRead` */
  routine: string;
  major: string;
  minor: number;
  verdict: IrpVerdict;
  /** What the dispatch routine returned; left out until it has. */
  returned?: NtStatusText;
  /** Thread that called the dispatch routine. */
  threadId: number;
  /** Unix milliseconds: dispatch routine called, and returned. */
  begin: number;
  end?: number;
}

/** What happened, in order; the swim lane is drawn from it. */
export type IrpStep = {
  /** Place in the one order of the whole machine: larger is later, whatever the clock said. */
  order: number;
  time: number;
  threadId: number;
  /** Index into `hops` of the driver whose lane it is in; -1 for the I/O manager's own lane. */
  lane: number;
} & (
  | { kind: "call"; major: string; location: number }
  | { kind: "return"; status: NtStatusText }
  | { kind: "pend" }
  | { kind: "complete"; status: NtStatusText; information: number }
  /** Called on the way up; `status` STATUS_MORE_PROCESSING_REQUIRED stops there. */
  | { kind: "completionRoutine"; routine: string; status: NtStatusText }
  | { kind: "cancel"; routine: string }
  /** The dispatch routine waits, and goes on. */
  | { kind: "wait"; reason: string }
  | { kind: "resume" }
  | { kind: "print"; text: string }
  /** The I/O manager has ended the request: data copied back, caller told. */
  | { kind: "end"; status: NtStatusText; information: number }
);

export interface IrpDetail {
  row: IrpRow;
  hops: IrpHop[];
  steps: IrpStep[];
  /** Steps that the trace's limit of memory has dropped, oldest first. */
  lost: number;
}

/** Each given part must match; texts are wildcards (`*`, `?`) or else substrings, without case. */
export interface IrpFilter {
  device?: string;
  process?: string;
  /** `IRP_MJ_READ`, or a part of it. */
  major?: string;
  /** Name or hex of the status, or a part of it; `pending` for those under way, `error` for all failures. */
  status?: string;
}

export interface IrpTraceState {
  isRecording: boolean;
  irps: number;
  hops: number;
  /** Memory that the trace holds. */
  bytes: number;
  /** IRPs that were dropped to stay within the limit. */
  dropped: number;
}

export interface IrpRowsQuery {
  filter: IrpFilter;
  /** First row, 0 the oldest that is kept and passes the filter. */
  from: number;
  count: number;
}

export interface IrpRows {
  /** Rows that pass the filter. */
  total: number;
  rows: IrpRow[];
}
