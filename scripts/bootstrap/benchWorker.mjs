// Runs one built benchmark in a process of its own, so that no other one's heap or compiled code colours its figures.
// Gets the built file as its argument and sends the rows to its parent.
import { pathToFileURL } from "node:url";

const [file = ""] = process.argv.slice(2);
/** @type {{ default: import("../../tests/bench/benchmark").Benchmark }} */
const { default: benchmark } = await import(pathToFileURL(file).href);
const rows = await benchmark.run();
process.send?.(rows, () => process.disconnect());
