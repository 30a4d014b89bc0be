/**
 * `ntscope`'s command line: which words mean help, a script, or one command (DESIGN 7). Needs no window; what it
 * touches of the process is handed in, so that tests run it whole.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { type MachineChoice, type TakenMachine, takeMachine } from "../attach/machineChoice";
import type { EngineClient } from "../engine/protocol";
import type { Result } from "../machine/result";
import { commandTable, findCommand } from "./commandTable";
import { commandHelp, overview } from "./help";
import { openChosenEngine } from "./openMachine";
import { type ExitCode, runCommand, tellFailure } from "./runCommand";
import { type Output, Session } from "./session";
import { runScript } from "./shellScript";

export interface CliHost {
  output: Output;
  stdin: Readable;
  /** Boots or reaches the machine, and makes its engine. `stdin`: where the command line does not read it itself. */
  openEngine(
    machine: MachineChoice,
    onProgress: (sentence: string) => void,
    stdin?: Readable,
  ): Promise<Result<EngineClient>>;
  /** A signal that aborts when the process is asked to end; until this is called, it ends as processes do. */
  untilStopped(): AbortSignal;
}

/** Node.js takes no longer one, in ms. */
const LONGEST_INTERVAL = 0x7fffffff;

const SHELL_HELP = `usage: ntscope shell [--machine M] [FILE|-] [--json] [--echo] [--stop-on-error]

Runs commands, one a line, in one engine: handles, services and the log live from line to line.
FILE is a script; - or nothing reads standard input. A line that starts with # is a comment.
M is model, local (Windows), wine, wine:PREFIX (with --make-prefix: made where there is none), agent:HOST:PORT
with --key-file F, or the pairing line that an agent printed.
"..." groups words, and "" inside is one quote; backslashes are ordinary characters.
A line that ends with & runs beside those that follow; wait waits until all such lines have ended.

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
  const { machine } = taken;
  const [name, ...rest] = taken.words;
  if (name === undefined || name === "--help" || name === "-h" || name === "/?" || name === "help") {
    return help(rest[0], host.output);
  }
  if (name === "shell") {
    return await shell(rest, host, machine);
  }
  const command = findCommand(name);
  if (command === undefined || rest.includes("--help")) {
    // Neither help nor a mistyped verb is worth booting a machine for.
    return await runCommand(new Session(NO_ENGINE, host.output, false), taken.words);
  }
  if (command.standsAlone) {
    return await alone(command.name, host, taken);
  }
  return await withEngine(host, machine, rest.includes("--json"), (session) => runCommand(session, taken.words));
}

async function alone(name: string, host: CliHost, { machine, words }: TakenMachine): Promise<ExitCode> {
  if (machine.kind === "agent" || machine.kind === "keyFile") {
    host.output.message(`${name}: --machine: only a machine of this computer can be served`);
    return 2;
  }
  const openEngine = () => openChosenEngine(machine, { onProgress: (sentence) => host.output.message(sentence) });
  const alone = { stopped: host.untilStopped(), openEngine };
  return await runCommand(new Session(NO_ENGINE, host.output, false, alone), words);
}

function help(name: string | undefined, output: Output): ExitCode {
  const command = name === undefined ? undefined : findCommand(name);
  output.data(name === "shell" ? SHELL_HELP : command ? commandHelp(command) : overview(commandTable));
  return 0;
}

async function shell(words: string[], host: CliHost, machine: MachineChoice): Promise<ExitCode> {
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
  const run = (session: Session) =>
    runScript(session, createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), options);
  return await withEngine(host, machine, values.json === true, run, input === host.stdin ? undefined : host.stdin);
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
  machine: MachineChoice,
  json: boolean,
  run: (session: Session) => Promise<ExitCode>,
  stdin?: Readable,
): Promise<ExitCode> {
  const engine = await host.openEngine(machine, (sentence) => host.output.message(sentence), stdin);
  if (!engine.ok) {
    tellFailure(new Session(NO_ENGINE, host.output, json), "--machine", engine.error, json);
    return 1;
  }
  // An engine's timers keep no process alive. Without one that does, a script that waits for a driver would end there,
  // with exit code 0.
  const alive = setInterval(() => undefined, LONGEST_INTERVAL);
  try {
    return await run(new Session(engine.value, host.output, json));
  } finally {
    clearInterval(alive);
    engine.value.dispose();
  }
}

/** Stands in where no command will be run. */
const NO_ENGINE: EngineClient = {
  call: () => Promise.reject(new Error("no engine was opened")),
  on: () => ({ dispose() {} }),
  dispose() {},
};
