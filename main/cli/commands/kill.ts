/** `kill`: stops a program that `run` started, as Ctrl+C does. */
import { exitCodeText } from "../../machine/exitCodeText";
import type { CliCommand } from "../command";
import { newOutput, outputText } from "../programNames";

export const kill: CliCommand = {
  name: "kill",
  summary: "stop a running program (Ctrl+C)",
  usage: "P",
  options: {},
  positionals: [1, 1],
  details: "Its requests are cancelled and its handles closed. A driver that keeps a request keeps the process.",
  async run(session, args) {
    const [name = ""] = args.words;
    const program = session.programs.find(name);
    const { processId } = program;
    await session.ask("programs.kill", { processId });
    const output = await newOutput(session, program, false);
    const { text, state, exitCode } = output;
    const ended = exitCode === undefined ? {} : { exitCode };
    const told =
      exitCode === undefined
        ? `${name} is to end, and a driver keeps one of its requests`
        : `${name} ended with ${exitCodeText(exitCode)}`;
    return {
      document: { program: name, processId, state, ...ended, output: text },
      text: text === "" ? told : `${outputText(output)}\n${told}`,
    };
  },
};
