// The log of an agent brought into a client over loopback: the agent is the command line in a process of its own, its
// driver prints 100,000 lines at each open, and the memory is this process's, which is only the client.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { parsePairingLine } from "../../main/remote/agentAddress";
import { openRemoteEngine, type RemoteEngine } from "../../main/remote/remoteEngine";
import { ensureBuilt } from "../../scripts/bootstrap/buildParts.mjs";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { mostMemory } from "./measure";

const OPENS = 5;
/** What the driver builtin:crowd prints when it is opened, beside a line or two of its own. */
const LINES = 100_000;

async function run(): Promise<readonly BenchmarkRow[]> {
  await ensureBuilt(["main"]);
  const script = path.join(rootDir, "out", "main", "cli.js");
  const agent = spawn(process.execPath, [script, "agent"], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const pairing = parsePairingLine(await pairingLine(agent));
    const engine = await openRemoteEngine({ pairing: required(pairing) });
    return await measure(required(engine));
  } finally {
    agent.kill();
  }
}

async function measure(engine: RemoteEngine): Promise<readonly BenchmarkRow[]> {
  const client = engine.connect();
  required(await client.call("services.create", { name: "crowd", binPath: "builtin:crowd", type: "kernel" }));
  required(await client.call("services.start", { name: "crowd" }));
  await engine.sync();
  const before = engine.log.store.total;
  const started = performance.now();
  for (let opened = 0; opened < OPENS; opened += 1) {
    const { handle } = required(await client.call("devices.open", { path: "\\\\.\\Crowd", access: "r" }));
    required(await client.call("devices.close", { handle }));
  }
  await engine.sync();
  const seconds = (performance.now() - started) / 1000;
  const lines = engine.log.store.total - before;
  const { lost } = engine.log.state(0);
  client.dispose();
  engine.dispose();
  return [
    {
      what: "500,000 lines of an agent on loopback: in the client's log",
      value: lines - lost,
      unit: "lines",
      target: { bound: "at least", value: OPENS * LINES, of: "value" },
    },
    {
      what: "... how fast they come, with the time that the agent's driver takes",
      value: lines / seconds,
      unit: "lines/s",
      target: { bound: "at least", value: 50_000, of: "value" },
    },
    {
      what: "... the client process's memory at its greatest",
      value: mostMemory(),
      unit: "MB",
      target: { bound: "at most", value: 200, of: "value" },
    },
  ];
}

/** What the agent says after that is read too, so that it never waits for a full pipe. */
function pairingLine({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stderr === null) return reject(new Error("the agent has no standard error"));
    const lines = createInterface({ input: stderr });
    lines.on("line", (line) => {
      const found = /pairing line: (\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    lines.on("close", () => reject(new Error("the agent ended without a pairing line")));
  });
}

function required<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const benchmark: Benchmark = { name: "agent log", run };
export default benchmark;
