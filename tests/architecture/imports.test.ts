// Walks every import of the repository and holds it against allowedImports.ts (DESIGN section 2).
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { zones } from "./allowedImports";
import { biomeOverrides } from "./biomeOverrides";
import { bridgeUses, brokenImports, importCircles, impurities, isTestFile, pageLeaks, zoneCircle } from "./importRules";
import { parseSource, readSourceFiles } from "./sourceFiles";

const files = readSourceFiles();
const shipped = files.filter((file) => !isTestFile(file.path));

describe("the repository", () => {
  it("imports in the directions that the table allows", () => {
    expect(files.flatMap(brokenImports)).toEqual([]);
  });

  it("keeps the model kernel pure", () => {
    expect(files.flatMap(impurities)).toEqual([]);
  });

  it("touches the bridge in one file", () => {
    expect(files.flatMap(bridgeUses)).toEqual([]);
  });

  it("carries nothing of the main process into the page", () => {
    expect(pageLeaks(shipped)).toEqual([]);
  });

  it("has no circle of imports", () => {
    expect(importCircles(shipped)).toEqual([]);
  });

  it("was found: the walk saw each top folder", () => {
    const tops = new Set(files.map((file) => file.path.split("/")[0]));
    expect([...tops].sort()).toEqual(["main", "native-bindings", "preload", "renderer", "scripts", "tests"]);
  });
});

describe("the table", () => {
  it("has no circle among zones", () => {
    expect(zoneCircle(zones)).toBeUndefined();
  });

  it("is what biome.json forbids (NTSCOPE_UPDATE_LINT=1 writes it there)", () => {
    const file = path.join(rootDir, "biome.json");
    const config = JSON.parse(readFileSync(file, "utf8"));
    const kept = config.overrides.filter((entry: object) => !("linter" in entry) || !isImportRule(entry));
    if (process.env.NTSCOPE_UPDATE_LINT === "1") {
      writeFileSync(file, `${JSON.stringify({ ...config, overrides: [...biomeOverrides(), ...kept] }, null, 2)}\n`);
    } else {
      expect(config.overrides.filter(isImportRule)).toEqual(biomeOverrides());
    }
  });
});

function isImportRule(entry: object): boolean {
  return JSON.stringify(entry).includes("noRestrictedImports");
}

describe("the walk", () => {
  const broken = (file: string, text: string): string[] => brokenImports(parseSource(file, text));

  it("sees imports, re-exports, dynamic imports, require and import types", () => {
    const source = [
      'import { app } from "electron";',
      'export * from "koffi";',
      'export { a } from "../shell/a";',
      'const lazy = () => import("node:fs");',
      'const old = require("node:os");',
      'type T = import("../cli/run").T;',
    ];
    const found = broken("main/kernel/x.ts", source.join("\n"));
    expect(found.map((line) => line.split(": main")[0])).toEqual([
      "main/kernel/x.ts imports electron",
      "main/kernel/x.ts imports koffi",
      "main/kernel/x.ts imports ../shell/a",
      "main/kernel/x.ts imports node:fs",
      "main/kernel/x.ts imports node:os",
      "main/kernel/x.ts imports ../cli/run",
    ]);
  });

  it("does not take comments and strings for imports", () => {
    expect(broken("main/kernel/x.ts", '// import "electron"\nexport const x = \'import "koffi"\';')).toEqual([]);
  });

  it("lets nobody load an entry point", () => {
    expect(broken("main/shell/x.ts", 'import "../../preload/index";')).toHaveLength(1);
  });

  it("sees clocks and randomness, but not properties of the same name", () => {
    const use = (text: string): string[] => impurities(parseSource("main/kernel/x.ts", text));
    expect(use("export const a = Date.now() + Math.random() + performance.now();")).toHaveLength(3);
    expect(use("export const b = { Date: 1 }; export const c = b.Date + Math.floor(2);")).toEqual([]);
    expect(use("export function d(process: number) { return process + 1; }")).toEqual([]);
  });

  it("sees the bridge used outside api.ts", () => {
    expect(bridgeUses(parseSource("renderer/views/x.ts", "window.ntscope.ask();"))).toHaveLength(1);
    expect(bridgeUses(parseSource("renderer/api.ts", "window.ntscope.ask();"))).toEqual([]);
  });

  it("finds circles and leaks through several files", () => {
    const parse = (name: string, text: string) => parseSource(name, text);
    const circle = [parse("main/log/a.ts", 'import "./b.ts";'), parse("main/log/b.ts", 'import "./a.ts";')];
    expect(importCircles(circle)).toEqual(["main/log/a.ts -> main/log/b.ts -> main/log/a.ts"]);
    const leak = [parse("preload/a.ts", 'import "../main/log/b.ts";'), parse("main/log/b.ts", 'import "node:fs";')];
    expect(pageLeaks(leak)).toEqual(["preload/a.ts -> main/log/b.ts -> node:fs"]);
    const types = [parse("preload/a.ts", 'import type { B } from "../main/kernel/b.ts";')];
    expect(pageLeaks(types)).toEqual([]);
  });
});
