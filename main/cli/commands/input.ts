/** `input`: a line typed into a program that `run` started, and what it makes of it. */
import { type CliCommand, UsageError } from "../command";
import { newOutput, outputText } from "../programNames";

export const input: CliCommand = {
  name: "input",
  summary: "type a line into a running program, and wait until it waits for the next",
  usage: 'P TEXT | P ""  (Enter alone) | P --end  [--no-wait]',
  options: {
    end: { type: "boolean", help: "no more input (Ctrl+Z), in place of TEXT" },
    "no-wait": { type: "boolean", help: "go on at once, whatever it does" },
  },
  positionals: [1, 2],
  async run(session, args) {
    const [name = "", line] = args.words;
    const isEnd = args.on("end");
    if (isEnd === (line !== undefined)) throw new UsageError('input: give either a line ("" is Enter alone) or --end');
    const program = session.programs.find(name);
    const { processId } = program;
    await session.ask("programs.input", line === undefined ? { processId } : { processId, line });
    const output = await newOutput(session, program, !args.on("no-wait"));
    const { text, state, exitCode } = output;
    session.failed = (exitCode ?? 0) !== 0;
    const ended = exitCode === undefined ? {} : { exitCode };
    return { document: { program: name, processId, state, ...ended, output: text }, text: outputText(output) };
  },
};
