/**
 * An agent's door: a TLS server that lets in who knows the key, and serves each of them the same engine. Nothing of the
 * engine is touched before the key is proved and the versions agree.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { RpcPort } from "../rpc/rpcPort";
import { type AgentAddress, addressText } from "./agentAddress";
import { defaultFailureLimits, FailedHandshakes, type FailureLimits } from "./failedHandshakes";
import { FRAME_LIMIT } from "./frame";
import {
  type AgentIdentity,
  HANDSHAKE_TIME,
  HELLO_LIMIT,
  type HelloAnswer,
  NTSCOPE_VERSION,
  PROTOCOL_VERSION,
  parseHello,
  versionSentence,
} from "./handshake";
import { serverTls } from "./pskTls";
import { SocketPort, type SocketPortOptions } from "./socketPort";

export interface AgentServerOptions {
  /** Served to every client; stays its owner's. */
  engine: { serve(port: RpcPort): Disposable };
  key: Uint8Array;
  /** Loopback on any free port when left out. */
  address?: AgentAddress;
  /** What the agent calls itself: the computer's name. */
  name: string;
  scheduler: Scheduler;
  /** Clients at a time. */
  mostClients?: number;
  failures?: FailureLimits;
  /** Limits of each client's port. */
  port?: Omit<SocketPortOptions, "scheduler">;
  /** Told of who comes, goes and is refused, with a sentence. */
  onEvent?(event: AgentServerEvent): void;
}

export interface AgentServerEvent {
  kind: "attached" | "detached" | "refused";
  /** `HOST:PORT` of the client. */
  client: string;
  /** Why it went or was refused. */
  reason?: string;
}

export interface AgentServer {
  /** Where it really listens. */
  readonly address: AgentAddress;
  readonly identity: AgentIdentity;
  readonly clients: number;
  /** Says goodbye to the clients and ends; resolves when no connection is left. */
  stop(): Promise<void>;
}

const LOOPBACK: AgentAddress = { host: "127.0.0.1", port: 0 };
const MOST_CLIENTS = 16;
/** Connections at a time that have not proved the key yet. */
const MOST_STRANGERS = 64;
const ID_BYTES = 16;

export async function listenAsAgent(options: AgentServerOptions): Promise<Result<AgentServer>> {
  const server = new TlsAgentServer(options);
  const { host, port } = options.address ?? LOOPBACK;
  try {
    await server.listen(host, port);
    return ok(server);
  } catch (error) {
    const text = `The agent cannot listen on ${addressText({ host, port })}: ${(error as Error).message}.`;
    return fail(ntscopeError("cannot-listen", text));
  }
}

