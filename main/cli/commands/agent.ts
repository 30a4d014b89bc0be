/** `agent`: serves a machine to other computers until it is stopped. */
import { hostname } from "node:os";
import { nodeScheduler } from "../../engine/nodeScheduler";
import type { Disposable } from "../../machine/machine";
import { ok, type Result } from "../../machine/result";
import { type AgentAddress, addressText, pairingLine, parseAddress } from "../../remote/agentAddress";
import { makeAgentKey, readOrMakeAgentKeyFile } from "../../remote/agentKey";
import type { AgentServer, AgentServerEvent } from "../../remote/agentServer";
import { type CliCommand, CommandFailure, type ParsedArgs, parseCount, UsageError } from "../command";
import type { Output, Session } from "../session";
import { plainJson } from "../text/plainJson";

export const agent: CliCommand = {
  name: "agent",
  summary: "serve this machine to an ntscope elsewhere",
  usage: "[--listen HOST:PORT] [--key-file F] [--end-when-idle S]",
  options: {
    listen: { type: "string", value: "HOST:PORT", help: "where to listen (127.0.0.1 and any free port unless given)" },
    "end-when-idle": { type: "string", value: "S", help: "end when no client has been attached for S seconds" },
    "key-file": { type: "string", value: "F", help: "file of the key; made, for its owner alone, where there is none" },
  },
  positionals: [0, 0],
  standsAlone: true,
  details: [
    "Prints a pairing line to standard error. Who has it can do with the machine what you can; give it to",
    "--machine on the other side: ntscope shell --machine ntscope-agent:HOST:PORT:KEY, or, with the key in a",
    "file, ntscope shell --machine agent:HOST:PORT --key-file F. Without --key-file each start has a new key.",
    "Connections are encrypted. SIGINT or SIGTERM ends the agent.",
  ].join("\n"),
  async run(session, args) {
    const { alone } = session;
    if (alone === undefined) throw new UsageError("agent: runs by itself, not in a shell: ntscope agent");
    const address = listenAddress(args.text("listen"));
    const key = given(await keyOf(args, session.output));
    const idle = idleTime(args.text("end-when-idle"));
    // Loaded when first used: sockets and ciphers would cost every other command some ms.
    const { listenAsAgent } = await import("../../remote/agentServer");
    const engine = given(await alone.openEngine());
    try {
      const name = hostname();
      const ending = new IdleEnd(alone.stopped, idle);
      const onEvent = (event: AgentServerEvent) => {
        session.output.message(eventText(event));
        ending.noteClient(event.kind);
      };
      const options = { engine, key, name, scheduler: nodeScheduler, onEvent, ...(address ? { address } : {}) };
      const server = given(await listenAsAgent(options));
      announce(session, server, key);
      await ending.reached;
      await server.stop();
    } finally {
      engine.dispose();
    }
    return undefined;
  },
};

function listenAddress(text: string | undefined): AgentAddress | undefined {
  if (text === undefined) return undefined;
  const address = parseAddress(text);
  if (!address.ok) throw new UsageError(`agent: --listen: ${address.error.message}`);
  return address.value;
}

async function keyOf(args: ParsedArgs, output: Output): Promise<Result<Uint8Array>> {
  const file = args.text("key-file");
  if (file === undefined) return ok(makeAgentKey());
  const key = await readOrMakeAgentKeyFile(file);
  if (!key.ok) return key;
  if (key.value.made) output.message(`agent: made a new key in ${file}`);
  return ok(key.value.key);
}

function announce({ output, json }: Session, { address, identity }: AgentServer, key: Uint8Array): void {
  const isOpen = address.host === "0.0.0.0" || address.host === "::";
  if (!address.host.startsWith("127.") && address.host !== "::1") {
    output.message("agent: other computers can reach this; who has the pairing line can use this machine");
  }
  // Nobody connects to "any address": the other side needs this computer's name.
  const reached = isOpen ? { ...address, host: hostname() } : address;
  output.message(`pairing line: ${pairingLine({ ...reached, key })}`);
  const listening = { host: address.host, port: address.port };
  output.data(json ? plainJson({ listening, agent: identity }) : `listening on ${addressText(address)}`);
}

function eventText({ kind, client, reason }: AgentServerEvent): string {
  return `agent: ${client} ${kind}${reason === undefined ? "" : `: ${reason}`}`;
}

/** Milliseconds; undefined for an agent that stays until it is stopped. */
function idleTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseCount("agent", "--end-when-idle", text, 1) * 1000;
}

/** When the agent ends: when it is told to, or when nobody has been attached for a while. */
class IdleEnd {
  readonly reached: Promise<void>;
  private clients = 0;
  private timer: Disposable | undefined;
  private end: () => void = () => undefined;

  constructor(
    stopped: AbortSignal,
    private readonly idle: number | undefined,
  ) {
    this.reached = new Promise((resolve) => {
      this.end = resolve;
    });
    if (stopped.aborted) this.end();
    else stopped.addEventListener("abort", this.end, { once: true });
    this.wait();
  }

  noteClient(kind: AgentServerEvent["kind"]): void {
    if (kind === "attached") this.clients += 1;
    else if (kind === "detached") this.clients -= 1;
    this.wait();
  }

  private wait(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.clients === 0 && this.idle !== undefined) this.timer = nodeScheduler.later(this.idle, this.end);
  }
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new CommandFailure(result.error);
  return result.value;
}
