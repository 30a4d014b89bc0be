// The rules of allowedImports.ts, applied to parsed files; each broken rule is a sentence that names the file.
import { entryPoints, impureGlobals, notInThePage, testPackages, type Zone, zoneOf } from "./allowedImports";
import type { SourceFile } from "./sourceFiles";

export function isTestFile(file: string): boolean {
  return file.startsWith("tests/") || /\.test\.[a-z]+$/.test(file);
}

export function brokenImports(file: SourceFile): string[] {
  const zone = zoneOf(file.path);
  if (zone === undefined) return [`${file.path} lies in no zone of allowedImports.ts`];
  return file.imports.flatMap((entry) => {
    const problem =
      entry.file === undefined
        ? packageProblem(file.path, zone, entry.specifier)
        : fileProblem(file.path, zone, entry.file);
    return problem === undefined ? [] : [`${file.path} imports ${entry.specifier}: ${problem}`];
  });
}

function packageProblem(file: string, zone: Zone, specifier: string): string | undefined {
  const allowed = isTestFile(file) ? [...zone.packages, ...testPackages] : zone.packages;
  if (allowed.some((pattern) => matches(specifier, pattern))) return undefined;
  return `${zone.path} may not (${zone.reason})`;
}

function fileProblem(file: string, zone: Zone, target: string): string | undefined {
  const targetZone = zoneOf(target);
  if (targetZone === undefined) return "that is no zone of allowedImports.ts";
  if (entryPoints.includes(target) && !isTestFile(file))
    return "that is an entry point, which starts things when loaded";
  if (zone.path === targetZone.path || zone.imports.includes("*") || zone.imports.includes(targetZone.path))
    return undefined;
  // A file with a zone of its own stays part of its folder for the folder's own files.
  if (targetZone.path.startsWith(`${zone.path}/`)) return undefined;
  return `${zone.path} may not import ${targetZone.path} (${zone.reason})`;
}

/** `*` within a path segment, `**` across; enough for package names. */
export function matches(specifier: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*/g, "\0")
    .replace(/\*/g, "[^/]*")
    .replace(/\0/g, ".*");
  return new RegExp(`^${source}$`).test(specifier);
}

/** What the model may not touch beside imports. */
export function impurities(file: SourceFile): string[] {
  if (!file.path.startsWith("main/kernel/") || isTestFile(file.path)) return [];
  const globals = impureGlobals.filter((name) => file.names.has(name));
  if (file.members.has("Math.random")) globals.push("Math.random");
  return globals.map((name) => `${file.path} uses ${name}: the model is given its clock and its randomness`);
}

/** The bridge that the preload script puts on `window`. */
export function bridgeUses(file: SourceFile): string[] {
  const uses = ["window.ntscope", "globalThis.ntscope", "self.ntscope"].some((name) => file.members.has(name));
  const allowed = file.path === "renderer/api.ts" || !file.path.startsWith("renderer/");
  return uses && !allowed ? [`${file.path} uses window.ntscope: only renderer/api.ts touches the bridge`] : [];
}

/** Files outside the page's reach that it would carry along, with the way there. */
export function pageLeaks(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const leaks: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (seen.has(file)) return;
    seen.add(file);
    if (notInThePage.some((zone) => file.startsWith(`${zone}/`))) leaks.push([...way, file].join(" -> "));
    for (const entry of byPath.get(file)?.imports ?? []) {
      if (entry.typeOnly) continue;
      if (entry.file !== undefined) visit(entry.file, [...way, file]);
      else if (entry.specifier.startsWith("node:")) leaks.push([...way, file, entry.specifier].join(" -> "));
    }
  };
  for (const file of files) {
    if (/^(renderer|preload)\//.test(file.path) && !isTestFile(file.path)) visit(file.path, []);
  }
  return leaks;
}

/** Circles of imports that load each other at once: the order in which such modules run is luck. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circles = new Set<string>();
  const visit = (file: string, way: string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.add([...way.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    way.push(file);
    for (const entry of byPath.get(file)?.imports ?? []) {
      if (!entry.typeOnly && !entry.lazy && entry.file !== undefined) visit(entry.file, way);
    }
    way.pop();
    done.add(file);
  };
  for (const file of files) visit(file.path, []);
  return [...circles];
}

/** Circles among zones, from the table itself. */
export function zoneCircle(zones: readonly Zone[]): string | undefined {
  const byPath = new Map(zones.map((zone) => [zone.path, zone]));
  const visit = (name: string, way: readonly string[]): string | undefined => {
    if (way.includes(name)) return [...way, name].join(" -> ");
    for (const next of byPath.get(name)?.imports ?? []) {
      const circle = next === "*" ? undefined : visit(next, [...way, name]);
      if (circle !== undefined) return circle;
    }
    return undefined;
  };
  return zones.map((zone) => visit(zone.path, [])).find((circle) => circle !== undefined);
}
