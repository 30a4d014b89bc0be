/**
 * Loads CommonJS files with the code that V8 compiled of them in an earlier start: parsing and compiling is a third of
 * the engine's start. Node has this itself from 22.1 on (`module.enableCompileCache`), but not the Node 18 of Electron 25.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

interface LoadedFile {
  readonly module: { exports: unknown };
  readonly script: vm.Script;
  /** Where its compiled code is kept. */
  readonly keptAs: string;
  readonly isFromKept: boolean;
}

export class CompiledCode {
  private readonly files = new Map<string, LoadedFile>();

  /** `folder` (made when needed) must be the user's own: what lies there is run. Undefined: nothing is kept. */
  constructor(private readonly folder: string | undefined) {}

  /** The exports of `file`, an absolute path. What it requires by relative paths is loaded the same way. */
  load(file: string): unknown {
    const loaded = this.files.get(file);
    if (loaded) return loaded.module.exports;
    const source = readFileSync(file, "utf8");
    const keptAs = this.keptAs(file);
    const kept = keptAs === undefined ? undefined : readIfThere(keptAs);
    const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {\n${source}\n})`, {
      filename: file,
      // The line that the wrapper adds.
      lineOffset: -1,
      ...(kept ? { cachedData: kept } : {}),
    });
    const module = { exports: {} as unknown };
    const isFromKept = kept !== undefined && script.cachedDataRejected === false;
    this.files.set(file, { module, script, keptAs: keptAs ?? "", isFromKept });
    const requireOther = createRequire(file);
    const requireNear = (name: string): unknown =>
      name.startsWith(".") ? this.load(path.resolve(path.dirname(file), name)) : requireOther(name);
    const run = script.runInThisContext() as (...parameters: unknown[]) => void;
    run(module.exports, requireNear, module, file, path.dirname(file));
    return module.exports;
  }

  /**
   * Keeps what has been compiled until now of files that were not loaded from kept code. A folder that cannot be written
   * costs the next start its speed and nothing else.
   */
  keep(): void {
    if (this.folder === undefined) return;
    try {
      mkdirSync(this.folder, { recursive: true });
      for (const { script, keptAs, isFromKept } of this.files.values()) {
        if (!isFromKept) writeWhole(keptAs, script.createCachedData());
      }
    } catch {
      // As said above.
    }
  }

  /** V8 itself checks its own version and flags, and of the source only the length: the rest stands in the name. */
  private keptAs(file: string): string | undefined {
    if (this.folder === undefined) return undefined;
    const { mtimeMs, size } = statSync(file);
    const name = [path.basename(file, ".js"), size, Math.trunc(mtimeMs), process.versions.v8, process.arch].join("-");
    return path.join(this.folder, `${name}.code`);
  }
}

/** Never a file of which only a part was written: V8 would take its word for it. */
function writeWhole(file: string, data: Uint8Array): void {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    writeFileSync(unfinished, data);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
