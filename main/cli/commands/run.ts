/** `run`: starts a user-mode program as a process of the machine. It is named p1, p2... for the commands that follow. */
import { type CliCommand, UsageError } from "../command";
import { newOutput, outputText } from "../programNames";

/** Words on one command line. */
const MOST_WORDS = 1000;

export const run: CliCommand = {
  name: "run",
  summary: "run a user-mode program on the machine, until it waits for input",
  usage: "NAME [ARGS...] [--name P] | run --list",
  options: {
    name: { type: "string", value: "P", help: "name it for input and kill (default: p1, p2...)" },
    list: { type: "boolean", help: "the programs there are" },
    "no-wait": { type: "boolean", help: "go on at once, whatever it does" },
  },
  positionals: [0, MOST_WORDS],
  details: [
    "Shows what the program writes until it waits for a line of input or ends, and goes on; `input` gives it lines,",
    "`kill` stops it. Exit 1 when it ended with an exit code other than 0.",
  ].join("\n"),
  async run(session, args) {
    const [name, ...words] = args.words;
    if (args.on("list")) {
      const rows = await session.ask("programs.list", {});
      const text = rows.map((row) => `${`${row.name} ${row.usage}`.padEnd(20)}  ${row.description}`).join("\n");
      return { document: rows, text };
    }
    if (name === undefined) throw new UsageError("run: which program? `run --list` shows them");
    const wanted = args.text("name");
    if (wanted !== undefined && session.programs.has(wanted)) {
      throw new UsageError(`run: a program named "${wanted}" was started already`);
    }
    const { processId } = await session.ask("programs.run", { name, args: words });
    const program = session.programs.add(processId, wanted);
    const output = await newOutput(session, program, !args.on("no-wait"));
    session.failed = (output.exitCode ?? 0) !== 0;
    const { text, state, exitCode } = output;
    const ended = exitCode === undefined ? {} : { exitCode };
    return { document: { program: program.name, processId, state, ...ended, output: text }, text: outputText(output) };
  },
};
