/**
 * The window's command line: `ntscope [--machine M]`, with the machines of the command line (main/attach). Chromium and Electron take switches of their own from the
 * same line (and Chromium adds some when it hands a second start over), so unknown switches are left to them;
 * what is ours is checked strictly.
 */
import { parseArgs } from "node:util";
import type { MachineSpec } from "../attach/machineSpec";
import { fail, ntscopeError, type Result } from "../machine/result";

export type CommandLine =
  /** `machine`: the options that name one, for main/attach/machineChoice.ts; left out, none was named. */
  | { kind: "window"; machine?: string[] }
  /** `text` goes to standard output, exit 0. */
  | { kind: "print"; text: string }
  /** `message` goes to standard error, exit 2. */
  | { kind: "usage"; message: string };

const usageText = `Usage: ntscope [--machine MACHINE] [--key-file FILE] [--make-prefix]

MACHINE is one of
  model            the built-in kernel (the default, but on Windows)
  local            this Windows machine (the default there)
  wine[:PREFIX]    a Wine prefix; --make-prefix makes it where there is none
  agent:HOST:PORT  another machine that runs "ntscope agent", with --key-file FILE
  ntscope-agent:HOST:PORT:KEY
                   the same, as the pairing line that it printed
Where a window is open already, the machine gets a tab in it.
`;

/** Our options that take a value. */
const valued: ReadonlySet<string> = new Set(["machine", "key-file"]);

/** `args`: what follows the program (and, under `electron .`, the app's path). */
export function parseCommandLine(args: readonly string[], version: string): CommandLine {
  const { tokens } = parseArgs({
    // DebugView's users write `/?` for help.
    args: args.map((word) => (word === "/?" ? "--help" : word)),
    options: {
      machine: { type: "string" },
      "key-file": { type: "string" },
      "make-prefix": { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    strict: false,
    tokens: true,
  });
  const words: string[] = [];
  let isNamed = false;
  for (const token of tokens) {
    if (token.kind === "positional") return usage(`unexpected argument "${token.value}"`);
    if (token.kind !== "option") continue;
    if (token.name === "help") return { kind: "print", text: usageText };
    if (token.name === "version") return { kind: "print", text: `NtScope ${version}\n` };
    if (token.name === "make-prefix") words.push("--make-prefix");
    if (!valued.has(token.name)) continue;
    if (token.value === undefined)
      return usage(`--${token.name} wants a ${token.name === "machine" ? "machine" : "file"}`);
    words.push(`--${token.name}=${token.value}`);
    isNamed ||= token.name === "machine";
  }
  if (!isNamed && words.length > 0) return usage(`${words[0]?.split("=")[0]} belongs to a --machine`);
  return isNamed ? { kind: "window", machine: words } : { kind: "window" };
}

/** The machine that the options of a `CommandLine` name. Relative paths start at `folder`. Errors are the user's. */
export async function chooseMachine(words: readonly string[], folder: string): Promise<Result<MachineSpec>> {
  // Only now: a start without --machine has no need of keys and addresses.
  const { specOfChoice, takeMachine } = await import("../attach/machineChoice");
  const taken = takeMachine(words);
  if ("error" in taken) return fail(ntscopeError("bad-machine", taken.error));
  const [extra] = taken.words;
  if (extra === undefined) return specOfChoice(taken.machine, folder);
  return fail(ntscopeError("bad-machine", `${extra.split("=")[0]} does not belong to this --machine`));
}

/** The arguments of ours in a whole argv: `electron [switches] APP [args]` in development, `ntscope [args]` packaged. */
export function ownArguments(argv: readonly string[], isDefaultApp: boolean): string[] {
  const args = argv.slice(1);
  if (!isDefaultApp) return args;
  const app = args.findIndex((word) => !word.startsWith("-"));
  return app < 0 ? [] : args.slice(app + 1);
}

function usage(reason: string): CommandLine {
  return { kind: "usage", message: usageMessage(reason) };
}

export function usageMessage(reason: string): string {
  return `ntscope: ${visible(reason)}\n\n${usageText}`;
}

/** What a user typed goes to their terminal: control characters are not passed on. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.slice(0, 400).replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}
