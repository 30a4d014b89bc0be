/** A driver for tests that does whatever the test says, in a routine of its own, with everything the kit has. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { atOnce } from "../ke/call";
import type { KernelModule } from "../ke/routines";
import { TestKernel } from "../testKernel";
import type { Ddk } from "./ddk";
import { createDdk } from "./kernelDdk";

export class TestDdk {
  readonly test = new TestKernel();
  readonly kernel = this.test.kernel;
  readonly ddk: Ddk;
  readonly driverObject: Address = 0;
  readonly module: KernelModule;
  readonly registryPath: string;

  /** @param name of the driver and its module */
  constructor(name = "drv") {
    let made: { ddk: Ddk; object: Address; module: KernelModule } | undefined;
    this.registryPath = this.test.install(name, (driver) => {
      made = { ddk: createDdk(this.kernel, driver.module), object: driver.object, module: driver.module };
      driver.onUnload(() => undefined);
      return 0;
    });
    const status = this.kernel.io.NtLoadDriver(this.registryPath);
    if (made === undefined) throw new Error(`the driver did not load: ${status.toString(16)}`);
    this.ddk = made.ddk;
    this.driverObject = made.object;
    this.module = made.module;
  }

  /** Runs `action` in a routine `name` of the driver, called by the I/O manager as the system does. */
  as<T>(name: string, action: () => T): T {
    let answer: { value: T } | undefined;
    const routine = this.ddk.routine(name, () => {
      answer = { value: action() };
      return 0;
    });
    this.kernel.io.calls.call(routine, 0, 0, 0);
    return (answer as unknown as { value: T }).value;
  }

  /** The bugcheck that `action` ends in, as the driver's routine `name`: its name, parameters and rule. */
  stopOf(action: () => unknown, name = "Routine") {
    const { bugcheck } = this.kernel.enter(() => this.as(name, action));
    if (bugcheck === undefined) throw new Error("the machine did not stop");
    const parameters = bugcheck.parameters.map((parameter) => Number(BigInt.asIntN(64, BigInt(parameter))));
    return { name: bugcheck.name, parameters, rule: bugcheck.rule };
  }

  /** Zeroed nonpaged memory that stays. */
  scratch(bytes: number): Address {
    const address = this.kernel.pool.ExAllocatePoolWithTag(NonPagedPoolNx, bytes, "Test");
    this.kernel.mem.fill(address, bytes, 0);
    return address;
  }

  /** A UNICODE_STRING in kernel memory. @param room characters it has room for beyond its text */
  string(text: string, room = 0): Address {
    const at = this.scratch(0x10 + (text.length + room + 1) * 2);
    this.kernel.mem.writeUnicodeString(at, text);
    this.kernel.mem.writeU16(at + 2, (text.length + room) * 2);
    return at;
  }

  /** Text that ends with NUL, UTF-16 unless `narrow`. */
  text(text: string, narrow = false): Address {
    const units = [...text].map((unit) => unit.charCodeAt(0));
    const at = this.scratch((units.length + 1) * 2);
    if (narrow) this.kernel.mem.writeBytes(at, Uint8Array.from([...units, 0]));
    else this.kernel.mem.writeUtf16(at, `${text}\0`);
    return at;
  }

  /** Messages reported under a rule. */
  reports(rule: string): string[] {
    return this.test.host.reports.filter((report) => report.rule === rule).map(({ message }) => message);
  }

  unload(): number {
    return atOnce(this.kernel.io.NtUnloadDriver(this.registryPath));
  }
}
