// How the three parts are built. Targets and formats are written out, not left to electron-vite, which takes them from
// the installed `electron` package: the same build must run on Electron 25 (Node 18.15, Chromium 114) and on the
// current one, and a sandboxed preload is CommonJS on every Electron.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "electron-vite";

const nodeTarget = "node18.15";
const chromeTarget = "chrome114";

/** Absolute path of a file in this repository. */
function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The entries among these whose source exists. */
function entries(candidates: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(candidates)
      .map(([name, path]) => [name, source(path)] as const)
      .filter(([, path]) => existsSync(path)),
  );
}

const parts: Required<Pick<UserConfig, "main" | "preload" | "renderer">> = {
  main: {
    build: {
      outDir: source("out/main"),
      target: nodeTarget,
      sourcemap: true,
      rolldownOptions: {
        input: entries({
          index: "main/index.ts",
          engineProcess: "main/engine/engineProcess.ts",
          cli: "main/cli/index.ts",
        }),
        output: { format: "cjs", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: source("out/preload"),
      // electron-vite takes only a Node target here; Node 18.15 and Chromium 114 have the same syntax.
      target: nodeTarget,
      sourcemap: true,
      // A sandboxed preload can require nothing but `electron`, so all else goes into the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: entries({ index: "preload/index.ts" }),
        output: { format: "cjs", entryFileNames: "[name].js" },
      },
    },
  },
  renderer: {
    root: source("renderer"),
    plugins: [react()],
    build: {
      outDir: source("out/renderer"),
      target: chromeTarget,
      sourcemap: true,
      minify: "oxc",
      cssMinify: true,
      rolldownOptions: { input: entries({ index: "renderer/index.html" }) },
    },
  },
};

/** Set by scripts/bootstrap/buildParts.mjs, so that only what is stale is built; all parts where it is not. */
const wanted = process.env.NTSCOPE_BUILD_PARTS?.split(",");

const config: UserConfig = {};
for (const name of ["main", "preload", "renderer"] as const) {
  if (wanted === undefined || wanted.includes(name)) Object.assign(config, { [name]: parts[name] });
}

export default defineConfig(config);
