// Open, write, read, close on a driver, as a program does it through a symbolic link; beside this computer's own kernel.

import fs from "node:fs";
import { devNull } from "node:os";
import { atOnce } from "../../main/kernel/ke/call";
import { UserMode } from "../../main/kernel/ob/caller";
import { servicePath } from "../../main/kernel/scm/serviceDatabase";
import { GENERIC_READ, GENERIC_WRITE } from "../../native-bindings/abi/access";
import { bootSilently, requireSuccess } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime } from "./measure";

const CYCLES = 20_000;
const BYTES = 64;
const FAILED = "a call failed";

async function run(): Promise<readonly BenchmarkRow[]> {
  const { scm, io, ps, mem, win32, files } = bootSilently();
  scm.CreateService({ name: "example", binaryPath: "builtin:example-rw" });
  requireSuccess("NtLoadDriver", { status: atOnce(io.NtLoadDriver(servicePath("example"))) });
  const client = ps.createProcess("bench.exe");
  const thread = ps.createThread(client);
  const buffer = ps.allocateUser(client, BYTES);
  const access = { desiredAccess: (GENERIC_READ | GENERIC_WRITE) >>> 0 };
  const data = Uint8Array.from({ length: BYTES }, (_, index) => index);
  const cycle = () => {
    const opened = win32.CreateFileW("\\\\.\\Example", access);
    if (opened.pending || opened.handle === 0) throw new Error(FAILED);
    const written = files.NtWriteFile(opened.handle, buffer, BYTES, 0);
    const read = files.NtReadFile(opened.handle, buffer, BYTES, 0);
    if (written.pending || read.pending || written.information + read.information !== 2 * BYTES)
      throw new Error(FAILED);
    if (files.NtClose(opened.handle) !== 0) throw new Error(FAILED);
  };
  const value = ps.runAs(thread, UserMode, () => {
    mem.writeBytes(buffer, data);
    return rate(cycle);
  });
  return [
    {
      what: "open through a link, write, read and close on example-rw",
      value,
      unit: "cycles/s",
      reference: { what: `the same on ${devNull} of this computer`, value: rate(() => cycleOfThisComputer(data)) },
      target: { bound: "at least", value: 50_000, of: "value" },
    },
  ];
}

function cycleOfThisComputer(data: Uint8Array): void {
  const file = fs.openSync(devNull, "r+");
  fs.writeSync(file, data);
  fs.readSync(file, data);
  fs.closeSync(file);
}

/** Calls a second. */
function rate(act: () => void): number {
  const seconds = leastProcessorTime(() => {
    for (let round = 0; round < CYCLES; round += 1) act();
  });
  return CYCLES / seconds;
}

const benchmark: Benchmark = { name: "kernel files", run };
export default benchmark;
