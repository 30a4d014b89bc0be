/**
 * What the engine sees of a capture source: it starts it with a sink, shows its health in words, and disposes it.
 * A source never throws at its owner and never falls silent: what keeps lines away is in its health.
 */
import type { LogSink } from "../log/logRecord";
import type { Disposable } from "../machine/machine";

/** `failed`: it stopped because something is wrong. `ended`: there is nothing more to come, which is no fault. */
export type SourceState = "starting" | "running" | "failed" | "ended";

/** Counts since the start, for the status line; absent ones are 0. */
export type SourceCounter =
  /** Lines or messages that were printed and did not reach the log. */
  | "lost"
  /** Connections, requests or datagrams that were turned away. */
  | "refused"
  /** Lines that were longer than the limit and go on in the next line. */
  | "cut"
  /** Packets or records that were no valid ones. */
  | "malformed"
  /** Bytes outside any packet or record. */
  | "skippedBytes"
  /** Stops of the target that were resumed. */
  | "resumed"
  /** Packets that were asked for again. */
  | "resent";

export interface SourceHealth {
  readonly state: SourceState;
  /** A sentence for the person reading it. */
  readonly message: string;
  readonly counters: Readonly<Partial<Record<SourceCounter, number>>>;
}

export interface Source extends Disposable {
  /** For the list of sources: `kd tcp:127.0.0.1:5000`. */
  readonly name: string;
  /** Call once. Prints go to the sink from then on, until the source is disposed. */
  start(sink: LogSink): void;
  health(): SourceHealth;
  /** Told when the state or its sentence changes, and when something is counted for the first time. */
  onDidChangeHealth(listener: (health: SourceHealth) => void): Disposable;
}
