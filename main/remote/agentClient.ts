/**
 * One connection to an agent, from the first packet to the client of its engine. Every way in which it can fail is
 * told in words that name what to do about it.
 */
import { connect, type TLSSocket } from "node:tls";
import type { EngineClient, EngineEvents, EngineVerbs } from "../engine/protocol";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { createRpcClient } from "../rpc/rpcClient";
import { addressText, type Pairing } from "./agentAddress";
import { FRAME_LIMIT } from "./frame";
import {
  type AgentIdentity,
  HANDSHAKE_TIME,
  HELLO_LIMIT,
  type Hello,
  NTSCOPE_VERSION,
  PROTOCOL_VERSION,
  parseHelloAnswer,
  versionSentence,
} from "./handshake";
import { clientTls } from "./pskTls";
import { SocketPort, type SocketPortOptions } from "./socketPort";

export interface AgentClientOptions {
  pairing: Pairing;
  scheduler: Scheduler;
  signal?: AbortSignal;
  /** Limits of the port. */
  port?: Omit<SocketPortOptions, "scheduler">;
  /** What is said instead of this version's own greeting: for tests of the refusal. */
  hello?: Hello;
}

export interface AgentConnection {
  readonly agent: AgentIdentity;
  readonly client: EngineClient;
  /** Told once, with why. Calls that were under way have their answer by then. */
  onClose(listener: (reason: string) => void): Disposable;
}

const ownHello: Hello = { ntscope: "hello", protocol: PROTOCOL_VERSION, version: NTSCOPE_VERSION };

/** Errors: `agent-unreachable`, `agent-refused` (it answered and said no), `cancelled`. */
export async function connectAgent(options: AgentClientOptions): Promise<Result<AgentConnection>> {
  const socket = await secureSocket(options);
  if (!socket.ok) return socket;
  const { scheduler, hello = ownHello } = options;
  const frameLimit = options.port?.frameLimit ?? FRAME_LIMIT;
  const port = new SocketPort(socket.value, { ...options.port, scheduler, frameLimit });
  port.setFrameLimit(HELLO_LIMIT);
  const answer = await firstMessage(port, options, hello);
  if (!answer.ok) return answer;
  const agent = acceptedAgent(answer.value, hello, options);
  if (!agent.ok) {
    port.close();
    return agent;
  }
  port.setFrameLimit(frameLimit);
  const client = createRpcClient<EngineVerbs, EngineEvents>(port);
  return ok({
    agent: agent.value,
    client,
    onClose: (listener) => port.onClose(() => listener(port.closeReason ?? "")),
  });
}

function secureSocket(options: AgentClientOptions): Promise<Result<TLSSocket>> {
  const { pairing, scheduler, signal } = options;
  const { host, port, key } = pairing;
  if (signal?.aborted) return Promise.resolve(cancelled());
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...clientTls(key) });
    socket.setNoDelay(true);
    const settle = (result: Result<TLSSocket>) => {
      deadline.dispose();
      signal?.removeEventListener("abort", abort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const abort = () => settle(cancelled());
    const deadline = scheduler.later(HANDSHAKE_TIME, () => {
      settle(unreachable(options, `it did not answer within ${HANDSHAKE_TIME / 1000} s`));
    });
    signal?.addEventListener("abort", abort, { once: true });
    socket.once("secureConnect", () => settle(ok(socket)));
    // Stays: an error after the handshake is the port's, and one after a settled failure nobody's.
    socket.on("error", (error: NodeJS.ErrnoException) => settle(failedHandshake(options, error)));
    socket.once("close", () => settle(failedHandshake(options, { code: "ECONNRESET" })));
  });
}

function firstMessage(port: SocketPort, options: AgentClientOptions, hello: Hello): Promise<Result<unknown>> {
  const { scheduler, signal } = options;
  return new Promise((resolve) => {
    const settle = (result: Result<unknown>) => {
      deadline.dispose();
      signal?.removeEventListener("abort", abort);
      message.dispose();
      resolve(result);
    };
    const abort = () => {
      settle(cancelled());
      port.close();
    };
    const deadline = scheduler.later(HANDSHAKE_TIME, () => port.close("The agent said nothing."));
    signal?.addEventListener("abort", abort, { once: true });
    const message = port.onMessage((value) => settle(ok(value)));
    port.onClose(() => settle(unreachable(options, port.closeReason ?? "it went")));
    port.post(hello);
  });
}

function acceptedAgent(message: unknown, hello: Hello, options: AgentClientOptions): Result<AgentIdentity> {
  const answer = parseHelloAnswer(message);
  if (answer === undefined) return unreachable(options, "what it says is no greeting of an ntscope agent");
  if (answer.protocol !== hello.protocol) {
    return refused(options, versionSentence({ protocol: answer.protocol, version: answer.agent.version }, hello));
  }
  return answer.ntscope === "refused" ? refused(options, answer.reason) : ok(answer.agent);
}

function failedHandshake(options: AgentClientOptions, error: { code?: string | undefined; message?: string }) {
  const { code = "" } = error;
  if (/ALERT|DECRYPT|BAD_RECORD_MAC|DIGEST_CHECK/.test(code)) {
    return refused(options, "It does not take this key: use the key or the pairing line that it printed.");
  }
  if (code.startsWith("ERR_SSL")) return unreachable(options, `what answers there is no ntscope agent (${code})`);
  if (code === "ECONNREFUSED") return unreachable(options, "nothing listens there; is the agent running?");
  if (code === "ECONNRESET") {
    const text = "the connection was closed before the key was proved: no agent, or one that refuses us for a while";
    return unreachable(options, `${text} after wrong keys`);
  }
  return unreachable(options, error.message ?? code);
}

function unreachable({ pairing }: AgentClientOptions, why: string) {
  return fail(ntscopeError("agent-unreachable", `No connection to the agent at ${addressText(pairing)}: ${why}`));
}

function refused({ pairing }: AgentClientOptions, why: string) {
  return fail(ntscopeError("agent-refused", `The agent at ${addressText(pairing)} refused: ${why}`));
}

function cancelled() {
  return fail(ntscopeError("cancelled", "The connection was given up."));
}
