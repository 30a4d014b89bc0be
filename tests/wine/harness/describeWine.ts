// A group of tests that need the Wine rig; where there is none it is skipped, and its name says why.
import { describe, inject } from "vitest";

export function describeWine(name: string, tests: () => void): void {
  const missing = inject("wineMissing");
  if (missing === "") describe(name, tests);
  else describe.skip(`${name} (skipped: ${missing})`, tests);
}

/** The same for drivers in Rust, which need a compiler of their own. */
export function describeRust(name: string, tests: () => void): void {
  const canBeBuilt = inject("wineMissing") !== "" || "rustHello" in inject("driverFiles");
  if (canBeBuilt) describeWine(name, tests);
  else describe.skip(`${name} (skipped: there is no rustc with libstd-rust-dev-windows)`, tests);
}
