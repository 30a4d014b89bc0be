// The types of a module and of all it imports, as one `declare module`, made from TypeScript's own declaration output.
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { rootDir } from "./paths.mjs";

const run = promisify(execFile);
const importLine = /^(?:import|export) (?:type )?(?:\*|\{[^}]*\}) from "([^"]+)";\n/gm;
/** A type that was inferred is named where it is. */
const inlineImport = /import\("([^"]+)"\)\./g;

/** What the sandbox has beside JavaScript itself. */
const GLOBALS = `/** Prints a line with DbgPrint, values one after the other. */
declare const console: Readonly<Record<"log" | "info" | "warn" | "error" | "debug", (...values: unknown[]) => void>>;
`;

/**
 * @param {string} file absolute path of the module
 * @param {string} [name] what it is imported as
 * @returns {Promise<{ text: string, sources: string[] }>}
 */
export async function declarationsOf(file, name = "ntscope/driver") {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-types-"));
  try {
    await emit(file, folder);
    return bundle(path.relative(rootDir, file).replace(/\.ts$/, ""), folder, name);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {string} folder
 */
async function emit(file, folder) {
  const config = path.join(folder, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    allowJs: false,
    checkJs: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    rootDir,
    outDir: path.join(folder, "out"),
    types: [],
  };
  fs.writeFileSync(
    config,
    JSON.stringify({ extends: path.join(rootDir, "tsconfig.json"), compilerOptions, files: [file], include: [] }),
  );
  const tsc = path.join(rootDir, "node_modules", "typescript", "lib", "tsc.js");
  try {
    await run(process.execPath, [tsc, "-p", config], { cwd: rootDir });
  } catch (error) {
    const { stdout = "", message } = /** @type {Error & { stdout?: string }} */ (error);
    throw new Error(`The types of ${file} could not be written: ${stdout || message}`);
  }
}

/**
 * Puts the files below one another. What they import from each other is in the same scope then, so the lines go; a name
 * that two files declare would be another in one of them, and is an error.
 * @param {string} entry from the repository's root, without extension
 * @param {string} folder
 * @param {string} name
 */
function bundle(entry, folder, name) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @type {Map<string, string>} */
  const declared = new Map();
  const visit = (/** @type {string} */ at) => {
    if (texts.has(at)) return;
    const text = fs.readFileSync(path.join(folder, "out", `${at}.d.ts`), "utf8");
    texts.set(at, "");
    for (const line of [importLine, inlineImport]) {
      for (const [, target = ""] of text.matchAll(line)) visit(resolve(at, target));
    }
    // Behind what it imports, so that one reads from the simple to the composed.
    texts.delete(at);
    texts.set(at, text);
  };
  visit(entry);
  const exported = [...new Set(exportsOf(entry, texts))].sort();
  const parts = [...texts].map(([at, text]) => {
    const own = text
      .replace(importLine, "")
      .replace(inlineImport, "")
      .replace(/^export \{\};\n/gm, "")
      .replace(/^export declare /gm, "")
      .replace(/^export (?=(interface|type|abstract|class|const|function)\b)/gm, "")
      .replace(/^declare /gm, "");
    for (const [, symbol = ""] of own.matchAll(/^(?:abstract )?(?:class|interface|const|function) (\w+)/gm)) {
      const other = declared.get(symbol);
      if (other !== undefined && other !== at) throw new Error(`${symbol} is declared in ${other} and in ${at}`);
      declared.set(symbol, at);
    }
    return own.trim();
  });
  const body = [...parts.filter((part) => part !== ""), `export { ${exported.join(", ")} };`].join("\n\n");
  const head = `// Types of "${name}", made by NtScope: \`ntscope new-driver\` writes them. Not to be edited.`;
  const text = `${head}\n${GLOBALS}\ndeclare module "${name}" {\n${body.replace(/^(?=.)/gm, "  ")}\n}\n`;
  return { text, sources: [...texts.keys()].map((at) => path.join(rootDir, `${at}.ts`)) };
}

/**
 * @param {string} at
 * @param {Map<string, string>} texts
 * @returns {string[]}
 */
function exportsOf(at, texts) {
  const text = texts.get(at) ?? "";
  const all = [...text.matchAll(/^export \* from "([^"]+)";/gm)];
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) => list.split(","));
  const own = [...text.matchAll(/^export (?:declare )?(?:abstract )?(?:class|function|interface|type) (\w+)/gm)];
  const constants = [...text.matchAll(/^export declare const (\w+)(.*)$/gm)];
  return [
    ...all.flatMap(([, target = ""]) => exportsOf(resolve(at, target), texts)),
    ...lists.map((word) => word.trim().replace(/^type /, "")),
    ...own.map(([, name = ""]) => name),
    ...constants.flatMap(([, name = "", rest = ""]) => [name, ...namesAfter(rest)]),
  ].filter((word) => word !== "");
}

/**
 * `const A: 1, B: 2;` declares several names in one line.
 * @param {string} rest what follows the first
 */
function namesAfter(rest) {
  return [...rest.matchAll(/, (\w+): (?:number|\d+)/g)].map(([, name = ""]) => name);
}

/**
 * @param {string} from
 * @param {string} target
 */
function resolve(from, target) {
  return path.posix.join(path.posix.dirname(toPosix(from)), target);
}

/** @param {string} file */
function toPosix(file) {
  return file.split(path.sep).join("/");
}
