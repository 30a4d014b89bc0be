/** A user-mode program that comes with NtScope: what `main` is to a compiled one. */
import type { Coroutine } from "../ke/call";
import type { UserCalls } from "./userCalls";

export interface Program {
  /** As it is called on a command line; its process is named so with `.exe` behind. */
  readonly name: string;
  /** What follows the name: `[NAME]`. */
  readonly usage: string;
  /** A sentence. */
  readonly description: string;
  /** Runs in the first thread of its process. @returns the exit code */
  main(user: UserCalls, args: readonly string[]): Coroutine<number>;
}
