// The repository's source files and what each imports, read from the syntax tree (a comment or a string that looks
// like an import is none).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync, Visitor } from "vite";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The imported file from the repository's root; undefined for a package. */
  readonly file: string | undefined;
  /** Whether nothing of it is left after compilation. */
  readonly typeOnly: boolean;
  /** Whether it is loaded later, by `import()`. */
  readonly lazy: boolean;
}

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  /** Names used that are neither properties of something nor declared in the file: `Date` in `Date.now()`. */
  readonly names: ReadonlySet<string>;
  /** Members read from something, as written: "Math.random". */
  readonly members: ReadonlySet<string>;
}

const folders = ["main", "preload", "renderer", "native-bindings", "scripts", "tests"];
const extensions = [".ts", ".tsx", ".mts", ".mjs", ".js"];

export function readSourceFiles(): SourceFile[] {
  return folders.flatMap(listFiles).map((file) => parseSource(file, readFileSync(path.join(rootDir, file), "utf8")));
}

/** Stands apart so that the rules can be tried on text that no file holds. */
export function parseSource(file: string, text: string): SourceFile {
  const imports: Import[] = [];
  const names = new Set<string>();
  const members = new Set<string>();
  const notNames = new Set<unknown>();
  const declared = new Set<string>();
  const declare = (pattern: { type: string; name?: string }): void => {
    if (pattern.type === "Identifier" && pattern.name !== undefined) declared.add(pattern.name);
  };
  const add = (specifier: unknown, typeOnly: boolean, lazy = false): void => {
    if (typeof specifier === "string")
      imports.push({ specifier, file: resolveImport(file, specifier), typeOnly, lazy });
  };
  const visitor = new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.importKind === "type"),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === "type"),
    ExportNamedDeclaration: (node) => add(node.source?.value, node.exportKind === "type"),
    ImportExpression: (node) => add(node.source.type === "Literal" ? node.source.value : undefined, false, true),
    TSImportType: (node) => add(node.source.value, true),
    CallExpression: (node) => {
      const argument = node.arguments[0];
      const isRequire = node.callee.type === "Identifier" && node.callee.name === "require";
      if (isRequire && argument?.type === "Literal") add(argument.value, false);
    },
    MemberExpression: (node) => {
      if (node.property.type !== "Identifier" || node.computed) return;
      notNames.add(node.property);
      if (node.object.type === "Identifier") members.add(`${node.object.name}.${node.property.name}`);
    },
    Property: (node) => {
      if (!node.computed && !node.shorthand) notNames.add(node.key);
    },
    TSPropertySignature: (node) => notNames.add(node.key),
    PropertyDefinition: (node) => notNames.add(node.key),
    MethodDefinition: (node) => notNames.add(node.key),
    FunctionDeclaration: (node) => node.params.forEach(declare),
    FunctionExpression: (node) => node.params.forEach(declare),
    ArrowFunctionExpression: (node) => node.params.forEach(declare),
    TSFunctionType: (node) => node.params.forEach(declare),
    TSMethodSignature: (node) => node.params.forEach(declare),
    TSParameterProperty: (node) => declare(node.parameter),
    ObjectPattern: (node) => {
      for (const property of node.properties) if (property.type === "Property") declare(property.value);
    },
    ArrayPattern: (node) => {
      for (const element of node.elements) if (element !== null) declare(element);
    },
    AssignmentPattern: (node) => declare(node.left),
    RestElement: (node) => declare(node.argument),
    VariableDeclarator: (node) => declare(node.id),
    Identifier: (node) => {
      if (!notNames.has(node)) names.add(node.name);
    },
  });
  const result = parseSync(file, text);
  if (result.errors.length > 0) throw new Error(`${file}: ${result.errors[0]?.message}`);
  visitor.visit(result.program);
  for (const name of declared) names.delete(name);
  return { path: file, lineCount: text.split("\n").length - 1, imports, names, members };
}

function listFiles(folder: string): string[] {
  const full = path.join(rootDir, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "fixtures" ? [] : listFiles(file);
    return extensions.includes(path.extname(entry.name)) && !entry.name.endsWith(".d.ts") ? [file] : [];
  });
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const found = ["", ...extensions]
    .map((extension) => base + extension)
    .find((file) => isFile(path.join(rootDir, file)));
  return found ?? base;
}

function isFile(file: string): boolean {
  return existsSync(file) && !readdirNames(path.dirname(file)).directories.has(path.basename(file));
}

const listed = new Map<string, { directories: ReadonlySet<string> }>();

/** Kept per folder: the walk asks about the same few folders thousands of times. */
function readdirNames(folder: string): { directories: ReadonlySet<string> } {
  const known = listed.get(folder);
  if (known !== undefined) return known;
  const entries = readdirSync(folder, { withFileTypes: true });
  const result = { directories: new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)) };
  listed.set(folder, result);
  return result;
}
