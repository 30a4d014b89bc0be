/**
 * A Wine prefix: the folder that is a Windows machine, and the programs that run in it. Its services and drivers live
 * only while a program of it runs, so `start` runs one that waits for its input to end; drivers print to the standard
 * error of that first program, which is where the debug output comes from.
 */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { hasProgram } from "../../scripts/bootstrap/ensureSystem.mjs";
import { type ProgramResult, type RunOptions, runProgram } from "./runProgram";

/** DbgPrint and OutputDebugString, with the time, the process and the thread before each line. */
const DEBUG_CHANNELS = "-all,warn+debugstr,+timestamp,+pid";
/** No menu entries on the user's desktop, and no question whether to install Mono and Gecko. */
const DLL_OVERRIDES = "winemenubuilder.exe=d;mscoree=d;mshtml=d";
/** Every prefix has it, and with its input as a pipe it lives until the other end closes. */
const KEEPER = "C:\\windows\\system32\\cmd.exe";
const KEEPER_READY = "ntscope-keeper-ready";
const KEEPER_ALIVE = "ntscope-keeper-alive";
const KEEPER_TIMEOUT_MS = 60_000;
/** Copying Wine's own files, on a slow disk. */
const MAKE_TIMEOUT_MS = 300_000;

/** Whether this computer can run Windows programs. */
export function hasWine(): boolean {
  return hasProgram("wine");
}

export class WinePrefix {
  private keeper: ChildProcess | undefined;
  private isOurs = false;

  /** @param folder an existing prefix, or one that `make` is to fill */
  constructor(readonly folder: string) {}

  /** Whether the program that `start` began still runs: it is asked, since one that is being killed looks alive. */
  async isKept(): Promise<boolean> {
    const { keeper } = this;
    if (!keeper?.stdin || !keeper.stdout || keeper.exitCode !== null || keeper.signalCode !== null) return false;
    const answer = waitForText(keeper, keeper.stdout, KEEPER_ALIVE);
    keeper.stdin.write(`echo ${KEEPER_ALIVE}\r\n`);
    return answer.then(
      () => true,
      () => false,
    );
  }

  /** Whether there is a prefix in the folder. */
  get exists(): boolean {
    return fs.existsSync(path.join(this.folder, "system.reg"));
  }

  /** What a program needs in its environment to run in this prefix, silently and without a display. */
  get environment(): NodeJS.ProcessEnv {
    const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, NODE_OPTIONS: _node, ...kept } = process.env;
    return {
      ...kept,
      WINEPREFIX: this.folder,
      WINEDEBUG: "-all",
      WINEDLLOVERRIDES: DLL_OVERRIDES,
      // A prefix of the user's may say that it is an older Windows; Node.js runs there all the same.
      NODE_SKIP_PLATFORM_CHECK: "1",
    };
  }

  /** Makes a prefix that says it is Windows 10 (Node.js refuses to run on Wine's default). */
  async make(): Promise<void> {
    if (this.exists) throw new Error(`There is a Wine prefix in ${this.folder} already.`);
    this.isOurs = true;
    fs.mkdirSync(this.folder, { recursive: true });
    // Wine links the user's folders into the prefix; with this home they are folders of the prefix.
    const env = { ...this.environment, WINEARCH: "win64", HOME: this.folder };
    await this.expectSuccess("wine", ["wineboot", "-i"], { env, timeoutMs: MAKE_TIMEOUT_MS });
    await this.expectSuccess("wine", ["winecfg", "/v", "win10"], { env });
    // The registry is written when the last program has gone.
    await this.stop();
  }

  /** Whether a program runs in it, ours or another. */
  async isRunning(): Promise<boolean> {
    // Signal 0 asks whether there is a server and does nothing to it.
    return (await runProgram("wineserver", ["-k0"], { env: this.environment })).code === 0;
  }

  /**
   * Starts the machine. Rejects where it runs already: then another program's standard error gets the debug output.
   * @returns what drivers print, as Wine writes it to standard error; it must be read, or the drivers block
   */
  async start(): Promise<Readable> {
    if (await this.isRunning()) {
      throw new Error(`Programs run in the Wine prefix ${this.folder} already; what its drivers print goes to them.`);
    }
    const env = { ...this.environment, WINEDEBUG: DEBUG_CHANNELS };
    const keeper = spawn("wine", [KEEPER, "/d", "/q"], { env, stdio: ["pipe", "pipe", "pipe"] });
    this.keeper = keeper;
    keeper.stdin.on("error", () => undefined);
    keeper.stdin.write(`echo ${KEEPER_READY}\r\n`);
    try {
      await waitForText(keeper, keeper.stdout, KEEPER_READY);
    } catch (error) {
      await this.stop();
      throw error;
    }
    return keeper.stderr;
  }

  /**
   * Has the first program write a line to the standard error that drivers print to, behind what they printed before.
   * @param words letters, digits and hyphens
   */
  echo(words: string): void {
    this.keeper?.stdin?.write(`echo ${words} 1>&2\r\n`);
  }

  /**
   * Waits for the programs that another run left behind to go.
   * @returns false where some still run then
   */
  async becomesIdle(timeoutMs: number): Promise<boolean> {
    try {
      await runProgram("wineserver", ["-w"], { env: this.environment, timeoutMs });
      return true;
    } catch {
      return !(await this.isRunning());
    }
  }

  /** Ends the program that `start` began; the prefix lives on as long as others run in it. */
  release(): void {
    this.keeper?.stdin?.end();
    this.keeper = undefined;
  }

  /** Runs a program in the prefix to its end: a Windows path, a Unix path of an .exe, or a name such as "sc". */
  run(program: string, args: readonly string[], options: Omit<RunOptions, "env"> = {}): Promise<ProgramResult> {
    return runProgram("wine", [program, ...args], { ...options, env: this.environment });
  }

  /** Ends every program in the prefix, also those that others started, and waits until its server has written the registry and gone. */
  async stop(): Promise<void> {
    this.release();
    // Exit code 1: no server ran, which is what is wanted.
    await runProgram("wineserver", ["-k"], { env: this.environment });
    await runProgram("wineserver", ["-w"], { env: this.environment });
  }

  /** Stops it and deletes the folder; only what `make` made, never a prefix of the user's. */
  async remove(): Promise<void> {
    if (!this.isOurs) throw new Error(`The Wine prefix ${this.folder} was not made here, so it is not deleted.`);
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async expectSuccess(command: string, args: readonly string[], options: RunOptions): Promise<void> {
    const result = await runProgram(command, args, options);
    if (result.code === 0) return;
    const printed = `${result.stdout}${result.stderr}`.trim();
    throw new Error(`Making a Wine prefix in ${this.folder} failed: ${args.join(" ")}: ${printed}`);
  }
}

/** Rejects where the program ends first, or says nothing for a minute. */
function waitForText(child: ChildProcess, stream: Readable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = "";
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      child.off("error", failed);
      child.off("exit", ended);
      stream.off("data", look);
      // It must go on being read, or the program blocks.
      stream.resume();
      then();
    };
    const fail = (why: string): void => settle(() => reject(new Error(why)));
    const failed = (error: Error): void => fail(`Wine could not be started: ${error.message}`);
    const ended = (code: number | null): void => fail(`The first program in the Wine prefix ended with code ${code}.`);
    const look = (chunk: Buffer): void => {
      seen += chunk.toString("latin1");
      if (seen.includes(text)) settle(resolve);
    };
    const timer = setTimeout(() => fail("Wine did not start a program within a minute."), KEEPER_TIMEOUT_MS);
    child.once("error", failed);
    child.once("exit", ended);
    stream.on("data", look);
  });
}
