// Open, write, read, close on a driver, as a program does it through a symbolic link; beside this computer's own kernel.

import fs from "node:fs";
import { devNull } from "node:os";
import { atOnce } from "../../main/kernel/ke/call";
import { UserMode } from "../../main/kernel/ob/caller";
import { servicePath } from "../../main/kernel/scm/serviceDatabase";
import { GENERIC_READ, GENERIC_WRITE } from "../../native-bindings/abi/access";
import { FILE_DEVICE_UNKNOWN } from "../../native-bindings/abi/deviceTypes";
import { CTL_CODE, FILE_ANY_ACCESS, METHOD_BUFFERED } from "../../native-bindings/abi/ioctl";
import { bootSilently, requireSuccess } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime } from "./measure";

const CYCLES = 20_000;
const BYTES = 64;
/** Of builtin:ioctl-methods. */
const CONTROL_FUNCTION = 0x800;
const FAILED = "a call failed";

async function run(): Promise<readonly BenchmarkRow[]> {
  const { scm, io, ps, mem, win32, files } = bootSilently();
  for (const [name, image] of [
    ["example", "builtin:example-rw"],
    ["ioctl", "builtin:ioctl-methods"],
  ] as const) {
    scm.CreateService({ name, binaryPath: image });
    requireSuccess("NtLoadDriver", { status: atOnce(io.NtLoadDriver(servicePath(name))) });
  }
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
  const controls = ps.runAs(thread, UserMode, () => {
    const opened = win32.CreateFileW("\\\\.\\IoctlMethods", access);
    if (opened.pending || opened.handle === 0) throw new Error(FAILED);
    const parameters = {
      code: CTL_CODE(FILE_DEVICE_UNKNOWN, CONTROL_FUNCTION, METHOD_BUFFERED, FILE_ANY_ACCESS),
      input: buffer,
      inputLength: BYTES,
      output: buffer,
      outputLength: BYTES,
    };
    return rate(() => {
      const outcome = files.NtDeviceIoControlFile(opened.handle, parameters);
      if (outcome.pending || outcome.information !== BYTES) throw new Error(FAILED);
    });
  });
  return [
    {
      what: `a METHOD_BUFFERED control code with ${BYTES} bytes each way`,
      value: controls,
      unit: "calls/s",
      target: { bound: "at least", value: 300_000, of: "value" },
    },
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
