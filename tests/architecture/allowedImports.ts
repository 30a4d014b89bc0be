// Who may import whom: DESIGN section 2 as data. imports.test.ts walks every import and holds it against this table;
// biomeOverrides.ts turns the same table into the lint rules of biome.json, so that an editor says it at once.
//
//   renderer -> preload <- main/shell -> main/engine -> machine, log <- kernel, native, sources... -> native-bindings/abi
//   main/cli, engineMain -> main/attach -> main/remote, main/wine -> main/engine

export interface Zone {
  /** Folder or file, from the repository's root. A file belongs to the longest zone that holds it. */
  readonly path: string;
  /** Zones it may import from besides itself. */
  readonly imports: readonly string[];
  /** Packages it may import, as globs; `node:**` is Node.js itself. */
  readonly packages: readonly string[];
  readonly reason: string;
}

const values = ["main/machine", "native-bindings/abi"] as const;
const port = ["main/machine", "main/log", "native-bindings/abi"] as const;

export const zones: readonly Zone[] = [
  {
    path: "native-bindings/abi",
    imports: [],
    packages: [],
    reason: "plain data about NT's binary interface, usable everywhere",
  },
  {
    path: "native-bindings/koffi",
    imports: ["native-bindings/abi"],
    packages: ["koffi"],
    reason: "the only folder that calls into DLLs, with no policy",
  },
  {
    path: "main/machine",
    imports: ["native-bindings/abi"],
    packages: [],
    reason: "the port that every machine implements; values and interfaces only",
  },
  {
    path: "main/log",
    imports: values,
    packages: ["node:**"],
    reason: "the record store knows lines, not where they come from",
  },
  {
    path: "main/rpc",
    imports: ["main/machine"],
    packages: ["valibot"],
    reason: "the protocol over any port; it runs in the page's preload too, so no Node.js",
  },
  {
    path: "main/kernel",
    imports: port,
    packages: [],
    reason: "the model is pure: its clock and randomness are given to it, so that every run can be repeated",
  },
  {
    path: "main/userDrivers",
    imports: ["main/kernel", "main/machine", "native-bindings/abi"],
    packages: ["node:**", "quickjs-emscripten-core", "@jitl/quickjs-singlefile-cjs-release-sync", "sucrase"],
    reason: "drivers in files of the user's, in an engine of their own; nothing of it is loaded until one is started",
  },
  {
    path: "main/userDrivers/inside",
    imports: ["main/kernel", "native-bindings/abi"],
    packages: [],
    reason: "runs inside the sandbox, which has nothing but JavaScript",
  },
  {
    path: "main/native",
    imports: [...port, "native-bindings/koffi"],
    packages: ["node:**"],
    reason: "this Windows machine behind the port",
  },
  {
    path: "main/sources",
    imports: [...port, "native-bindings/koffi"],
    packages: ["node:**"],
    reason: "where log records come from",
  },
  {
    path: "main/snapshot",
    imports: port,
    packages: ["node:**", "valibot"],
    reason: "a saved machine behind the port",
  },
  {
    path: "main/remote",
    imports: [...port, "main/rpc", "main/engine", "main/sources"],
    packages: ["node:**", "valibot"],
    reason: "an engine for other computers, and another computer's engine as a machine here",
  },
  {
    path: "main/wine",
    imports: ["scripts"],
    packages: ["node:**"],
    reason: "a Wine prefix and a Windows Node.js in it, fetched by the same means as bootstrap fetches",
  },
  {
    path: "main/attach",
    imports: [...port, "main/engine", "main/remote", "main/wine", "main/sources"],
    packages: ["node:**"],
    reason: "opens the engine over any kind of machine, and owns what that takes",
  },
  {
    path: "main/engine/engineMain.ts",
    imports: ["main/machine", "main/engine", "main/attach"],
    packages: ["node:**"],
    reason: "the composition root of the engine's process",
  },
  {
    path: "main/engine",
    imports: [...port, "main/rpc", "main/kernel", "main/userDrivers", "main/native", "main/sources", "main/snapshot"],
    packages: ["node:**", "valibot"],
    reason: "puts one machine, its sources and its log together; the same in a window, a command and an agent",
  },
  {
    path: "main/cli",
    imports: [...port, "main/rpc", "main/engine", "main/userDrivers", "main/snapshot", "main/remote", "main/attach"],
    packages: ["node:**", "valibot"],
    reason: "runs on plain Node.js: never Electron",
  },
  {
    path: "preload",
    imports: ["main/machine", "main/log", "main/rpc", "main/engine"],
    packages: ["valibot"],
    reason: "what the page may ask; it is loaded into a sandbox without Node.js",
  },
  {
    path: "preload/index.ts",
    imports: ["preload"],
    packages: ["electron"],
    reason: "the bridge itself, which nothing imports",
  },
  {
    path: "main/shell",
    imports: ["preload", "main/attach", "main/engine", "main/userDrivers", "main/machine", "main/log", "main/rpc"],
    packages: ["electron", "node:**", "valibot"],
    reason: "every file that imports Electron",
  },
  {
    path: "main/index.ts",
    imports: ["main/shell", "main/attach", "main/engine", "main/machine", "preload"],
    packages: ["electron", "node:**"],
    reason: "the composition root of the window",
  },
  {
    path: "renderer",
    imports: ["preload"],
    packages: [
      "react",
      "react/*",
      "react-dom/*",
      "react-aria-components",
      "cmdk",
      "dockview-react",
      "dockview-react/**",
      "zustand",
      "zustand/**",
    ],
    reason: "the page: no Node.js, no Electron; it sees the rest through the contract only",
  },
  {
    path: "renderer/log/terminal.ts",
    imports: ["renderer", "preload"],
    packages: ["@xterm/*", "@xterm/**"],
    reason: "the only file that touches xterm, so that driver text reaches it by one way",
  },
  {
    path: "scripts",
    imports: [],
    packages: ["node:**", "vite"],
    reason: "bootstrap runs before any package is installed; only what runs after it may load the build tool",
  },
  {
    path: "scripts/bootstrap/default_app",
    imports: [],
    packages: ["electron", "node:**"],
    reason: "runs inside Electron",
  },
  {
    path: "tests",
    imports: ["*"],
    packages: ["*", "*/**"],
    reason: "tests look at anything",
  },
];

/** What test files may import beside what their zone may. */
export const testPackages = ["vitest", "fast-check", "node:**", "electron"];

/** Files that zones may not import although their folder is allowed: entry points, which start things when loaded. */
export const entryPoints = [
  "main/index.ts",
  "main/cli/index.ts",
  "main/engine/engineMain.ts",
  "main/engine/engineProcess.ts",
  "main/sources/dbwin/dbwinWorker.ts",
  "main/native/queryWorker.ts",
  "main/native/callWorker.ts",
  "main/native/serviceWorker.ts",
  "main/sources/etw/etwWorker.ts",
  "preload/index.ts",
  "renderer/main.tsx",
];

/** What must not be reachable from the page and the preload by imports that survive compilation. */
export const notInThePage = [
  "main/kernel",
  "main/userDrivers",
  "main/native",
  "main/sources",
  "main/remote",
  "main/snapshot",
  "main/wine",
  "main/attach",
  "main/shell",
];

/** What would make two runs of the model differ, or tie it to Node.js. */
export const impureGlobals = [
  "Date",
  "performance",
  "process",
  "Buffer",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "fetch",
];

/** The zone a file belongs to. */
export function zoneOf(file: string): Zone | undefined {
  return zones
    .filter((zone) => file === zone.path || file.startsWith(`${zone.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
