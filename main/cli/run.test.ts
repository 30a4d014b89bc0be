/** The command line as a script sees it: words in, text, JSON and an exit code out, over a real engine. */
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { commandTable } from "./commandTable";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

async function run(argv: string[], script = "") {
  const data: string[] = [];
  const messages: string[] = [];
  const code = await runCli(argv, {
    output: { data: (text) => data.push(text), message: (text) => messages.push(text) },
    stdin: Readable.from([script]),
    openEngine: openMachine,
    untilStopped: () => AbortSignal.abort(),
  });
  return { code, data, messages, text: data.join("\n") };
}

const lines = (...words: string[]): string => words.join("\n");
const createExample = "sc create example binPath= builtin:example type= kernel";

describe('the scenario of "Creating Devices"', () => {
  const script = lines(
    createExample,
    "sc start example",
    "ls \\Driver",
    "ls \\Device",
    "ls \\GLOBAL??",
    "open \\\\.\\Example",
    "close h1",
    "log --all",
    "sc stop example",
    "ls \\Device",
    "ls \\GLOBAL??",
    "ls \\Driver",
  );

  it("shows driver, device, link and the three messages in NT's order, and nothing of it after the stop", async () => {
    const { code, data, messages } = await run(["shell", "--json", "-"], script);
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    const documents = data.map((text) => JSON.parse(text));
    const entry = (path: string, name: string) =>
      documents
        .filter((document) => document.path === path && document.entries)
        .map((document) => document.entries.find((candidate: { name: string }) => candidate.name === name));
    expect(entry("\\Device", "Example")).toEqual([expect.objectContaining({ type: "Device" }), undefined]);
    expect(entry("\\Driver", "example")).toEqual([expect.objectContaining({ type: "Driver" }), undefined]);
    expect(entry("\\GLOBAL??", "Example")).toEqual([
      { name: "Example", type: "SymbolicLink", target: "\\Device\\Example" },
      undefined,
    ]);
    expect(documents.filter((document) => document.sequence).map((record) => record.text)).toEqual([
      "userspace opened the device",
      "device is no longer in use by userspace",
      "userspace closed the device",
    ]);
  });

  it("reads as text too", async () => {
    const { code, text } = await run(["shell"], script);
    expect(code).toBe(0);
    expect(text).toMatch(/^Example +SymbolicLink +-> \\Device\\Example$/m);
    expect(text).toMatch(/STATE +: 4 {2}RUNNING/);
    expect(text).toMatch(/userspace opened the device\n.*no longer in use by userspace\n.*userspace closed the device/);
  });
});

describe('the scenario of "Reading and Writing"', () => {
  it("answers 13 bytes to a read after a write of 13, and 4096 to a write of 5000", async () => {
    const { code, data } = await run(
      ["shell", "--json"],
      lines(
        "sc create rw binPath= builtin:example-rw type= kernel",
        "sc start rw",
        "open \\\\.\\Example --access rw --name dev",
        'write dev "Hello, world!"',
        "read dev 4096",
        "read dev 4096 --offset 7",
        `write dev ${"x".repeat(5000)}`,
        "write dev --hex 00 --offset 1",
        "close dev",
      ),
    );
    const answers = data.map((text) => JSON.parse(text)).slice(3);
    expect(answers.slice(0, 4)).toMatchObject([
      { handle: "dev", name: "STATUS_SUCCESS", information: 13 },
      { information: 13, text: "Hello, world!", hex: "48656c6c6f2c20776f726c6421" },
      { information: 6, text: "world!" },
      { information: 4096 },
    ]);
    expect(answers[4].error).toMatchObject({ status: "0xC0000011", name: "STATUS_END_OF_FILE" });
    expect(code).toBe(1);
  });
});

