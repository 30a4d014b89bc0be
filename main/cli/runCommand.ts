/** Runs one command line in a session: parse, run, print. Answers the exit code (DESIGN 7). */
import type { StatusError } from "../machine/result";
import { type CliCommand, CommandFailure, parseCommandArgs, UsageError } from "./command";
import { commandTable, findCommand } from "./commandTable";
import { commandHelp } from "./help";
import type { Session } from "./session";
import { errorText } from "./text/errorText";
import { plainJson } from "./text/plainJson";

export type ExitCode = 0 | 1 | 2;

/** `words` is the command's name and what follows. `--json` anywhere in it turns this one answer into JSON. */
export async function runCommand(session: Session, words: string[]): Promise<ExitCode> {
  const [name = "", ...rest] = words;
  const command = findCommand(name);
  // Behind `--` every word is data: `write h1 -- --json` writes "--json".
  const end = rest.indexOf("--");
  const options = end < 0 ? rest : rest.slice(0, end);
  const data = end < 0 ? [] : rest.slice(end);
  const json = session.json || options.includes("--json");
  if (command === undefined) {
    const known = commandTable.map((row) => row.name).join(", ");
    return refuse(session, json, `"${name}" is not a command; commands are ${known}`);
  }
  if (options.some((word) => word === "--help" || word === "/?")) {
    session.output.data(commandHelp(command));
    return 0;
  }
  return await answer(session, command, [...options.filter((word) => word !== "--json"), ...data], json);
}

async function answer(session: Session, command: CliCommand, words: string[], json: boolean): Promise<ExitCode> {
  const wasJson = session.json;
  session.json = json;
  session.failed = false;
  try {
    const result = await command.run(session, parseCommandArgs(command, words));
    if (result !== undefined && (json || result.text !== "")) {
      session.output.data(json ? plainJson(result.document) : result.text);
    }
    return session.failed ? 1 : 0;
  } catch (error) {
    if (error instanceof UsageError) {
      return refuse(session, json, error.message);
    }
    if (error instanceof CommandFailure) {
      tellFailure(session, command.name, error.error, json, error.details);
      return 1;
    }
    throw error;
  } finally {
    session.json = wasJson;
  }
}

export function refuse(session: Session, json: boolean, message: string): ExitCode {
  if (json) {
    session.output.data(plainJson({ error: { status: "", name: "usage", message } }));
  }
  session.output.message(message);
  return 2;
}

export function tellFailure(
  session: Session,
  command: string,
  error: StatusError,
  json: boolean,
  details: readonly string[] = [],
): void {
  if (json) {
    const { status, name, message, why } = error;
    session.output.data(plainJson({ error: { status, name, message, ...(why === undefined ? {} : { why }) } }));
  }
  session.output.message([`${command}: ${errorText(error)}`, ...(json ? [] : details)].join("\n"));
}
