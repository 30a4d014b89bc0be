/** Who reads the trace session: a worker with the native bindings, which decodes the events and posts them in batches. */
import type { Disposable } from "../../machine/machine";
import type { StatusError } from "../../machine/result";
import type { LostCounters } from "./lostEvents";

export interface KernelPrint {
  /** Unix ms, when it was printed. */
  readonly time: number;
  readonly processId: number;
  readonly threadId: number;
  readonly component: number;
  /** A level 0 to 31, or a bit field. */
  readonly level: number;
  readonly text: string;
}

export type EtwReport =
  | { readonly kind: "running" }
  /** In the order of their buffers, not of their time. */
  | { readonly kind: "prints"; readonly prints: readonly KernelPrint[] }
  /** What was lost since the last of these. */
  | { readonly kind: "lost"; readonly lost: LostCounters }
  /** It has ended. */
  | { readonly kind: "failed"; readonly error: StatusError };

export interface EtwReader extends Disposable {
  /** Call once. The listener is not called after dispose, which ends the session. */
  start(listener: (report: EtwReport) => void): void;
}
