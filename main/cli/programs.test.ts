/** Programs on the command line: the script of "Contexts and Pools", whole, and what can go wrong. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

const pipesScript = join(__dirname, "../../tests/fixtures/shell/poorMansPipes.txt");

async function run(argv: string[], script: string | Readable = "") {
  const data: string[] = [];
  const messages: string[] = [];
  const code = await runCli(argv, {
    output: { data: (text) => data.push(text), message: (text) => messages.push(text) },
    stdin: typeof script === "string" ? Readable.from([script]) : script,
    openEngine: openMachine,
    untilStopped: () => AbortSignal.abort(),
  });
  return { code, data, messages };
}

/** The long lines of the script's overflow by their length, and without what the boot tables decide. */
const shortened = (text: string) =>
  text
    .replace(/x{9,}/g, (run) => `<${run.length} x>`)
    .replace(/((?:csrss|svchost|explorer)\.exe +1 +)\d+ +/g, "$1handles ");

describe("the scenario of “Contexts and Pools”", () => {
  it("plays as the article says: two pairs, a full buffer, an empty pool in the end", async () => {
    const { code, data, messages } = await run(["shell"], createReadStream(pipesScript, "utf8"));
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    expect(shortened(data.join("\n"))).toBe(
      shortened(String.raw`[SC] CreateService SUCCESS
SERVICE_NAME: example
        TYPE               : 1  KERNEL_DRIVER
        STATE              : 4  RUNNING
        WIN32_EXIT_CODE    : 0  (0x0)
        BINARY_PATH_NAME   : builtin:poor-mans-pipes
opened \\.\Example\HELLO
opened \\.\Example\hello
opened \\.\Example\Temp
opened \\.\Example\TEMP
Name    Id  Process         Threads  Handles  User
----    --  -------         -------  -------  ----
        4   System          2        0        System
        16  csrss.exe       1        85       System
        24  svchost.exe     1        128      System
        32  explorer.exe    1        163      Administrator
        40  ntscope.exe     1        0        Administrator
hello2  48  usedriver2.exe  1        1        Administrator
hello3  56  usedriver3.exe  1        1        Administrator
temp2   64  usedriver2.exe  1        1        Administrator
temp3   72  usedriver3.exe  1        1        Administrator
Tag   Type  Allocs  Frees  Diff  Used
---   ----  ------  -----  ----  ----
Pipe  Nonp  2       0      2     16384
wrote 14 of 14 bytes
wrote 14 of 14 bytes
read 14 bytes: Hello, world!
read 14 bytes: Only for Temp
wrote 6 of 6 bytes
wrote 7 of 7 bytes
read 13 bytes: first
read 0 bytes: ${""}
wrote 1000 of 1000 bytes
wrote 1000 of 1000 bytes
wrote 1000 of 1000 bytes
wrote 1000 of 1000 bytes
wrote 96 of 1000 bytes
wrote 0 of 5 bytes
read 1024 bytes: <999 x>
read 1024 bytes: <975 x>
read 1024 bytes: <951 x>
read 1024 bytes: <927 x>
read 0 bytes: ${""}
wrote 11 of 11 bytes
hello3 ended with 0xC000013A (stopped)
Tag   Type  Allocs  Frees  Diff  Used
---   ----  ------  -----  ----  ----
Pipe  Nonp  2       2      0     0
Name  Id  Process       Threads  Handles  User
----  --  -------       -------  -------  ----
      4   System        2        0        System
      16  csrss.exe     1        85       System
      24  svchost.exe   1        128      System
      32  explorer.exe  1        163      Administrator
      40  ntscope.exe   1        0        Administrator
SERVICE_NAME: example
        TYPE               : 1  KERNEL_DRIVER
        STATE              : 1  STOPPED
        WIN32_EXIT_CODE    : 0  (0x0)
        BINARY_PATH_NAME   : builtin:poor-mans-pipes`),
    );
  });
});

const lines = (...words: string[]): string => words.join("\n");

describe("programs", () => {
  it("answer one JSON document a command", async () => {
    const script = lines(
      "sc create example binPath= builtin:poor-mans-pipes type= kernel",
      "sc start example",
      "run usedriver2 a",
      "input p1 x",
      "handles --all",
      "input p1 --end",
      "run usedriver3 --name r --no-wait",
      "kill r",
      "run --list",
    );
    const { code, data, messages } = await run(["shell", "--json"], script);
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    const documents = data.slice(2).map((text) => JSON.parse(text));
    expect(documents.slice(0, 2)).toEqual([
      { program: "p1", processId: 48, state: "waitsForInput", output: "opened \\\\.\\Example\\a\n" },
      { program: "p1", processId: 48, state: "waitsForInput", output: "wrote 2 of 2 bytes\n" },
    ]);
    expect(documents[2]).toContainEqual(
      expect.objectContaining({ process: "usedriver2.exe", processId: 48, type: "File", path: "\\Device\\Example\\a" }),
    );
    expect(documents[3]).toEqual({ program: "p1", processId: 48, state: "ended", exitCode: 0, output: "" });
    expect(documents[5]).toMatchObject({ program: "r", state: "ended", exitCode: 0xc000_013a });
    expect(documents[6]).toContainEqual(expect.objectContaining({ name: "usedriver3", usage: "[NAME]" }));
  });

  it("exit 1 with their own exit code, and show what drivers gave them without obeying it", async () => {
    const failed = await run(["run", "usedriver2", "HELLO"]);
    expect(failed).toEqual({ code: 1, data: ["\\\\.\\Example\\HELLO can't be opened, error 3"], messages: [] });
    const script = lines(
      "sc create example binPath= builtin:poor-mans-pipes type= kernel",
      "sc start example",
      "run usedriver2",
      "run usedriver3",
      'input p1 "\u001b[2Jred"',
      'input p2 ""',
    );
    const hostile = await run(["shell"], script);
    expect(hostile.data.at(-1)).toBe("read 8 bytes: ␛[2Jred");
  });

  it.each([
    ["run", "which program"],
    ["input p9 x", 'no program is named "p9"'],
    ["input p9", "either a line"],
    ["kill p9", "run one first"],
  ])("%s is refused: %s", async (line, sentence) => {
    const { code, messages } = await run(["shell"], line);
    expect(code).toBe(2);
    expect(messages.join("\n")).toContain(sentence);
  });

  it("tells of a program that there is not", async () => {
    const { code, messages } = await run(["run", "notepad"]);
    expect(code).toBe(1);
    expect(messages.join()).toContain('no-program: There is no program "notepad"; there are usedriver2, usedriver3');
  });
});
