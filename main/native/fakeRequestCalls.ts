/** Events and cancelling for this folder's tests: kernel events as Windows has them, without a Windows. */
import type { RequestCalls } from "./nativeRequests";

export class FakeRequestCalls implements RequestCalls {
  readonly #signalled = new Map<bigint, boolean>();
  readonly cancelled: { handle: bigint; ioStatus: Buffer }[] = [];
  /** Waits that run at the same time, now and at most. */
  waits = 0;
  mostWaits = 0;
  #next = 4n;
  #poke: () => void = () => undefined;

  get openEvents(): number {
    return this.#signalled.size;
  }

  create(): bigint {
    const event = this.#next;
    this.#next += 4n;
    this.#signalled.set(event, false);
    return event;
  }

  set(event: bigint): void {
    if (!this.#signalled.has(event)) throw new Error("a closed event was set");
    this.#signalled.set(event, true);
    this.#poke();
  }

  close(event: bigint): void {
    if (!this.#signalled.delete(event)) throw new Error("an event was closed twice");
  }

  async waitForAny(events: readonly bigint[]): Promise<number> {
    this.waits += 1;
    this.mostWaits = Math.max(this.waits, this.mostWaits);
    for (;;) {
      const index = events.findIndex((event) => this.#signalled.get(event) === true);
      if (index >= 0) {
        this.#signalled.set(events[index] as bigint, false);
        this.waits -= 1;
        return index;
      }
      await new Promise<void>((resolve) => {
        this.#poke = resolve;
      });
    }
  }

  async cancel(handle: bigint, ioStatus: Buffer): Promise<void> {
    this.cancelled.push({ handle, ioStatus });
  }

  addressOf(): bigint {
    return 0x1000n;
  }
}

/** A driver that pends what it is given: each request is held until the test completes it. */
export class PendingDriver {
  readonly held: { ioStatus: Buffer; event: bigint }[] = [];

  constructor(private readonly calls: FakeRequestCalls) {}

  readonly issue = async (ioStatus: Buffer, event: bigint): Promise<number> => {
    this.held.push({ ioStatus, event });
    return 0x103;
  };

  complete(index: number, status: number, information: number): void {
    const held = this.held[index];
    if (held === undefined) throw new Error(`no request ${index} is held`);
    held.ioStatus.writeUInt32LE(status, 0);
    held.ioStatus.writeBigUInt64LE(BigInt(information), 8);
    this.calls.set(held.event);
  }
}
