/** A model machine whose driver file is a text of the test's: `/test/x.ts`, service `x`. */
import type { DriverFile } from "../kernel/drivers/driverFile";
import { createTestMachine, type TestMachine, unwrap } from "../kernel/testMachine";
import type { StatusError } from "../machine/result";
import type { SandboxOptions } from "./driverSandbox";
import { driverOfText } from "./userDriverFiles";

export interface TestUserDriver extends TestMachine {
  /** Starts the service; undefined when it runs. */
  start(): Promise<StatusError | undefined>;
  /** Rule of the bugcheck, undefined while the machine runs. */
  bugcheck(): Promise<{ name: string; rule: string; stack: string[] } | undefined>;
  /** Whether each driver that was read has been disposed. */
  readonly disposed: boolean[];
}

export async function createUserDriver(
  text: string,
  options: Omit<SandboxOptions, "fileName"> = {},
  fileName = "x.ts",
): Promise<TestUserDriver> {
  const disposed: boolean[] = [];
  const test = createTestMachine(async (binPath) => {
    if (!binPath.startsWith("/")) return undefined;
    const file = await driverOfText(fileName, text, options);
    if ("status" in file) return file;
    const index = disposed.push(false) - 1;
    const watched: DriverFile = {
      ...file,
      dispose() {
        disposed[index] = true;
        file.dispose();
      },
    };
    return watched;
  });
  unwrap(await test.machine.createService({ name: "x", binPath: `/test/${fileName}`, type: "kernel" }));
  return {
    ...test,
    disposed,
    async start() {
      const started = await test.machine.startService("x");
      return started.ok ? undefined : started.error;
    },
    async bugcheck() {
      const { state } = await test.machine.info();
      return state.kind === "bugchecked" ? state.bugcheck : undefined;
    },
  };
}
