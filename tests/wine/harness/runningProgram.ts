// A console program of ours in the prefix that runs beside the test: lines in, lines out.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";

export class RunningProgram {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;

  constructor(file: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn("wine", [file, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr.resume();
    this.lines = createInterface({ input: this.child.stdout });
  }

  /** The next line that it prints; the test's own time limit bounds the wait. */
  async nextLine(): Promise<string> {
    const [line] = await once(this.lines, "line");
    return String(line);
  }

  /** Sends a line and waits for the one that answers it. */
  ask(text: string): Promise<string> {
    const answer = this.nextLine();
    this.child.stdin.write(`${text}\r\n`);
    return answer;
  }

  /** Ends its input and waits until it has gone. */
  async end(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.stdin.end();
    await gone;
  }
}
