// A fresh Wine prefix with our drivers and C programs, in which a benchmark runs NtScope's code under Windows' Node.js
// and, beside it, the plainest C program that does the same.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "vite";
import { runInPrefix } from "../../main/wine/runInPrefix";
import { ensureWindowsNode } from "../../main/wine/windowsNode";
import { windowsPath } from "../../main/wine/windowsPath";
import { WinePrefix } from "../../main/wine/winePrefix";
import { buildDrivers } from "../../scripts/bootstrap/buildDrivers.mjs";
import { ensureBuilt } from "../../scripts/bootstrap/buildParts.mjs";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { say } from "../../scripts/bootstrap/report.mjs";
import { missingRig } from "../wine/harness/missingRig";
import { RunningProgram } from "../wine/harness/runningProgram";
import type { BenchmarkRow } from "./benchmark";

/** For a C program that takes its time on a busy machine. */
const PROGRAM_TIMEOUT_MS = 300_000;

export class BenchPrefix {
  private runs = 0;

  private constructor(
    private readonly prefix: WinePrefix,
    private readonly drivers: ReadonlyMap<string, string>,
  ) {}

  /** Without a rig there are no rows, and a line says why. */
  static async use(
    measure: (prefix: BenchPrefix) => Promise<readonly BenchmarkRow[]>,
  ): Promise<readonly BenchmarkRow[]> {
    const missing = missingRig();
    if (missing !== "") {
      say(`skipped: benchmarks under Wine: ${missing}`);
      return [];
    }
    // Its workers are run as they are built.
    await ensureBuilt(["main"]);
    const prefix = new WinePrefix(fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-bench-")));
    try {
      await prefix.make();
      const drivers = await buildDrivers();
      (await prefix.start()).resume();
      return await measure(new BenchPrefix(prefix, drivers));
    } finally {
      await prefix.remove();
    }
  }

  /** `sc create` and `sc start`. */
  async load(service: string, driver: string): Promise<void> {
    await this.run("sc", ["create", service, "type=", "kernel", "binPath=", windowsPath(this.file(driver))]);
    await this.run("sc", ["start", service]);
  }

  /** Runs a C program of ours to its end; answers what it prints as numbers. */
  async program(name: string, ...args: readonly (string | number)[]): Promise<number[]> {
    const printed = await this.run(this.file(name), args.map(String));
    return printed.trim().split(/\s+/).map(Number);
  }

  /** A program of ours as programs in the prefix name it. */
  pathOf(name: string): string {
    return windowsPath(this.file(name));
  }

  begin(name: string, ...args: readonly (string | number)[]): RunningProgram {
    return new RunningProgram(this.file(name), args.map(String), this.prefix.environment);
  }

  /** Begins a script of inPrefix/. `words` are its arguments, after the folder with NtScope's built files. */
  async script<T>(name: string, ...words: readonly (string | number)[]): Promise<T> {
    const node = await ensureWindowsNode();
    const file = path.join(await bundle(name), `${name}.js`);
    this.runs += 1;
    const output = path.join(this.prefix.folder, `script-${this.runs}`);
    const program = windowsPath(path.join(rootDir, "out", "main"));
    const run = runInPrefix(this.prefix, node, file, [program, ...words.map(String)], output);
    const code = await run.exited;
    const [stdout, stderr] = [run.stdoutFile, run.stderrFile].map((each) => fs.readFileSync(each, "utf8"));
    if (code !== 0 || !stdout) throw new Error(`${name} ended with code ${code} in the prefix.\n${stderr}\n${stdout}`);
    return JSON.parse(stdout) as T;
  }

  private file(name: string): string {
    const file = this.drivers.get(name);
    if (file === undefined) throw new Error(`There is no built driver ${name}.`);
    return file;
  }

  private async run(program: string, args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.prefix.run(program, args, { timeoutMs: PROGRAM_TIMEOUT_MS });
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with code ${code}. ${stdout}${stderr}`);
    return stdout;
  }
}

/** In out/, from where koffi is found; with the tool and target of the app. */
async function bundle(name: string): Promise<string> {
  const outDir = path.join(rootDir, "out", "bench", "inPrefix", name);
  await build({
    configFile: false,
    root: rootDir,
    logLevel: "warn",
    build: {
      ssr: true,
      outDir,
      target: "node18.15",
      rolldownOptions: {
        input: { [name]: path.join(rootDir, "tests", "bench", "inPrefix", `${name}.ts`) },
        output: { format: "cjs", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  return outDir;
}
