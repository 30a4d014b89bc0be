/**
 * The asking side. Every call answers a `Result`: a lost peer is a failure like any other.
 */
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, type Result } from "../machine/result";
import { type ClientMessage, parseServerMessage } from "./rpcMessage";
import type { RpcPort } from "./rpcPort";
import type { VerbTable } from "./rpcServer";

export interface RpcClient<V extends VerbTable<V>, E> extends Disposable {
  /**
   * Aborting `signal` asks the other side to give up; the call then answers what came of it (a read that was
   * cancelled answers STATUS_CANCELLED, one that was faster answers its bytes).
   */
  call<K extends keyof V & string>(
    verb: K,
    params: V[K][0],
    options?: { signal?: AbortSignal },
  ): Promise<Result<V[K][1]>>;
  on<K extends keyof E & string>(event: K, listener: (value: E[K]) => void): Disposable;
}

export function createRpcClient<V extends VerbTable<V>, E>(port: RpcPort): RpcClient<V, E> {
  return new PortClient<V, E>(port);
}

type Listener = (value: unknown) => void;

class PortClient<V extends VerbTable<V>, E> implements RpcClient<V, E> {
  private readonly unanswered = new Map<number, (result: Result<unknown>) => void>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private nextId = 1;
  private gone = false;

  constructor(private readonly port: RpcPort) {
    port.onClose(() => this.end());
    port.onMessage((message) => this.receive(message));
  }

  call<K extends keyof V & string>(
    verb: K,
    params: V[K][0],
    options: { signal?: AbortSignal } = {},
  ): Promise<Result<V[K][1]>> {
    const { signal } = options;
    if (this.gone) return Promise.resolve(fail(engineGone()));
    if (signal?.aborted) return Promise.resolve(fail(ntscopeError("cancelled", "Cancelled before it began.")));
    const id = this.nextId;
    this.nextId += 1;
    const cancel = () => this.post({ type: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    return new Promise((resolve) => {
      this.unanswered.set(id, (result) => {
        signal?.removeEventListener("abort", cancel);
        resolve(result as Result<V[K][1]>);
      });
      try {
        this.port.post({ type: "call", id, verb, params } satisfies ClientMessage);
      } catch (error) {
        this.settle(id, fail(ntscopeError("bad-request", `${verb}: could not be sent: ${String(error)}`)));
      }
    });
  }

  on<K extends keyof E & string>(event: K, listener: (value: E[K]) => void): Disposable {
    // A fresh function each time, so that the same listener given twice is two registrations.
    const registered: Listener = (value) => listener(value as E[K]);
    const listeners = this.listeners.get(event) ?? new Set<Listener>();
    this.listeners.set(event, listeners);
    listeners.add(registered);
    if (listeners.size === 1) this.post({ type: "listen", event, on: true });
    return {
      dispose: () => {
        if (listeners.delete(registered) && listeners.size === 0) this.post({ type: "listen", event, on: false });
      },
    };
  }

  dispose(): void {
    if (this.gone) return;
    this.post({ type: "bye" });
    this.end();
    this.port.close();
  }

  private receive(value: unknown): void {
    const message = parseServerMessage(value);
    switch (message?.type) {
      case "answer":
        this.settle(message.id, message.result);
        break;
      case "event":
        this.dispatch(message.event, message.value);
        break;
      case "bye":
        this.end();
        this.port.close();
        break;
    }
  }

  private dispatch(event: string, value: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) {
      try {
        listener(value);
      } catch (error) {
        // One listener's fault must neither starve the others nor stop the flow of events; it is still thrown.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    this.post({ type: "acknowledge", event });
  }

  private settle(id: number, result: Result<unknown>): void {
    const resolve = this.unanswered.get(id);
    this.unanswered.delete(id);
    resolve?.(result);
  }

  private end(): void {
    this.gone = true;
    for (const id of [...this.unanswered.keys()]) this.settle(id, fail(engineGone()));
  }

  private post(message: ClientMessage): void {
    if (!this.gone) this.port.post(message);
  }
}

function engineGone() {
  return ntscopeError("engine-gone", "The engine ended before it answered.");
}
