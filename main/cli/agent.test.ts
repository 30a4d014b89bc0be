/** An agent and its clients as scripts use them: two command lines that talk over loopback. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { takeMachine } from "../attach/machineChoice";
import { agentKeyText, makeAgentKey } from "../remote/agentKey";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

let folder: string;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ntscope-agent-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function run(argv: string[], script = "") {
  const data: string[] = [];
  const messages: string[] = [];
  const code = await runCli(argv, {
    output: { data: (text) => data.push(text), message: (text) => messages.push(text) },
    stdin: Readable.from([script]),
    openEngine: openMachine,
    untilStopped: () => AbortSignal.abort(),
  });
  return { code, data, messages };
}

/** `ntscope agent --json` until it listens. */
async function startAgent(...words: string[]) {
  const stopped = new AbortController();
  const messages: string[] = [];
  let done: Promise<number> = Promise.resolve(0);
  const document = await new Promise<string>((resolve, reject) => {
    done = runCli(["agent", "--json", ...words], {
      output: { data: resolve, message: (text) => messages.push(text) },
      stdin: Readable.from([]),
      openEngine: openMachine,
      untilStopped: () => stopped.signal,
    });
    done.then((code) => reject(new Error(`ended with ${code}: ${messages.join("; ")}`)), reject);
  });
  const stop = () => {
    stopped.abort();
    return done;
  };
  stops.push(stop);
  const pairing = messages.join("\n").match(/^pairing line: (\S+)$/m)?.[1] ?? "";
  const { listening } = JSON.parse(document) as { listening: { host: string; port: number } };
  return { pairing, listening, messages, stop };
}

const script = [
  "sc create example binPath= builtin:example type= kernel",
  "sc start example",
  "open \\\\.\\Example",
  "close h1",
  "log --all",
  "ls \\Driver",
].join("\n");

describe("ntscope agent", () => {
  it("serves the same machine to a shell and to single commands, and ends when it is told to", async () => {
    const { pairing, listening, messages, stop } = await startAgent();
    expect(listening.host).toBe("127.0.0.1");
    expect(pairing).toMatch(new RegExp(`^ntscope-agent:127\\.0\\.0\\.1:${listening.port}:[\\w-]{43}$`));
    const shell = await run(["shell", "--json", "--machine", pairing], script);
    expect(shell).toMatchObject({ code: 0, messages: [] });
    const documents = shell.data.map((text) => JSON.parse(text));
    expect(documents.filter((document) => document.sequence).map((record) => record.text)).toEqual([
      "userspace opened the device",
      "device is no longer in use by userspace",
      "userspace closed the device",
    ]);
    // Another command, another connection, the same machine.
    const found = await run(["ls", "\\Driver", "--json", `--machine=${pairing}`]);
    expect(JSON.parse(found.data[0] ?? "").entries).toContainEqual(expect.objectContaining({ name: "example" }));
    const log = await run(["log", "--machine", pairing, "--wait-for", "closed the device"]);
    expect(log.code).toBe(0);
    expect(log.data).toHaveLength(3);
    expect(await stop()).toBe(0);
    expect(messages.filter((text) => text.endsWith(" attached"))).toHaveLength(3);
    const gone = await run(["ls", "\\", "--json", "--machine", pairing]);
    expect(gone.code).toBe(1);
    expect(JSON.parse(gone.data[0] ?? "").error).toMatchObject({
      name: "agent-unreachable",
      message: expect.stringContaining("nothing listens there"),
    });
  });

  it("keeps its key in a file, which the other side can name too", async () => {
    const keyFile = join(folder, "key");
    const first = await startAgent("--key-file", keyFile);
    expect(first.messages[0]).toContain("made a new key");
    const machine = `agent:127.0.0.1:${first.listening.port}`;
    expect(await run(["ls", "\\", "--machine", machine, "--key-file", keyFile])).toMatchObject({ code: 0 });
    await first.stop();
    const second = await startAgent("--key-file", keyFile, "--listen", `127.0.0.1:${first.listening.port}`);
    expect(second.pairing).toBe(first.pairing);
    expect(await run(["ls", "\\", "--machine", machine, `--key-file=${keyFile}`])).toMatchObject({ code: 0 });
  });

  it("refuses a wrong key in words", async () => {
    const { pairing, messages } = await startAgent();
    const wrong = `${pairing.slice(0, pairing.lastIndexOf(":"))}:${agentKeyText(makeAgentKey())}`;
    const { code, messages: told } = await run(["ls", "\\", "--machine", wrong]);
    expect(code).toBe(1);
    expect(told[0]).toMatch(/^--machine: agent-refused: .* does not take this key/);
    expect(messages.join("\n")).toMatch(/refused: It did not prove the key/);
  });

  it("says what is wrong with its words, its address or its key file", async () => {
    const { listening } = await startAgent();
    expect(await run(["agent", "--listen", "nowhere"])).toMatchObject({ code: 2 });
    expect(await run(["agent", "--listen", `127.0.0.1:${listening.port}`])).toMatchObject({ code: 1 });
    expect(await run(["agent", "--key-file", folder])).toMatchObject({ code: 1 });
    expect(await run(["agent", "--machine", "agent:h:1", "--key-file", "f"])).toMatchObject({ code: 2 });
    const inShell = await run(["shell"], "agent");
    expect(inShell).toMatchObject({ code: 2, messages: ["agent: runs by itself, not in a shell: ntscope agent"] });
    const help = await run(["agent", "--help"]);
    expect(help.data[0]).toContain("usage: ntscope agent [--listen HOST:PORT] [--key-file F]");
  });
});

describe("--machine", () => {
  it.each([
    [["ls"], { machine: { kind: "model" }, words: ["ls"] }],
    [
      ["--machine", "model", "agent", "--key-file", "f"],
      { machine: { kind: "model" }, words: ["agent", "--key-file", "f"] },
    ],
    [
      ["ls", "--machine=agent:[::1]:5", "--key-file", "f", "\\"],
      { machine: { kind: "keyFile", address: { host: "::1", port: 5 }, file: "f" }, words: ["ls", "\\"] },
    ],
    [
      ["write", "h1", "--", "--machine", "x"],
      { machine: { kind: "model" }, words: ["write", "h1", "--", "--machine", "x"] },
    ],
  ])("of %j is taken out of the words", (argv, taken) => {
    expect(takeMachine(argv)).toEqual(taken);
  });

  it.each([
    [["--machine"], "its value is missing"],
    [["--machine", "mars"], "is no machine"],
    [["--machine", "agent:5"], "no HOST:PORT"],
    [["--machine", "agent:h:5"], "needs its key"],
    [["--machine", "ntscope-agent:h:5:short"], "no pairing line"],
  ])("of %j is refused in words", (argv, sentence) => {
    expect(takeMachine(argv)).toEqual({ error: expect.stringContaining(sentence) });
  });
});
