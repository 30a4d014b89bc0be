// Three kinds of tests: `unit`, beside their sources and under tests/; `wine`, which load real drivers into a Wine prefix;
// and `e2e`, which drive the real window.
import { defineConfig } from "vitest/config";
import { sandboxText } from "./scripts/bootstrap/sandboxText.mjs";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [sandboxText()],
        test: {
          name: "unit",
          environment: "node",
          // Only bounds a hang: random inputs take their time where the processor has much else to do.
          testTimeout: 30_000,
          include: [
            "{main,preload,renderer,native-bindings,scripts}/**/*.test.{ts,tsx,mjs}",
            "tests/{architecture,fuzz,conformance,renderer}/**/*.test.{ts,tsx}",
          ],
        },
      },
      {
        plugins: [sandboxText()],
        test: {
          name: "wine",
          environment: "node",
          include: ["tests/{wine,conformance}/**/*.wine.ts"],
          globalSetup: ["tests/wine/harness/globalSetup.ts"],
          // All files share one prefix, and two of the drivers have the same device name.
          fileParallelism: false,
          maxWorkers: 1,
          // A service start takes Wine up to a second; this only bounds a hang.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          retry: 0,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.e2e.ts"],
          globalSetup: ["tests/e2e/harness/globalSetup.ts"],
          // One window at a time: focus and the clipboard are the display's, not the window's.
          fileParallelism: false,
          maxWorkers: 1,
          // A cold start on a busy two-core machine; no test waits by time, so this only bounds a hang.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
