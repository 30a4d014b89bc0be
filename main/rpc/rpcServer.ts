/**
 * The answering side: a table of verbs, each with a schema and a handler, served to any number of ports.
 * Pure: it knows no transport, no Node and no Electron.
 */
import type { GenericSchema } from "valibot";
import type { Disposable } from "../machine/machine";
import type { Result } from "../machine/result";
import type { EventPolicy } from "./eventQueue";
import type { RpcPort } from "./rpcPort";
import { ServerSession } from "./serverSession";

/** verb -> [parameters, answer]. */
export type VerbTable<V> = { [K in keyof V]: [unknown, unknown] };

export interface CallContext<C> {
  /** Aborts when the caller gives up or goes away. Made when it is first looked at: it costs more than most calls. */
  readonly signal: AbortSignal;
  /** What the service keeps for this client. */
  readonly client: C;
}

export type VerbHandlers<V extends VerbTable<V>, C> = {
  [K in keyof V]: (params: V[K][0], context: CallContext<C>) => Result<V[K][1]> | Promise<Result<V[K][1]>>;
};

export type VerbSchemas<V extends VerbTable<V>> = { [K in keyof V]: GenericSchema<unknown, V[K][0]> };

export interface RpcService<V extends VerbTable<V>, E, C extends Disposable> {
  schemas: VerbSchemas<V>;
  handlers: VerbHandlers<V, C>;
  events: { [K in keyof E]: EventPolicy<E[K]> };
  /** Made for each port that connects, disposed when it goes. */
  connect(): C;
  /** Buffers of an answer that may be handed over instead of copied. */
  transfer?(verb: keyof V, value: unknown): ArrayBuffer[];
  /** A handler threw: a fault of ours, answered to the caller as `internal` and told here. */
  onFault(fault: { verb: string; error: unknown }): void;
}

export interface RpcLimits {
  /** Calls of one client that run at a time; more wait their turn. */
  running: number;
  /** Calls of one client that may wait; more are refused as `busy`. */
  waiting: number;
}

/** Wide enough that reads which a driver never completes do not lock their user out; 65,536 waiting calls are a few MB. */
const defaultLimits: RpcLimits = { running: 256, waiting: 65_536 };

export class RpcServer<V extends VerbTable<V>, E, C extends Disposable> implements Disposable {
  private readonly sessions = new Set<ServerSession<V, E, C>>();

  constructor(
    private readonly service: RpcService<V, E, C>,
    private readonly limits: RpcLimits = defaultLimits,
  ) {}

  get clients(): number {
    return this.sessions.size;
  }

  /** Answers this port until it closes or the returned object is disposed. */
  serve(port: RpcPort): Disposable {
    const session: ServerSession<V, E, C> = new ServerSession(this.service, this.limits, port, () =>
      this.sessions.delete(session),
    );
    this.sessions.add(session);
    session.start();
    return session;
  }

  emit<K extends keyof E & string>(event: K, value: E[K]): void {
    for (const session of [...this.sessions]) session.emit(event, value);
  }

  dispose(): void {
    for (const session of [...this.sessions]) session.dispose();
  }
}
