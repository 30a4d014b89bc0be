/** Runs one program of this computer to its end and keeps what it prints; a time limit, because Wine can hang. */
import { spawn } from "node:child_process";

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string | undefined;
  /** What it reads from its standard input; nothing by default. */
  readonly input?: string | undefined;
  /** After this many milliseconds it is killed and the run fails. */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** How long the pipes of a program that has ended may stay open before what came through them counts as all. */
const PIPES_GRACE_MS = 1_000;

/** Rejects where it can't be started or does not end in time; an exit code other than 0 is a result. */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<ProgramResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: ["pipe", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // A grandchild may keep the pipes open for ever, so "close" is not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
      const printed = `${output.stdout}${output.stderr}`.trim();
      reject(new Error(`${command} ${args.join(" ")} did not end within ${timeoutMs / 1000} s. ${printed}`));
    }, timeoutMs);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    // Usually "close" follows at once. What the program left running in the prefix may have inherited its pipes, though.
    child.on("exit", (code) => {
      clearTimeout(timer);
      const finish = (): void => {
        clearTimeout(grace);
        resolve({ code: code ?? 1, ...output });
      };
      const grace = setTimeout(finish, PIPES_GRACE_MS);
      child.once("close", finish);
    });
    // A program that ends without reading its input breaks the pipe, which is no failure.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}
