/** What a program prints that is started for it. Never through a shell: arguments are arguments, whatever is in them. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import { ReportingSource } from "../reportingSource";
import { TextPrinter } from "./textPrinter";

export interface ProgramOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDirectory?: string;
  readonly scheduler: Scheduler;
}

export class ProgramSource extends ReportingSource {
  private readonly program: string;
  private child: ChildProcess | undefined;
  private isDisposed = false;

  constructor(private readonly options: ProgramOptions) {
    const program = path.basename(options.file);
    super(`run ${program}`, `Starts ${program}.`);
    this.program = program;
  }

  start(sink: LogSink): void {
    const { file, args, workingDirectory } = this.options;
    try {
      const child = spawn(file, args, {
        shell: false,
        windowsHide: true,
        stdio: ["ignore", "pipe", "pipe"],
        ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
      });
      this.child = child;
      this.watch(child, sink);
    } catch (error) {
      // Arguments that no system takes, such as one with NUL.
      this.fail(error);
    }
  }

  /** Ends the program. */
  dispose(): void {
    this.isDisposed = true;
    this.child?.kill();
  }

  private watch(child: ChildProcess, sink: LogSink): void {
    const origin = { processId: child.pid ?? 0, process: this.program };
    const outputs = [child.stdout, child.stderr].map((stream) => {
      const text = new TextPrinter(sink, this.options.scheduler, this.status, origin);
      stream?.on("data", (chunk: Uint8Array) => {
        if (!this.isDisposed) text.push(chunk);
      });
      return text;
    });
    child.on("spawn", () => this.status.set("running", `Reads what ${this.program} prints (process ${child.pid}).`));
    child.on("error", (error) => this.fail(error));
    // Not "exit": then its last output may still be in the pipes.
    child.on("close", (code, signal) => {
      if (!this.isDisposed) for (const text of outputs) text.flush();
      if (this.health().state === "failed") return;
      this.status.set("ended", `${this.program} has ended with ${signal === null ? `exit code ${code}` : signal}.`);
    });
  }

  private fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.status.set("failed", `${this.program} could not be run: ${why}`);
  }
}
