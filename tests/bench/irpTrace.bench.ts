// What recording the way of each IRP costs: time of the calls that are traced, and memory.
import { atOnce } from "../../main/kernel/ke/call";
import { UserMode } from "../../main/kernel/ob/caller";
import { servicePath } from "../../main/kernel/scm/serviceDatabase";
import { IrpTrace } from "../../main/kernel/trace/irpTrace";
import { RowIndex } from "../../main/kernel/trace/rowIndex";
import { GENERIC_READ, GENERIC_WRITE } from "../../native-bindings/abi/access";
import { bootSilently, requireSuccess } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { processorTime } from "./measure";

const CYCLES = 4_000;
/** On and off in turn, so that both meet the same machine; the quickest of each counts. */
const ROUNDS = 60;
const BYTES = 64;
const HOPS = 1_000_000;
/** More than a million hops take. */
const LIMIT = 2 ** 30;

async function run(): Promise<readonly BenchmarkRow[]> {
  const kernel = bootSilently();
  const { scm, io, ps, win32, files } = kernel;
  scm.CreateService({ name: "example", binaryPath: "builtin:example-rw" });
  requireSuccess("NtLoadDriver", { status: atOnce(io.NtLoadDriver(servicePath("example"))) });
  const thread = ps.createThread(ps.createProcess("bench.exe"));
  const buffer = ps.allocateUser(thread.process, BYTES);
  const access = { desiredAccess: (GENERIC_READ | GENERIC_WRITE) >>> 0 };
  const cycle = () => {
    const opened = win32.CreateFileW("\\\\.\\Example", access);
    if (opened.pending || opened.handle === 0) throw new Error("the device could not be opened");
    files.NtWriteFile(opened.handle, buffer, BYTES, 0);
    files.NtReadFile(opened.handle, buffer, BYTES, 0);
    files.NtClose(opened.handle);
  };
  const trace = new IrpTrace(kernel, () => undefined, { limit: LIMIT });
  const best = { on: Number.POSITIVE_INFINITY, off: Number.POSITIVE_INFINITY };
  return ps.runAs(thread, UserMode, () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const state of ["off", "on"] as const) {
        trace.setRecording(state === "on");
        const seconds = processorTime(() => {
          for (let each = 0; each < CYCLES; each += 1) cycle();
        });
        best[state] = Math.min(best[state], seconds);
      }
    }
    while (trace.store.hops < HOPS) cycle();
    const { bytes, hops } = trace.state();
    const microseconds = (seconds: number) => (seconds / CYCLES) * 1e6;
    return [
      {
        what: "open, write, read and close, each IRP traced",
        value: microseconds(best.on),
        unit: "µs",
        reference: { what: "the same, not traced", value: microseconds(best.off) },
        target: { bound: "at most", value: 1.25, of: "ratio" },
      },
      {
        what: "memory of a traced hop with all its steps",
        value: bytes / hops,
        unit: "bytes",
        target: { bound: "at most", value: 150, of: "value" },
      },
      {
        what: "memory of 1,000,000 traced hops",
        value: ((bytes / hops) * HOPS) / 1e6,
        unit: "MB",
        target: { bound: "at most", value: 150, of: "value" },
      },
      filterRow(trace),
    ] as const;
  });
}

/** The longest that a new filter keeps the engine from other work. */
function filterRow({ store }: IrpTrace): BenchmarkRow {
  const index = new RowIndex(store);
  let longest = 0;
  for (let isDone = false; !isDone; ) {
    const start = performance.now();
    isDone = index.scan({ device: "example", process: "bench*", status: "error" });
    longest = Math.max(longest, performance.now() - start);
  }
  return {
    what: "longest go of a new filter over 1,000,000 IRPs",
    value: longest,
    unit: "ms",
    target: { bound: "at most", value: 20, of: "value" },
  };
}

const benchmark: Benchmark = { name: "irp trace", run };
export default benchmark;
