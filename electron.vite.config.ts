// How the three parts are built. Targets and formats are written out, not left to electron-vite, which takes them from
// the installed `electron` package: the same build must run on Electron 25 (Node 18.15, Chromium 114) and on the
// current one, and a sandboxed preload is CommonJS on every Electron.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "electron-vite";
import type { Plugin } from "vite";
import { sandboxText } from "./scripts/bootstrap/sandboxText.mjs";

const nodeTarget = "node18.15";
const chromeTarget = "chrome114";
/** V8 keeps a script with one character beyond U+00FF in two bytes each: a megabyte more in the engine's process alone. */
const charset = "ascii";

/** Absolute path of a file in this repository. */
function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/**
 * React comes as CommonJS, which the bundler wraps in `((exports) => { ... })` and the page calls at once. V8 11 takes
 * such parentheses as a word to compile right away only before `function`; without it, React is parsed twice at each
 * start. What is replaced ends its line, so source maps stay true.
 */
function eagerCommonJs(): Plugin {
  const wrapper = /(\b__commonJS\w*\(\()\((\w+(?:, \w+)?)\) => \{$/gm;
  return {
    name: "eager-commonjs",
    renderChunk: (code) => ({ code: code.replace(wrapper, "$1function($2) {"), map: null }),
  };
}

const parts: Required<Pick<UserConfig, "main" | "preload" | "renderer">> = {
  main: {
    plugins: [sandboxText()],
    build: {
      outDir: source("out/main"),
      target: nodeTarget,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: source("main/index.ts"),
          engineProcess: source("main/engine/engineProcess.ts"),
          engineMain: source("main/engine/engineMain.ts"),
          cli: source("main/cli/index.ts"),
          dbwinWorker: source("main/sources/dbwin/dbwinWorker.ts"),
          queryWorker: source("main/native/queryWorker.ts"),
          serviceWorker: source("main/native/serviceWorker.ts"),
          callWorker: source("main/native/callWorker.ts"),
          etwWorker: source("main/sources/etw/etwWorker.ts"),
        },
        output: { format: "cjs", charset, entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
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
        input: { index: source("preload/index.ts") },
        output: { format: "cjs", charset, entryFileNames: "[name].js" },
      },
    },
  },
  renderer: {
    root: source("renderer"),
    plugins: [react(), eagerCommonJs()],
    build: {
      outDir: source("out/renderer"),
      target: chromeTarget,
      sourcemap: true,
      minify: "oxc",
      // Chromium has had modulepreload since 66.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: source("renderer/index.html") },
        output: {
          charset,
          // What the first look needs in one file: every further one is a question to a busy main process.
          codeSplitting: { groups: [{ name: "index", test: /renderer\/main\.tsx$/ }] },
        },
      },
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
