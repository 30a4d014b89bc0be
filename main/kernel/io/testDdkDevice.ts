/** A loaded driver with `\Device\X` and `\??\X`, its DDK, and memory for its structures, for tests. */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { Kernel } from "../kernel";
import type { TestDriver, TestKernel } from "../testKernel";
import type { CodeRoutine, Ddk } from "../wdk/ddk";
import { createDdk } from "../wdk/kernelDdk";
import { loadTestDevice, type TestDevice } from "./testDevice";

export interface TestDdkDevice {
  readonly loaded: TestDevice;
  readonly test: TestKernel;
  readonly kernel: Kernel;
  readonly driver: TestDriver;
  readonly device: Address;
  readonly ddk: Ddk;
  routine(code: CodeRoutine): Address;
  /** Zeroed non-paged pool. */
  memory(bytes?: number): Address;
  /** A further device of the driver, ready to be opened or attached to. */
  readyDevice(name?: string): Address;
  /** As a driver's code, from outside. Throws what stopped the machine. */
  run<T>(action: () => T): T;
}

const BYTES = 0x100;

export function loadDdkDevice(): TestDdkDevice {
  const loaded = loadTestDevice();
  const { test, driver, device } = loaded;
  const { kernel } = test;
  const ddk = createDdk(kernel, driver.module);
  return {
    loaded,
    test,
    kernel,
    driver,
    device,
    ddk,
    routine: (code) => ddk.routine("routine", code),
    memory: (bytes = BYTES) => {
      const at = kernel.pool.ExAllocatePoolWithTag(NonPagedPoolNx, bytes, "Test");
      kernel.mem.fill(at, bytes, 0);
      return at;
    },
    readyDevice: (name) => {
      const made = driver.createDevice(name);
      const flags = made + DEVICE_OBJECT.offset.Flags;
      kernel.mem.writeU32(flags, kernel.mem.readU32(flags) & ~DO_DEVICE_INITIALIZING);
      return made;
    },
    run: (action) => {
      const entered = kernel.enter(action);
      if (entered.bugcheck !== undefined) throw new Error(entered.bugcheck.rule);
      return entered.value as ReturnType<typeof action>;
    },
  };
}
