/**
 * What a command of the `ntscope` command line is: one row of the command table (DESIGN 7). Its options feed the
 * parser and `--help` alike, so help cannot say anything the parser does not do.
 */
import { parseArgs } from "node:util";
import type { StatusError } from "../machine/result";
import type { Session } from "./session";

export interface OptionSpec {
  type: "string" | "boolean";
  /** One letter, for `-r`. */
  short?: string;
  /** What stands for the value in help: `N`, `TEXT`. */
  value?: string;
  help: string;
}

/** A command's answer: the JSON document for `--json`, and the same as text. */
export interface Answer {
  document: unknown;
  text: string;
}

export interface CliCommand {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What follows the name: `PATH [--open]`. */
  usage: string;
  /** Paragraphs under the options. */
  details?: string;
  options: Record<string, OptionSpec>;
  /** Least and most positional words. */
  positionals: [number, number];
  /** True for `sc`, whose `binPath= X` words are not options of ours. */
  rawWords?: boolean;
  /** True for a command that needs no engine, or makes its own: none is opened for it. */
  standsAlone?: boolean;
  /** Undefined when it has written its answer itself (`log --json` writes lines). */
  run(session: Session, args: ParsedArgs): Promise<Answer | undefined>;
}

export interface ParsedArgs {
  words: string[];
  text(option: string): string | undefined;
  on(option: string): boolean;
}

/** Wrong words on the command line: exit 2. */
export class UsageError extends Error {}

/** The machine said no: exit 1, and the status is printed. */
export class CommandFailure extends Error {
  /** @param details lines that follow the error, where it is told as text */
  constructor(
    readonly error: StatusError,
    readonly details: readonly string[] = [],
  ) {
    super(error.message);
  }
}

export function parseCommandArgs(command: CliCommand, words: string[]): ParsedArgs {
  if (command.rawWords) {
    return { words, text: () => undefined, on: () => false };
  }
  const options = command.options;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: words.map((word) => slashToDash(word, options)),
      options: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, parserOption(spec)])),
      allowPositionals: true,
    });
  } catch (error) {
    // parseArgs' first sentence names the option and what is wrong; the rest talks about JavaScript.
    throw new UsageError(`${command.name}: ${(error as Error).message.split(". ")[0]}`);
  }
  const [least, most] = command.positionals;
  if (parsed.positionals.length < least || parsed.positionals.length > most) {
    throw new UsageError(`usage: ${command.name} ${command.usage}`);
  }
  return {
    words: parsed.positionals,
    text: (option) => asText(parsed.values[option]),
    on: (option) => parsed.values[option] === true,
  };
}

function parserOption(spec: OptionSpec): { type: "string" | "boolean"; short?: string } {
  return spec.short === undefined ? { type: spec.type } : { type: spec.type, short: spec.short };
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Windows habit: `/r` for `-r` and `/open` for `--open`; any other word with a slash is a word. */
function slashToDash(word: string, options: Record<string, OptionSpec>): string {
  if (!word.startsWith("/")) {
    return word;
  }
  const name = word.slice(1);
  if (Object.hasOwn(options, name)) {
    return `--${name}`;
  }
  return Object.values(options).some((spec) => spec.short === name) ? `-${name}` : word;
}

/** A whole number from `least` to `most`, in decimal or `0x` hex. */
export function parseCount(
  command: string,
  what: string,
  text: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = /^(0x[0-9a-f]+|-?\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new UsageError(`${command}: ${what} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}
