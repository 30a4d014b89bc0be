/** User-mode programs that a machine can run as processes of its own: what there is, and what a running one is doing. */

export interface ProgramInfo {
  /** As it is called: `usedriver2`. */
  name: string;
  /** What follows the name: `[NAME]`; may be empty. */
  usage: string;
  /** A sentence. */
  description: string;
}

export interface RunProgramRequest {
  /** In any case, with or without `.exe`. */
  name: string;
  args: string[];
}

/**
 * `waitsForInput`: all that it was given is read, and it waits for a line. `ending`: it is to end, and a driver keeps one
 * of its threads.
 */
export type ProgramState = "running" | "waitsForInput" | "ending" | "ended";

/** What a program has written. Hostile text: it may hold what drivers gave it. */
export interface ProgramOutput {
  text: string;
  /** UTF-16 code units since the program's start at which the text begins: later than asked for when that is gone. */
  from: number;
  /** Where the next text will begin. */
  to: number;
  state: ProgramState;
  /** Of one that has ended: an NTSTATUS (0xC000013A for one that was stopped) or the program's own number. */
  exitCode?: number;
}

export type ProgramEvent =
  /** `from`: as of ProgramOutput. Where it is not where the text before ended, something was lost on the way. */
  | { kind: "programOutput"; processId: number; from: number; text: string }
  | { kind: "programEnded"; processId: number; exitCode: number };
