/**
 * Two ports joined in one process: the command line talks to its engine through these, so that it takes the same
 * road (schemas, ids, back-pressure) as the window. Messages are cloned unless told otherwise, so that neither side
 * can come to lean on shared objects, which a real port would not give it.
 */
import type { Disposable } from "../machine/machine";
import { PortEvents } from "./portEvents";
import type { RpcPort } from "./rpcPort";

export interface InProcessPortOptions {
  /** False: messages pass by reference. Faster, for callers that treat answers as frozen. */
  clone?: boolean;
}

export function createInProcessPorts(options: InProcessPortOptions = {}): [RpcPort, RpcPort] {
  const clone = options.clone ?? true;
  const first = new InProcessPort(clone);
  const second = new InProcessPort(clone);
  first.peer = second;
  second.peer = first;
  return [first, second];
}

class InProcessPort implements RpcPort {
  peer: InProcessPort | undefined;
  private readonly events = new PortEvents();

  constructor(private readonly clone: boolean) {}

  post(message: unknown, transfer?: readonly ArrayBuffer[]): void {
    const peer = this.peer;
    if (!peer || this.events.isClosed) return;
    const sent = this.clone ? structuredClone(message, transfer ? { transfer: [...transfer] } : undefined) : message;
    // Not delivered within post(): a caller must never be re-entered by its own request, as with a real port.
    queueMicrotask(() => peer.events.message(sent));
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.events.onMessage(listener);
  }

  onClose(listener: () => void): Disposable {
    return this.events.onClose(listener);
  }

  close(): void {
    const peer = this.peer;
    this.peer = undefined;
    this.events.close();
    if (peer) queueMicrotask(() => peer.close());
  }
}
