/**
 * The one thing the protocol asks of its transport: whole messages, in order, both ways. A MessagePort of any
 * kind, a pair in one process and a framed socket (main/remote) all fit behind it.
 */
import type { Disposable } from "../machine/machine";

export interface RpcPort {
  /** Never throws for a closed port: the message is then lost, and `onClose` has told or will tell. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Messages that came before the first listener wait for it. */
  onMessage(listener: (message: unknown) => void): Disposable;
  /** At most once. A port that closed before is told at once. */
  onClose(listener: () => void): Disposable;
  close(): void;
}
