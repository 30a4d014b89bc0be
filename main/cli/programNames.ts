/** The programs that one `ntscope` run has started, by the names that its commands use, and what they were last seen to say. */
import type { ProgramOutput } from "../machine/programs";
import { visibleLine } from "../machine/visibleText";
import { UsageError } from "./command";
import type { Session } from "./session";

export interface NamedProgram {
  readonly name: string;
  readonly processId: number;
  /** What was shown of its output, in code units. */
  shown: number;
}

export class ProgramNames {
  readonly #programs = new Map<string, NamedProgram>();
  #next = 1;

  has(name: string): boolean {
    return this.#programs.has(name);
  }

  /** The name asked for, or the next of p1, p2... */
  add(processId: number, wanted?: string): NamedProgram {
    let name = wanted;
    while (name === undefined || (wanted === undefined && this.has(name))) {
      name = `p${this.#next}`;
      this.#next += 1;
    }
    const program = { name, processId, shown: 0 };
    this.#programs.set(name, program);
    return program;
  }

  find(name: string): NamedProgram {
    const program = this.#programs.get(name);
    if (program !== undefined) return program;
    const known = [...this.#programs.keys()].join(", ");
    throw new UsageError(`no program is named "${name}"${known ? `; there are ${known}` : "; run one first"}`);
  }

  nameOf(processId: number): string {
    return [...this.#programs.values()].find((program) => program.processId === processId)?.name ?? "";
  }
}

/**
 * What the program wrote since it was looked at last.
 * @param wait first, until it waits for input or has ended
 */
export async function newOutput(session: Session, program: NamedProgram, wait: boolean): Promise<ProgramOutput> {
  const { processId, shown } = program;
  const output = await session.ask("programs.output", { processId, from: shown, wait });
  program.shown = output.to;
  return output;
}

/** As the program wrote it, with what drives a terminal made visible; without the last line end. */
export function outputText({ text }: ProgramOutput): string {
  return text.replace(/\n$/, "").split("\n").map(visibleLine).join("\n");
}
