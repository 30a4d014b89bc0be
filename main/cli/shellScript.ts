/** `ntscope shell`: commands one a line, all in one engine, so that handles and services live from line to line. */
import { BackgroundLines } from "./backgroundLines";
import { type ExitCode, refuse, runCommand } from "./runCommand";
import type { Session } from "./session";
import { splitLine } from "./splitLine";

export interface ShellOptions {
  /** Write each line to standard error before it runs, so that a transcript reads by itself. */
  echo: boolean;
  stopOnError: boolean;
}

/** Goes on after a line that failed, unless told not to. Answers the worst exit code. */
export async function runScript(
  session: Session,
  lines: AsyncIterable<string>,
  options: ShellOptions,
): Promise<ExitCode> {
  let worst: ExitCode = 0;
  const background = new BackgroundLines(session);
  for await (const line of lines) {
    if (options.echo) {
      session.output.message(`> ${line}`);
    }
    if (line.trim() === "exit" || line.trim() === "quit") {
      break;
    }
    if (line.trim() === "wait") {
      await background.wait();
      continue;
    }
    const code = await runLine(session, line, background);
    worst = Math.max(worst, code) as ExitCode;
    if (code !== 0 && options.stopOnError) {
      break;
    }
  }
  return Math.max(worst, background.end()) as ExitCode;
}

async function runLine(session: Session, line: string, background: BackgroundLines): Promise<ExitCode> {
  const split = splitLine(line);
  if ("error" in split) {
    return refuse(session, session.json, split.error);
  }
  if (split.words.length === 0) return 0;
  if (split.words.at(-1) !== "&") return await runCommand(session, split.words);
  background.start(split.words.slice(0, -1));
  return 0;
}
