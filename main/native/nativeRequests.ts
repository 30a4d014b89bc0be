/**
 * Requests to drivers as NT has them for an asynchronous handle: issued on a thread of the pool, which is free again as
 * soon as the driver has answered or pended; then an event tells the end. So a request that is kept occupies no thread.
 * Source: NtReadFile, NtCancelIoFileEx (WDK), "Canceling Pending I/O Operations" (Win32).
 */
import { performance } from "node:perf_hooks";
import { STATUS_PENDING } from "../../native-bindings/abi/ntstatus/codes";
import { NT_ERROR } from "../../native-bindings/abi/ntstatus/ntStatus";
import { IO_STATUS_BLOCK } from "../../native-bindings/abi/structures/ioStatusBlock";
import type { PendingRequest } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { type EventCalls, EventWaiter, MOST_EVENTS } from "./eventWaiter";
import { PoolGate } from "./poolGate";

/** How a request ended. `information` is 0 after an error: NT leaves the status block as it was then. */
export interface Outcome {
  status: number;
  information: number;
  /** Milliseconds from the call to the end. */
  duration: number;
}

export interface RequestCalls extends EventCalls {
  /** NtCancelIoFileEx, on a thread of the pool: it runs the driver's cancel routine. */
  cancel(handle: bigint, ioStatus: Buffer): Promise<unknown>;
  /** Of a buffer's first byte. */
  addressOf(buffer: Buffer): bigint;
}

export interface RequestToIssue {
  /** `IRP_MJ_READ`... */
  readonly operation: string;
  /** The NT path that was opened. */
  readonly device: string;
  /** Undefined while there is none: an open. Such a request cannot be cancelled, only left. */
  readonly handle: bigint | undefined;
  /**
   * Makes the call on a thread of the pool; answers its NTSTATUS. What the driver still writes to after
   * STATUS_PENDING must be referred to by this function, which is kept until the end.
   */
  issue(ioStatus: Buffer, event: bigint): Promise<number>;
  /** Called with the outcome when nobody waits for it any more. */
  abandoned?(outcome: Outcome): void;
}

interface LiveRequest {
  readonly request: RequestToIssue;
  readonly ioStatus: Buffer;
  readonly event: bigint;
  readonly since: number;
  isCancelled: boolean;
}

/** Two calls that drivers block leave two of the pool's four threads: one waits for events, one cancels and closes. */
const MOST_CALLS = 2;
/** Ms that a driver has to complete what it was told to cancel. */
const CANCEL_GRACE = 2_000;
/** Ms until what is under way is told: most requests are over by then. */
const TELL_AFTER = 50;

const notIssued = fail(ntscopeError("cancelled", "Cancelled before the request was made."));
const stays = "The request stays with its driver until that completes it.";
const left = fail(ntscopeError("cancelled", `No longer waiting. ${stays}`));
const ignored = fail(
  ntscopeError("cancelled", `The driver was told to cancel and did not within ${CANCEL_GRACE / 1000} s. ${stays}`),
);
const tooMany = fail(
  ntscopeError("too-many-requests", `Drivers keep ${MOST_EVENTS} requests of NtScope, which is all it waits for.`),
);

export class NativeRequests {
  readonly #gate = new PoolGate(MOST_CALLS);
  readonly #waiter: EventWaiter;
  /** All that the system may still write to is reached from here. */
  readonly #live = new Set<LiveRequest>();
  /** Events that no request uses: NT resets one when it is given to a request. */
  readonly #events: bigint[] = [];
  #timer: NodeJS.Timeout | undefined;
  #told = "";

  /** @param onPending told of the requests under way when they have changed, a little later */
  constructor(
    private readonly calls: RequestCalls,
    private readonly onPending: (pending: PendingRequest[]) => void,
  ) {
    this.#waiter = new EventWaiter(calls);
  }

  /** An NTSTATUS of any kind is an outcome; a failure is `cancelled` where nobody waits any more, `too-many-requests`. */
  async run(request: RequestToIssue, signal: AbortSignal | undefined): Promise<Result<Outcome>> {
    if (!(await this.#gate.enter(signal))) return notIssued;
    if (this.#live.size >= MOST_EVENTS) {
      this.#gate.leave();
      return tooMany;
    }
    const live: LiveRequest = {
      request,
      ioStatus: Buffer.alloc(IO_STATUS_BLOCK.size),
      event: this.#events.pop() ?? this.calls.create(),
      since: Date.now(),
      isCancelled: false,
    };
    this.#live.add(live);
    this.#tellSoon();
    const done = this.#complete(live);
    return signal === undefined ? ok(await done) : await this.#untilCancelled(live, done, signal);
  }

  async #complete(live: LiveRequest): Promise<Outcome> {
    const { ioStatus, event } = live;
    const started = performance.now();
    let status = await this.#issue(live);
    if (status === STATUS_PENDING) {
      // Until now there may have been nothing that could be cancelled.
      if (live.isCancelled) await this.#cancel(live);
      // Where this throws, the driver still has the buffers: they stay in `#live`.
      await this.#waiter.wait(event);
      status = ioStatus.readUInt32LE(IO_STATUS_BLOCK.offset.Status);
    }
    const duration = performance.now() - started;
    const information = Number(ioStatus.readBigUInt64LE(IO_STATUS_BLOCK.offset.Information));
    this.#forget(live);
    return { status, information: NT_ERROR(status) ? 0 : information, duration };
  }

  #forget(live: LiveRequest): void {
    this.#events.push(live.event);
    this.#live.delete(live);
    this.#tellSoon();
  }

  async #issue(live: LiveRequest): Promise<number> {
    try {
      return (await live.request.issue(live.ioStatus, live.event)) >>> 0;
    } catch (error) {
      // The call was not made.
      this.#forget(live);
      throw error;
    } finally {
      this.#gate.leave();
    }
  }

  #untilCancelled(live: LiveRequest, done: Promise<Outcome>, signal: AbortSignal): Promise<Result<Outcome>> {
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      let isWaiting = true;
      const leave = (why: Result<Outcome>) => {
        isWaiting = false;
        resolve(why);
      };
      const cancel = () => {
        live.isCancelled = true;
        if (live.request.handle === undefined) return leave(left);
        grace = setTimeout(() => leave(ignored), CANCEL_GRACE);
        this.#cancel(live).catch(reject);
      };
      const finish = () => {
        clearTimeout(grace);
        signal.removeEventListener("abort", cancel);
      };
      done.then((outcome) => {
        finish();
        if (isWaiting) resolve(ok(outcome));
        else live.request.abandoned?.(outcome);
      }, reject);
      done.catch(finish);
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel, { once: true });
    });
  }

  async #cancel({ request, ioStatus }: LiveRequest): Promise<void> {
    if (request.handle !== undefined) await this.calls.cancel(request.handle, ioStatus);
  }

  /** Oldest first. */
  pending(): PendingRequest[] {
    return [...this.#live].map(({ request: { operation, device }, ioStatus, since }) => {
      const irp = `0x${this.calls.addressOf(ioStatus).toString(16).toUpperCase().padStart(16, "0")}`;
      // User mode is not told which driver a device belongs to.
      return { irp, operation, device, driver: "", since };
    });
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const pending = this.pending();
      const told = pending.map(({ irp, since }) => `${irp} ${since}`).join("\n");
      if (told === this.#told) return;
      this.#told = told;
      this.onPending(pending);
    }, TELL_AFTER).unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#waiter.dispose();
    for (const event of this.#events.splice(0)) this.calls.close(event);
  }
}
