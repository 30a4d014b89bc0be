// `npm run bench [-- NAME...]`: builds tests/bench with the same tool and target as the app, runs each benchmark in a
// process of its own, and prints one table of figures and ratios. A missed target is shown, not a failure: figures
// depend on the machine.
import { fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { benchTable, meetsTarget } from "./bootstrap/benchTable.mjs";
import { hasDisplay, startVirtualDisplay } from "./bootstrap/display.mjs";
import { rootDir } from "./bootstrap/paths.mjs";
import { prepareTests } from "./bootstrap/prepare.mjs";
import { BootstrapError, runScript, say } from "./bootstrap/report.mjs";

/** @typedef {import("../tests/bench/benchmark").BenchmarkRow} BenchmarkRow */

const outDir = path.join(rootDir, "out", "bench");
/** Ms after which a benchmark is taken to hang; the longest takes two minutes on two busy cores. */
const MOST_RUNNING = 10 * 60_000;
/** Ms that one told to end has to close its windows. */
const MOST_ENDING = 10_000;

await runScript(async () => {
  await prepareTests();
  const names = benchmarkNames(process.argv.slice(2));
  if (names.length === 0) throw new BootstrapError("no benchmark of that name in tests/bench.");
  await buildBenchmarks(names);
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  const rows = [];
  try {
    for (const name of names) {
      say(`running ${name}`);
      rows.push(...(await runBenchmark(name, display?.display)));
    }
  } finally {
    display?.dispose();
  }
  const missed = rows.filter((row) => !meetsTarget(row)).length;
  process.stdout.write(`${benchTable(rows).join("\n")}\n\n${rows.length} figures, ${missed} missed their target\n`);
  return 0;
});

/** @param {readonly string[]} wanted parts of names; all where empty */
function benchmarkNames(wanted) {
  const ending = ".bench.ts";
  return fs
    .readdirSync(path.join(rootDir, "tests", "bench"))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
}

/** @param {readonly string[]} names */
async function buildBenchmarks(names) {
  // Only here: the package is there once prepareTests() is done.
  const { build } = await import("vite");
  const { sandboxText } = await import("./bootstrap/sandboxText.mjs");
  await build({
    configFile: false,
    root: rootDir,
    logLevel: "warn",
    plugins: [sandboxText(), keepScriptsInPlace()],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: "node18.15",
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(
          names.map((name) => [name, path.join(rootDir, "tests", "bench", `${name}.bench.ts`)]),
        ),
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "chunks/[name]-[hash].mjs" },
      },
    },
  });
}

/**
 * Scripts find the repository by their own place, so they are loaded from there, not bundled.
 * @returns {import("vite").Plugin}
 */
function keepScriptsInPlace() {
  return {
    name: "keep-scripts-in-place",
    enforce: "pre",
    resolveId(source, importer) {
      if (importer === undefined || !source.endsWith(".mjs") || !source.startsWith(".")) return null;
      return { id: pathToFileURL(path.resolve(path.dirname(importer), source)).href, external: true };
    },
  };
}

/**
 * @param {string} name
 * @param {string | undefined} display
 * @returns {Promise<readonly BenchmarkRow[]>}
 */
function runBenchmark(name, display) {
  const worker = path.join(rootDir, "scripts", "bootstrap", "benchWorker.mjs");
  const child = fork(worker, [path.join(outDir, `${name}.mjs`)], {
    cwd: rootDir,
    execArgv: ["--expose-gc", "--enable-source-maps"],
    env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
  });
  return new Promise((resolve, reject) => {
    /** @type {readonly BenchmarkRow[] | undefined} */
    let rows;
    child.on("message", (message) => {
      rows = /** @type {readonly BenchmarkRow[]} */ (message);
    });
    let hangs = false;
    const limit = setTimeout(() => {
      hangs = true;
      child.kill();
      setTimeout(() => child.kill("SIGKILL"), MOST_ENDING).unref();
    }, MOST_RUNNING);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(limit);
      if (rows !== undefined) resolve(rows);
      else if (hangs)
        reject(new BootstrapError(`the benchmark ${name} gave no figures within ${MOST_RUNNING / 60_000} minutes.`));
      else reject(new BootstrapError(`the benchmark ${name} ended with exit code ${code} and no figures.`));
    });
  });
}
