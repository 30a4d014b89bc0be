/**
 * `ntscope`'s command line: which words mean help, a script, or one command (DESIGN 7). Needs no window; what it
 * touches of the process is handed in, so that tests run it whole.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import type { EngineClient } from "../engine/protocol";
import { commandTable, findCommand } from "./commandTable";
import { commandHelp, overview } from "./help";
import { type ExitCode, runCommand } from "./runCommand";
import { type Output, Session } from "./session";
import { runScript } from "./shellScript";

/** What `--machine` can name. */
const machineNames = ["model", "local"] as const;
export type MachineName = (typeof machineNames)[number];

export interface CliHost {
  output: Output;
  stdin: Readable;
  /** Boots the machine, or attaches to it, and makes its engine. */
  openEngine(machine: MachineName): Promise<EngineClient>;
}

const SHELL_HELP = `usage: ntscope shell [--machine M] [FILE|-] [--json] [--echo] [--stop-on-error]

Runs commands, one a line, in one engine: handles, services and the log live from line to line.
FILE is a script; - or nothing reads standard input. A line that starts with # is a comment.
"..." groups words, and "" inside is one quote; backslashes are ordinary characters.

options:
  --json           one JSON document a line for every answer
  --echo           write each line to standard error before it runs
  --stop-on-error  stop at the first line that fails (without it, the exit code is the worst of all lines)
`;

export async function runCli(argv: string[], host: CliHost): Promise<ExitCode> {
  const taken = takeMachine(argv);
  if ("error" in taken) {
    host.output.message(taken.error);
    return 2;
  }
  const [name, ...rest] = taken.words;
  if (name === undefined || name === "--help" || name === "-h" || name === "/?" || name === "help") {
    return help(rest[0], host.output);
  }
  if (name === "shell") {
    return await shell(rest, host, taken.machine);
  }
  if (findCommand(name) === undefined || rest.includes("--help")) {
    // Neither help nor a mistyped verb is worth booting a machine for.
    return await runCommand(new Session(NO_ENGINE, host.output, false), taken.words);
  }
  return await withEngine(host, taken.machine, rest.includes("--json"), (session) => runCommand(session, taken.words));
}

function help(name: string | undefined, output: Output): ExitCode {
  const command = name === undefined ? undefined : findCommand(name);
  output.data(name === "shell" ? SHELL_HELP : command ? commandHelp(command) : overview(commandTable));
  return 0;
}

async function shell(words: string[], host: CliHost, machine: MachineName): Promise<ExitCode> {
  let parsed: ReturnType<typeof parseShellArgs>;
  try {
    parsed = parseShellArgs(words);
  } catch (error) {
    host.output.message(`shell: ${(error as Error).message}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    host.output.data(SHELL_HELP);
    return 0;
  }
  const [file = "-", extra] = positionals;
  if (extra !== undefined) {
    host.output.message("shell: give one script, or - for standard input");
    return 2;
  }
  let input: Readable;
  try {
    input = file === "-" ? host.stdin : await openScript(file);
  } catch (error) {
    host.output.message(`shell: ${(error as Error).message}`);
    return 1;
  }
  const options = { echo: values.echo === true, stopOnError: values["stop-on-error"] === true };
  return await withEngine(host, machine, values.json === true, (session) =>
    runScript(session, createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), options),
  );
}

function parseShellArgs(args: string[]) {
  return parseArgs({
    args,
    options: {
      json: { type: "boolean" },
      echo: { type: "boolean" },
      "stop-on-error": { type: "boolean" },
      help: { type: "boolean" },
    },
    allowPositionals: true,
  });
}

/** Waits for the file to open, so that a missing script is told before a machine boots. */
async function openScript(file: string): Promise<Readable> {
  const stream = createReadStream(file, "utf8");
  await new Promise<void>((resolve, reject) => {
    stream.once("open", () => resolve());
    stream.once("error", reject);
  });
  return stream;
}

async function withEngine(
  host: CliHost,
  machine: MachineName,
  json: boolean,
  run: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const engine = await host.openEngine(machine);
  try {
    return await run(new Session(engine, host.output, json));
  } finally {
    engine.dispose();
  }
}

/** Takes `--machine M` (or `--machine=M`) out of the words. */
function takeMachine(argv: string[]): { words: string[]; machine: MachineName } | { error: string } {
  const words: string[] = [];
  let chosen: MachineName = "model";
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (word !== "--machine" && !word.startsWith("--machine=")) {
      words.push(word);
      continue;
    }
    index += word === "--machine" ? 1 : 0;
    const machine = word === "--machine" ? argv[index] : word.slice("--machine=".length);
    const known = machineNames.find((each) => each === machine);
    if (known === undefined) {
      return { error: `--machine: "${machine ?? ""}" is not a machine of this version; it has model and local` };
    }
    if (known === "local" && process.platform !== "win32") {
      return { error: "--machine local: this computer does not run Windows" };
    }
    chosen = known;
  }
  return { words, machine: chosen };
}

/** Stands in where no command will be run. */
const NO_ENGINE: EngineClient = {
  call: () => Promise.reject(new Error("no engine was opened")),
  on: () => ({ dispose() {} }),
  dispose() {},
};