describe("failures", () => {
  it("tells an NTSTATUS and exits 1", async () => {
    const nope = await run(["info", "\\Device\\Nope", "--json"]);
    expect(nope.code).toBe(1);
    expect(JSON.parse(nope.text).error).toMatchObject({ status: "0xC0000034", name: "STATUS_OBJECT_NAME_NOT_FOUND" });
    const device = await run(["open", "\\Device"]);
    expect(device.code).toBe(1);
    expect(device.messages.join()).toMatch(/^open: STATUS_\w+ \(0xC\w{7}\): .+\.$/);
  });

  it.each([
    [["nonsense"], "is not a command"],
    [["ls", "--nonsense"], "--nonsense"],
    [["ls", "a", "b"], "usage: ls"],
    [["read", "h1"], "usage: read"],
    [["read", "h1", "10"], 'no handle is named "h1"'],
    [["read", "h1", "-1"], "-1"],
    [["sc"], "usage: sc"],
    [["sc", "explode", "x"], "create, start, stop, delete, query"],
    [["sc", "create", "x"], "binPath= is missing"],
    [["sc", "create", "x", "binPath="], "wants a value"],
    [["sc", "start"], "which service"],
    [["log", "--regex", "("], "--regex"],
    [["log", "--duration", "soon"], "--duration"],
    [["dbgprint", "NOSUCH"], "no component"],
    [["--machine", "mars", "ls"], "mars"],
    [["shell", "--nonsense"], "--nonsense"],
    [["shell", "a", "b"], "one script"],
  ])("exits 2 with a sentence for %j", async (argv, sentence) => {
    const { code, messages, data } = await run(argv);
    expect({ code, data }).toEqual({ code: 2, data: [] });
    expect(messages.join("\n")).toContain(sentence);
  });

  it("goes on after a failing line and exits with the worst code", async () => {
    const script = lines("info \\Nope", "oops", "# a comment", "", 'ls "', "ls \\Driver");
    const { code, data, messages } = await run(["shell"], script);
    expect(code).toBe(2);
    expect(messages).toHaveLength(3);
    expect(data).toHaveLength(1);
    expect((await run(["shell", "--stop-on-error"], script)).code).toBe(1);
  });

  it("takes any path without breaking the engine", async () => {
    const paths = [
      "",
      "\\",
      "\\\\",
      "\\Device\\\\x",
      "\\a\u0000b",
      "\\\ud800",
      "x",
      `\\${"y".repeat(65_536)}`,
      "\\\\.\\",
      "C:",
    ];
    const quoted = (path: string) => `"${path.replaceAll('"', '""')}"`;
    const script = lines(
      ...paths.flatMap((path) => ["info", "open", "ls", "resolve"].map((verb) => `${verb} ${quoted(path)}`)),
      "ls \\Driver",
    );
    const { data } = await run(["shell", "--json"], script);
    const documents = data.map((text) => JSON.parse(text));
    expect(documents).toHaveLength(paths.length * 4 + 1);
    for (const document of documents) {
      expect(document.error === undefined || document.error.message.length > 0).toBe(true);
    }
    expect(documents.at(-1).entries.length).toBeGreaterThan(100);
  });
});

describe("log", () => {
  it("shows what came since the last log command, filtered as asked", async () => {
    const { data } = await run(
      ["shell", "--json"],
      lines(
        createExample,
        "sc start example",
        "open \\\\.\\Example",
        "log --include opened --max-lines 1",
        "close h1",
        "log",
        "log",
        "log --all --exclude userspace*closed;*nothing*",
        "log --clear",
        "log --all",
      ),
    );
    const texts = data.map((text) => JSON.parse(text).text).filter((text) => text !== undefined);
    expect(texts).toEqual([
      "userspace opened the device",
      "device is no longer in use by userspace",
      "userspace closed the device",
      "userspace opened the device",
      "device is no longer in use by userspace",
    ]);
  });

  it("exits 1 when the line that was waited for did not come", async () => {
    const { code, messages } = await run(["log", "--wait-for", "never printed", "--duration", "0.01"]);
    expect(code).toBe(1);
    expect(messages.join()).toContain("never printed");
  });
});

describe("help", () => {
  it.each(commandTable.map((command) => command.name))("explains %s without booting a machine", async (name) => {
    const noMachine = { code: 0, messages: [] };
    const explained = await run([name, "--help"]);
    expect(explained).toMatchObject(noMachine);
    expect(explained.text).toContain(`usage: ntscope ${name}`);
  });

  it("lists every command", async () => {
    const { code, text } = await run(["--help"]);
    expect(code).toBe(0);
    for (const command of commandTable) {
      expect(text).toContain(`  ${command.name}`);
    }
  });
});

