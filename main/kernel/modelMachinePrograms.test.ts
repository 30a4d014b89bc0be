// Programs on the model machine as its users see them: the articles' programs over the articles' drivers.
import { beforeEach, expect, it } from "vitest";
import type { ProgramEvent } from "../machine/programs";
import { createTestMachine, errorOf, type TestMachine, unwrap } from "./testMachine";

let test: TestMachine;

beforeEach(() => {
  test = createTestMachine();
});

async function load(name: string): Promise<void> {
  const { machine } = test;
  unwrap(await machine.createService({ name, binPath: `builtin:${name}`, type: "kernel" }));
  unwrap(await machine.startService(name));
}

/** A running program, and what it wrote since it was asked last. */
class Typist {
  #seen = 0;

  constructor(
    readonly processId: number,
    private readonly machine: TestMachine["machine"],
  ) {}

  static async run(name: string, ...args: string[]): Promise<Typist> {
    return new Typist(unwrap(await test.machine.runProgram({ name, args })).processId, test.machine);
  }

  async type(line?: string): Promise<string> {
    unwrap(await this.machine.programInput(this.processId, line));
    return this.answer();
  }

  async answer(): Promise<string> {
    const output = unwrap(await this.machine.programOutput(this.processId, this.#seen, { wait: true }));
    this.#seen = output.to;
    return output.text;
  }

  async exitCode(): Promise<number | undefined> {
    return unwrap(await this.machine.programOutput(this.processId, 0, { wait: true })).exitCode;
  }
}

/** Those that came after the boot. */
const processes = async () => {
  const names = unwrap(await test.machine.processes()).map(({ process }) => process);
  return names.slice(names.indexOf("ntscope.exe"));
};

it("runs the pairs of “Contexts and Pools”: each reads what its own pair wrote, once", async () => {
  await load("poor-mans-pipes");
  const [hello2, hello3, temp2, temp3] = [
    await Typist.run("usedriver2", "HELLO"),
    await Typist.run("usedriver3", "hello"),
    await Typist.run("usedriver2", "Temp"),
    await Typist.run("USEDRIVER3.EXE", "TEMP"),
  ];
  expect(await hello2.answer()).toBe("opened \\\\.\\Example\\HELLO\n");
  expect(await hello2.type("first")).toBe("wrote 6 of 6 bytes\n");
  expect(await hello2.type("second one")).toBe("wrote 11 of 11 bytes\n");
  expect(await temp2.type("grüße")).toBe("opened \\\\.\\Example\\Temp\nwrote 8 of 8 bytes\n");
  expect(await hello3.type("")).toBe("opened \\\\.\\Example\\hello\nread 17 bytes: first\n");
  expect(await hello3.type("")).toBe("read 0 bytes: \n");
  expect(await temp3.type("")).toBe("opened \\\\.\\Example\\TEMP\nread 8 bytes: grüße\n");
  expect(await processes()).toEqual([
    "ntscope.exe",
    "usedriver2.exe",
    "usedriver3.exe",
    "usedriver2.exe",
    "usedriver3.exe",
  ]);
  for (const program of [hello2, hello3, temp2, temp3]) expect(await program.type()).toBe("");
  expect(await hello2.exitCode()).toBe(0);
  expect(await processes()).toEqual(["ntscope.exe"]);
  expect(unwrap(await test.machine.pool("Pipe"))).toMatchObject([{ bytes: 0 }]);
});

it("splits what is longer than the program's line, as fgets does", async () => {
  await load("poor-mans-pipes");
  const writer = await Typist.run("usedriver2");
  await writer.answer();
  expect(await writer.type("x".repeat(1500))).toBe("wrote 1024 of 1024 bytes\nwrote 478 of 478 bytes\n");
});

it("runs the program of “Reading and Writing”", async () => {
  const noDevice = await Typist.run("example-rw-user");
  expect(await noDevice.answer()).toBe(
    'Error: Os { code: 2, kind: NotFound, message: "The system cannot find the file specified." }\n',
  );
  expect(await noDevice.exitCode()).toBe(1);
  await load("example-rw");
  const user = await Typist.run("example-rw-user");
  expect(await user.answer()).toBe('read 13 bytes: "Hello, world!"\n');
  expect(await user.exitCode()).toBe(0);
});

it("runs the program of “Creating Devices”, which the driver tells of in its name", async () => {
  await load("example");
  const { processId } = await Typist.run("example-user");
  expect(test.printed().map((text) => text.trim())).toEqual([
    "userspace opened the device",
    "device is no longer in use by userspace",
    "userspace closed the device",
  ]);
  expect(test.prints.map(({ process, processId: id }) => [process, id])).toEqual(
    Array(3).fill(["example-user.exe", processId]),
  );
});

it("tells of output and of the end, in order", async () => {
  const events: ProgramEvent[] = [];
  test.machine.onDidChange((event) => {
    if (event.kind === "programOutput" || event.kind === "programEnded") events.push(event);
  });
  await load("poor-mans-pipes");
  const program = await Typist.run("usedriver2", "a");
  await program.type("x");
  const { processId } = program;
  unwrap(await test.machine.programKill(processId));
  expect(await program.exitCode()).toBe(0xc000_013a);
  const text = events.map((event) => (event.kind === "programOutput" ? event.text : `${event.exitCode}`)).join("");
  expect(text).toBe("opened \\\\.\\Example\\a\nwrote 2 of 2 bytes\n3221225786");
  expect(unwrap(await test.machine.pool("Pipe"))).toMatchObject([{ bytes: 0 }]);
});

it("says what can't be", async () => {
  const { machine } = test;
  expect(errorOf(await machine.runProgram({ name: "notepad", args: [] }))).toBe("no-program");
  expect(errorOf(await machine.programInput(4, "x"))).toBe("no-program");
  expect(errorOf(await machine.programOutput(4, 0, { wait: false }))).toBe("no-program");
  expect(errorOf(await machine.programKill(4))).toBe("no-program");
  const program = await Typist.run("usedriver2");
  expect(await program.answer()).toBe("\\\\.\\Example can't be opened, error 2\n");
  expect(errorOf(await machine.programInput(program.processId, "x"))).toBe("program-ended");
});

it("ends its programs with a restart", async () => {
  const ended: ProgramEvent[] = [];
  test.machine.onDidChange((event) => void (event.kind === "programEnded" && ended.push(event)));
  await load("poor-mans-pipes");
  const { processId } = await Typist.run("usedriver2");
  unwrap(await test.machine.restart());
  expect(ended).toEqual([{ kind: "programEnded", processId, exitCode: 0x4001_0004 }]);
  expect(errorOf(await test.machine.programOutput(processId, 0, { wait: true }))).toBe("no-program");
});
