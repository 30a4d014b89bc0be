/** The user-mode programs that come with NtScope, in the order in which they are shown. */
import { exampleRwUser, exampleUser } from "./exampleUser";
import type { Program } from "./program";
import { usedriver2 } from "./usedriver2";
import { usedriver3 } from "./usedriver3";

export const builtinPrograms: readonly Program[] = [usedriver2, usedriver3, exampleUser, exampleRwUser];

/** By its name, in any case, with or without `.exe`. */
export function findProgram(name: string): Program | undefined {
  const wanted = name.toLowerCase().replace(/\.exe$/, "");
  return builtinPrograms.find((program) => program.name === wanted);
}