class TlsAgentServer implements AgentServer {
  readonly identity: AgentIdentity;
  private readonly sockets: Server;
  private readonly handshakes: ReturnType<typeof createTlsServer>;
  private readonly failures: FailedHandshakes;
  private readonly strangers = new Set<Socket>();
  private readonly ports = new Set<SocketPort>();
  private welcomed = 0;
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: AgentServerOptions) {
    const { key, name, scheduler, failures = defaultFailureLimits } = options;
    this.identity = { id: randomBytes(ID_BYTES).toString("hex"), name, version: NTSCOPE_VERSION };
    this.failures = new FailedHandshakes(failures, () => scheduler.now());
    // Never listens itself: it gets the sockets that passed the limits.
    this.handshakes = createTlsServer(serverTls(key, HANDSHAKE_TIME));
    this.handshakes.on("secureConnection", (socket) => this.greet(socket));
    this.handshakes.on("tlsClientError", (error, socket) => this.failed(socket, error));
    this.sockets = createServer((socket) => this.connected(socket));
  }

  get address(): AgentAddress {
    const address = this.sockets.address();
    return typeof address === "object" && address ? { host: address.address, port: address.port } : LOOPBACK;
  }

  get clients(): number {
    return this.welcomed;
  }

  async listen(host: string, port: number): Promise<void> {
    this.sockets.listen(port, host);
    await once(this.sockets, "listening");
    // No room for one more socket, say: that caller is gone, the others stay.
    this.sockets.on("error", (error) => this.tell("refused", addressText(this.address), error.message));
  }

  stop(): Promise<void> {
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async close(): Promise<void> {
    const closed = once(this.sockets, "close");
    this.sockets.close();
    for (const port of [...this.ports]) port.close("The agent was stopped.");
    for (const socket of this.strangers) socket.destroy();
    await closed;
  }

  private connected(socket: Socket): void {
    const client = clientOf(socket);
    socket.on("error", () => {});
    if (this.failures.isRefused(socket.remoteAddress ?? "")) {
      this.tell("refused", client, "It failed to prove the key too often; it is not answered for a while.");
      socket.destroy();
    } else if (this.strangers.size >= MOST_STRANGERS) {
      this.tell("refused", client, `${MOST_STRANGERS} connections have not proved the key yet.`);
      socket.destroy();
    } else {
      socket.setNoDelay(true);
      this.strangers.add(socket);
      socket.once("close", () => this.strangers.delete(socket));
      this.handshakes.emit("connection", socket);
    }
  }

  private failed(socket: TLSSocket, error: NodeJS.ErrnoException): void {
    this.failures.add(socket.remoteAddress ?? "");
    this.tell("refused", clientOf(socket), `It did not prove the key (${error.code ?? error.message}).`);
    socket.destroy();
  }

  private greet(socket: TLSSocket): void {
    const { scheduler } = this.options;
    const client = clientOf(socket);
    const port = new SocketPort(socket, { ...this.options.port, scheduler, frameLimit: this.frameLimit });
    port.setFrameLimit(HELLO_LIMIT);
    this.ports.add(port);
    const deadline = scheduler.later(HANDSHAKE_TIME, () => port.close("Nothing was said."));
    let refusal: string | undefined;
    const unheard = port.onClose(() => {
      deadline.dispose();
      this.ports.delete(port);
      this.tell("refused", client, refusal ?? port.closeReason);
    });
    const first = port.onMessage((message) => {
      first.dispose();
      refusal = this.refusalOf(message);
      port.post(this.answer(refusal));
      if (refusal !== undefined) return port.close(refusal);
      deadline.dispose();
      unheard.dispose();
      this.welcome(port, client);
    });
  }

  private get frameLimit(): number {
    return this.options.port?.frameLimit ?? FRAME_LIMIT;
  }

  private welcome(port: SocketPort, client: string): void {
    port.setFrameLimit(this.frameLimit);
    this.welcomed += 1;
    this.tell("attached", client);
    port.onClose(() => {
      this.welcomed -= 1;
      this.ports.delete(port);
      this.tell("detached", client, port.closeReason);
    });
    this.options.engine.serve(port);
  }

  private refusalOf(message: unknown): string | undefined {
    const { mostClients = MOST_CLIENTS } = this.options;
    const hello = parseHello(message);
    if (hello === undefined) return "The first message was no greeting of an ntscope client.";
    if (hello.protocol !== PROTOCOL_VERSION) {
      return versionSentence({ protocol: PROTOCOL_VERSION, version: NTSCOPE_VERSION }, hello);
    }
    return this.welcomed >= mostClients ? `${mostClients} clients are attached to the agent already.` : undefined;
  }

  private answer(refusal: string | undefined): HelloAnswer {
    const base = { protocol: PROTOCOL_VERSION, agent: this.identity };
    return refusal === undefined ? { ntscope: "welcome", ...base } : { ntscope: "refused", ...base, reason: refusal };
  }

  private tell(kind: AgentServerEvent["kind"], client: string, reason?: string): void {
    this.options.onEvent?.({ kind, client, ...(reason === undefined ? {} : { reason }) });
  }
}

function clientOf(socket: Socket): string {
  return addressText({ host: socket.remoteAddress ?? "a client that is gone", port: socket.remotePort ?? 0 });
}
