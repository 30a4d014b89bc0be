/**
 * The listener side that all port adapters share: keeps messages until somebody listens, and tells of the close once.
 */
import type { Disposable } from "../machine/machine";

export class PortEvents {
  private readonly messageListeners = new Set<(message: unknown) => void>();
  private readonly closeListeners = new Set<() => void>();
  private waiting: unknown[] = [];
  private closed = false;

  get isClosed(): boolean {
    return this.closed;
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    this.messageListeners.add(listener);
    const waiting = this.waiting;
    this.waiting = [];
    for (const message of waiting) listener(message);
    return { dispose: () => void this.messageListeners.delete(listener) };
  }

  onClose(listener: () => void): Disposable {
    if (this.closed) {
      listener();
      return { dispose() {} };
    }
    this.closeListeners.add(listener);
    return { dispose: () => void this.closeListeners.delete(listener) };
  }

  message(message: unknown): void {
    if (this.closed) return;
    if (this.messageListeners.size === 0) {
      this.waiting.push(message);
      return;
    }
    for (const listener of [...this.messageListeners]) listener(message);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.waiting = [];
    const listeners = [...this.closeListeners];
    this.closeListeners.clear();
    this.messageListeners.clear();
    for (const listener of listeners) listener();
  }
}
