/** `sleep`: waits between two lines of a script. */
import { setTimeout as wait } from "node:timers/promises";
import { type CliCommand, parseCount } from "../command";

/** A day: setTimeout takes no more than 2^31 ms, and a longer wait in a script is a slip. */
const LONGEST = 86_400_000;

export const sleep: CliCommand = {
  name: "sleep",
  summary: "wait some milliseconds",
  usage: "MS",
  options: {},
  positionals: [1, 1],
  async run(_session, args) {
    const duration = parseCount("sleep", "MS", args.words[0] ?? "", 0, LONGEST);
    await wait(duration);
    return { document: { slept: duration }, text: "" };
  },
};
