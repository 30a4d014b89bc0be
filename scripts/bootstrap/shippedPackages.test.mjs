// THIRD-PARTY-NOTICES.md names what the app ships.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rootDir } from "./paths.mjs";
import { importedPackages, noticesText, shippedPackages } from "./shippedPackages.mjs";

describe("importedPackages", () => {
  it("names packages, not files, Node.js or types", () => {
    const source = [
      'import { a } from "valibot";',
      "import {",
      "  b,",
      '} from "@xterm/addon-fit";',
      'import "@xterm/xterm/css/xterm.css";',
      'import type { C } from "only-types";',
      'export const name = "no-import";',
      'import fs from "node:fs";',
      'import path from "path";',
      'import { d } from "./local";',
      'const lazy = () => import("cmdk");',
    ];
    expect(importedPackages(source.join("\n")).sort()).toEqual(["@xterm/addon-fit", "@xterm/xterm", "cmdk", "valibot"]);
  });
});

describe("THIRD-PARTY-NOTICES.md", () => {
  it("is what `npm run notices` writes", () => {
    const written = fs.readFileSync(path.join(rootDir, "THIRD-PARTY-NOTICES.md"), "utf8");
    expect(written).toBe(noticesText(rootDir, shippedPackages(rootDir)));
  });

  it("has a licence for each package", () => {
    const without = shippedPackages(rootDir).filter((entry) => !entry.license);
    expect(without).toEqual([]);
  });
});
