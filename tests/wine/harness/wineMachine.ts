// The prefix as a test uses it: services made from our drivers, the client program, and what drivers print.
import { inject } from "vitest";
import type { ProgramResult, RunOptions } from "../../../main/wine/runProgram";
import { windowsPath } from "../../../main/wine/windowsPath";
import { WinePrefix } from "../../../main/wine/winePrefix";
import { DebugOutput } from "./debugOutput";
import { RunningProgram } from "./runningProgram";

export class WineMachine {
  private constructor(
    readonly prefix: WinePrefix,
    readonly debug: DebugOutput,
  ) {}

  static async start(): Promise<WineMachine> {
    const prefix = new WinePrefix(inject("winePrefix"));
    return new WineMachine(prefix, new DebugOutput(await prefix.start()));
  }

  stop(): Promise<void> {
    return this.prefix.stop();
  }

  /** `sc create` and `sc start` of a driver of ours. */
  async load(service: string, driver: string): Promise<void> {
    await this.create(service, driver);
    await this.expectSuccess("start", service);
  }

  create(service: string, driver: string): Promise<void> {
    return this.expectSuccess("create", service, "type=", "kernel", "binPath=", windowsPath(driverFile(driver)));
  }

  /** `sc stop` and `sc delete`. */
  async unload(service: string): Promise<void> {
    await this.expectSuccess("stop", service);
    await this.expectSuccess("delete", service);
  }

  sc(...args: readonly string[]): Promise<ProgramResult> {
    return this.prefix.run("sc", args);
  }

  /** Runs client.c: one line for each operation. */
  async client(...operations: readonly (string | number)[]): Promise<string[]> {
    const result = await this.prefix.run(driverFile("client"), operations.map(String), { timeoutMs: 20_000 });
    if (result.code !== 0) throw new Error(`The client ended with code ${result.code}. ${result.stderr}`);
    return linesOf(result.stdout);
  }

  program(name: string, args: readonly string[], options: Omit<RunOptions, "env">): Promise<ProgramResult> {
    return this.prefix.run(driverFile(name), args, options);
  }

  /** Starts a program of ours and leaves it running. */
  begin(name: string, args: readonly string[]): RunningProgram {
    return new RunningProgram(driverFile(name), args, this.prefix.environment);
  }

  private async expectSuccess(...args: readonly string[]): Promise<void> {
    const result = await this.sc(...args);
    if (result.code === 0) return;
    throw new Error(`sc ${args.join(" ")} ended with code ${result.code}. ${result.stdout}${result.stderr}`);
  }
}

export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

export function driverFile(name: string): string {
  const file = inject("driverFiles")[name];
  if (file === undefined) throw new Error(`There is no built driver ${name}.`);
  return file;
}
