// Requests to drivers on the model kernel, each as a program makes it: calls a second of one thread.
import { atOnce } from "../../main/kernel/ke/call";
import { UserMode } from "../../main/kernel/ob/caller";
import { servicePath } from "../../main/kernel/scm/serviceDatabase";
import { GENERIC_READ, GENERIC_WRITE } from "../../native-bindings/abi/access";
import { FILE_DEVICE_UNKNOWN } from "../../native-bindings/abi/deviceTypes";
import { CTL_CODE, FILE_ANY_ACCESS, METHOD_BUFFERED } from "../../native-bindings/abi/ioctl";
import { bootSilently, requireSuccess } from "./benchKernel";
import { leastProcessorTime } from "./measure";

const CYCLES = 20_000;
/** That are written and read, or sent and received. */
export const BYTES = 64;
/** Of builtin:ioctl-methods. */
const CONTROL_FUNCTION = 0x800;
const FAILED = "a call failed";

const access = { desiredAccess: (GENERIC_READ | GENERIC_WRITE) >>> 0 };

export class ModelFiles {
  private readonly kernel = bootSilently();
  private readonly client = this.kernel.ps.createProcess("bench.exe");
  private readonly thread = this.kernel.ps.createThread(this.client);
  private readonly buffer = this.kernel.ps.allocateUser(this.client, BYTES);

  constructor() {
    const { scm, io } = this.kernel;
    for (const [name, binaryPath] of [
      ["example", "builtin:example-rw"],
      ["ioctl", "builtin:ioctl-methods"],
    ] as const) {
      scm.CreateService({ name, binaryPath });
      requireSuccess("NtLoadDriver", { status: atOnce(io.NtLoadDriver(servicePath(name))) });
    }
  }

  /** Open through a link, write, read and close. */
  cycles(): number {
    const { buffer } = this;
    const { files } = this.kernel;
    const data = Uint8Array.from({ length: BYTES }, (_, index) => index);
    return this.#asClient(() => {
      this.kernel.mem.writeBytes(buffer, data);
      return rate(() => {
        const handle = this.#open("\\\\.\\Example");
        const written = files.NtWriteFile(handle, buffer, BYTES, 0);
        const read = files.NtReadFile(handle, buffer, BYTES, 0);
        if (written.pending || read.pending || written.information + read.information !== 2 * BYTES)
          throw new Error(FAILED);
        if (files.NtClose(handle) !== 0) throw new Error(FAILED);
      });
    });
  }

  /** A METHOD_BUFFERED control code. */
  controls(): number {
    const { buffer } = this;
    const { files } = this.kernel;
    const parameters = {
      code: CTL_CODE(FILE_DEVICE_UNKNOWN, CONTROL_FUNCTION, METHOD_BUFFERED, FILE_ANY_ACCESS),
      input: buffer,
      inputLength: BYTES,
      output: buffer,
      outputLength: BYTES,
    };
    return this.#asClient(() => {
      const handle = this.#open("\\\\.\\IoctlMethods");
      return rate(() => {
        const outcome = files.NtDeviceIoControlFile(handle, parameters);
        if (outcome.pending || outcome.information !== BYTES) throw new Error(FAILED);
      });
    });
  }

  #open(path: string): number {
    const opened = this.kernel.win32.CreateFileW(path, access);
    if (opened.pending || opened.handle === 0) throw new Error(FAILED);
    return opened.handle;
  }

  #asClient<T>(act: () => T): T {
    return this.kernel.ps.runAs(this.thread, UserMode, act);
  }
}

/** Calls a second. */
export function rate(act: () => void): number {
  const seconds = leastProcessorTime(() => {
    for (let round = 0; round < CYCLES; round += 1) act();
  });
  return CYCLES / seconds;
}
