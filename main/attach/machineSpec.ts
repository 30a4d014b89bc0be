/** Which machine an engine is to be about: what a command line, a menu or a kept setting says, ready to be opened. */
import type { Readable } from "node:stream";
import type { SourceRight } from "../engine/makeSource";
import type { Pairing } from "../remote/agentAddress";

/** Structured-cloneable: it is sent to the engine's process. */
export type MachineSpec =
  | { kind: "model" }
  /** The Windows that this process runs on. */
  | { kind: "local" }
  /** A Wine prefix on this computer; left out, NtScope's own. `make`: make it where there is none. */
  | { kind: "wine"; prefix?: string; make?: boolean }
  | { kind: "agent"; pairing: Pairing };

/** What a Windows user means by "the machine"; elsewhere there is none but the model. */
export const ownMachine: MachineSpec = { kind: process.platform === "win32" ? "local" : "model" };

export interface OpenEngineOptions {
  /** Where this program's built files lie. */
  programFolder: string;
  /** The process's standard input, where nothing else reads it. */
  stdin?: Readable | undefined;
  /** What the engine's clients may have read or started on this computer. */
  allows?: readonly SourceRight[];
  /** What is being done now, as a sentence: making a prefix takes seconds. */
  onProgress?(sentence: string): void;
  /** Gives the attempt up. */
  signal?: AbortSignal;
  /** The model's tree can be had before the model has booted. */
  bootsInSteps?: boolean;
}
