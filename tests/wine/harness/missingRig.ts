// What tests and benchmarks under Wine need of the computer.
import { hasDriverCompiler } from "../../../scripts/bootstrap/buildDrivers.mjs";
import { hasProgram } from "../../../scripts/bootstrap/ensureSystem.mjs";

/** Why there is no rig; empty where there is one. */
export function missingRig(): string {
  if (process.platform !== "linux" || process.arch !== "x64") return "they need x64 Linux";
  if (!hasProgram("wine")) return "there is no wine (Debian: apt-get install wine wine64)";
  if (!hasDriverCompiler()) return "there is no mingw-w64 (Debian: apt-get install gcc-mingw-w64-x86-64)";
  return "";
}