describe("the other commands", () => {
  it("answer one JSON document each", async () => {
    const commands = [
      "handles",
      "runas",
      "services",
      "drivers",
      "devices --stack",
      "dbgprint --all",
      "pool",
      "pool --blocks --tag Drv*",
      "dt _DRIVER_OBJECT \\Driver\\Null",
      "find null --type Device",
      "resolve \\??\\NUL",
      "restart",
      "sleep 0",
    ];
    const { code, data, messages } = await run(["shell", "--json"], lines(...commands));
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    expect(data).toHaveLength(commands.length);
    for (const text of data) {
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });

  it("opens devices as whom it was told to, and says what keeps others out", async () => {
    const { code, data, messages } = await run(
      ["shell"],
      lines("runas", "runas standard", "open \\\\.\\PhysicalDrive0 --access r", "open \\Device\\Null", "runas nobody"),
    );
    expect(code).toBe(2);
    expect(data.join("\n")).toMatch(
      /MODEL\\admin .*: an elevated administrator[\s\S]*: a standard user[\s\S]*STATUS_SUCCESS/,
    );
    const refusals = messages.join("\n");
    expect(refusals).toMatch(
      /STATUS_ACCESS_DENIED.*\\Device\\Harddisk0\\DR0 refuses a standard user\. No entry.*FILE_READ_DATA/,
    );
    expect(refusals).toContain('not "nobody"');
  });

  it("switches a component's level", async () => {
    const { data } = await run(
      ["shell", "--json"],
      lines("dbgprint DEFAULT", "dbgprint default info off", "dbgprint 101 3 on"),
    );
    expect(data.map((text) => JSON.parse(text).mask)).toEqual([0xf, 0x7, 0xf]);
  });
});

describe("why an open failed", () => {
  it("is printed under the error when asked for, and is in the JSON always", async () => {
    const asked = await run(["open", "\\\\.\\Nope\\x", "--why"]);
    expect(asked).toMatchObject({ code: 1, data: [] });
    expect(asked.messages.join("\n").split("\n").slice(1)).toEqual([
      "  1. ?? in \\: Directory  The DOS devices of this process: \\GLOBAL??.",
      '  2. Nope in \\GLOBAL??: STATUS_OBJECT_PATH_NOT_FOUND  There is no "Nope" in \\GLOBAL??.',
    ]);
    const script = lines(
      "sc create s binPath= builtin:sanctum type= kernel",
      "sc start s",
      "open \\Device\\SanctumEDR",
    );
    const { messages } = await run(["shell", "-"], script);
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toContain("\n");
    const { data } = await run(["shell", "--json", "-"], script);
    const { error } = JSON.parse(data.at(-1) ?? "");
    expect(error.why.at(-1)).toMatchObject({
      component: "IRP_MJ_CREATE",
      within: "\\Device\\SanctumEDR",
      status: { name: error.name },
      note: expect.stringContaining("no dispatch routine for IRP_MJ_CREATE"),
    });
  });
});

describe("threads and the clock", () => {
  const deadlock = lines(
    "sc create deadlock binPath= builtin:deadlock type= kernel",
    "sc start deadlock",
    "clock pause",
    "open \\\\.\\Deadlock\\a &",
    "open \\\\.\\Deadlock\\b &",
    "clock step 2",
    "clock advance 5000",
  );

  it("shows who waits for what in a deadlock, and says the circle in words", async () => {
    const { code, data, messages } = await run(["shell", "-"], lines(deadlock, "threads --waiting"));
    expect(code).toBe(0);
    const [table = ""] = data.slice(-1);
    expect(table).toMatch(/waiting +0 +Mutant deadlock!DeviceExtension\+0x38 +thread \d+ +deadlock!DeadlockCreate/);
    const ids = [...table.matchAll(/^(\d+) +ntscope\.exe/gm)].map(([, id]) => id);
    expect(table.split("\n").at(-1)).toBe(
      `Deadlock: thread ${ids[0]} (ntscope.exe) waits for Mutant deadlock!DeviceExtension+0x38, which thread ${ids[1]} holds; thread ${ids[1]} (ntscope.exe) waits for Mutant deadlock!DeviceExtension, which thread ${ids[0]} holds.`,
    );
    expect(messages).toEqual([expect.stringContaining("2 lines have not ended")]);
  });

  it("waits for the lines that run beside, whose answers come when they end", async () => {
    const script = lines("clock pause", "open NUL --name n &", "clock", "clock run", "wait", "handles");
    const { code, data, messages } = await run(["shell", "--json", "-"], script);
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    const documents = data.map((text) => JSON.parse(text));
    expect(documents[1]).toMatchObject({ isPaused: true, waiting: 1 });
    expect(documents.filter(({ handle }) => handle === "n")).toHaveLength(1);
    expect(documents.at(-1)).toMatchObject([{ name: "n", path: "\\Device\\Null" }]);
  });

  it.each([
    ["clock", "stop"],
    ["clock", "step", "0"],
    ["clock", "advance"],
    ["clock", "pause", "5"],
  ])("%s %s %s is wrong usage", async (...words) => {
    expect((await run(words)).code).toBe(2);
  });
});
