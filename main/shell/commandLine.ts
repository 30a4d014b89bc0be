/**
 * The window's command line: `ntscope [--machine M]`. Chromium and Electron take switches of their own from the
 * same line (and Chromium adds some when it hands a second start over), so unknown switches are left to them;
 * what is ours is checked strictly.
 */
import { parseArgs } from "node:util";

export type CommandLine =
  | { kind: "window"; machine: "model" }
  /** `text` goes to standard output, exit 0. */
  | { kind: "print"; text: string }
  /** `message` goes to standard error, exit 2. */
  | { kind: "usage"; message: string };

const usageText = `Usage: ntscope [--machine MACHINE]

MACHINE is one of
  model            the built-in kernel (the default)
  local            this Windows machine
  wine[:PREFIX]    a Wine prefix
  agent:HOST:PORT  another machine that runs "ntscope agent"
  snapshot:FILE    a namespace and log saved earlier
Only "model" is in this version.
`;

const machineForms = /^(?:model|local|wine(?::.+)?|agent:.+:\d{1,5}|snapshot:.+)$/s;

/** `args`: what follows the program (and, under `electron .`, the app's path). */
export function parseCommandLine(args: readonly string[], version: string): CommandLine {
  const { tokens } = parseArgs({
    // DebugView's users write `/?` for help.
    args: args.map((word) => (word === "/?" ? "--help" : word)),
    options: {
      machine: { type: "string" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    strict: false,
    tokens: true,
  });
  let machine = "model";
  for (const token of tokens) {
    if (token.kind === "positional") return usage(`unexpected argument "${visible(token.value)}"`);
    if (token.kind !== "option") continue;
    if (token.name === "help") return { kind: "print", text: usageText };
    if (token.name === "version") return { kind: "print", text: `NtScope ${version}\n` };
    if (token.name !== "machine") continue;
    if (token.value === undefined) return usage("--machine wants a machine");
    machine = token.value;
  }
  if (!machineForms.test(machine)) return usage(`there is no machine "${visible(machine)}"`);
  if (machine !== "model") return usage(`machine "${visible(machine)}" is not in this version yet; "model" is`);
  return { kind: "window", machine };
}

/** The arguments of ours in a whole argv: `electron [switches] APP [args]` in development, `ntscope [args]` packaged. */
export function ownArguments(argv: readonly string[], isDefaultApp: boolean): string[] {
  const args = argv.slice(1);
  if (!isDefaultApp) return args;
  const app = args.findIndex((word) => !word.startsWith("-"));
  return app < 0 ? [] : args.slice(app + 1);
}

function usage(reason: string): CommandLine {
  return { kind: "usage", message: `ntscope: ${reason}\n\n${usageText}` };
}

/** What a user typed goes to their terminal: control characters are not passed on. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.slice(0, 200).replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}
