/**
 * Calls into drivers by a thread of their own, which hands over through shared memory: the pool's way there and back
 * costs more than most such calls take. The caller waits a moment for the answer, and where the driver takes longer,
 * the answer comes by a message like any other (docs/decisions/0018-call-thread.md).
 */
import type { NativeArgument } from "../../native-bindings/koffi/library";

/** Ms that the calling thread waits: below what anybody notices, and some ten times what a call takes. */
const PATIENCE = 1;
/** Ms after which a call counts as hung, so that the process no longer waits for its thread when it ends. */
const HUNG_AFTER = 2_000;

/** What a call needs at most: NtCreateFile's eleven parameters. */
const MOST_PARAMETERS = 11;
const PARAMETERS_AT = 16;
export const CALL_MEMORY_BYTES = PARAMETERS_AT + MOST_PARAMETERS * 8;

/** The state of the shared memory. The thread moves `asked` to `answered`; the caller, when it waits no more, to `late`. */
export const callState = { ready: 0, asked: 1, answered: 2, late: 3, ended: 4 } as const;

/** The shared memory's parts: state, number of the function, count of parameters, NTSTATUS; then the parameters. */
export function callMemory(shared: SharedArrayBuffer): { cells: Int32Array; parameters: BigUint64Array } {
  return {
    cells: new Int32Array(shared, 0, PARAMETERS_AT / 4),
    parameters: new BigUint64Array(shared, PARAMETERS_AT, MOST_PARAMETERS),
  };
}

/** The thread as it is used here. Its first message is `ready`, each further one the answer to a call that was late. */
export interface CallWorker {
  onMessage(listener: (message: unknown) => void): void;
  onFailed(listener: (error: Error) => void): void;
  /** Whether the process must stay for it. */
  setBusy(isBusy: boolean): void;
}

export interface CallThreadOptions {
  start(shared: SharedArrayBuffer): CallWorker;
  addressOf(buffer: Uint8Array): bigint;
  /** Told when a call has hung: the thread cannot be ended before it returns. */
  hung(): void;
}

interface LateCall {
  resolve(status: number): void;
  reject(error: Error): void;
  /** Kept until the call has returned. */
  readonly parameters: readonly NativeArgument[];
  readonly timer: NodeJS.Timeout;
}

export class CallThread {
  readonly #shared = new SharedArrayBuffer(CALL_MEMORY_BYTES);
  readonly #memory = callMemory(this.#shared);
  #worker: CallWorker | undefined;
  #isReady = false;
  #late: LateCall | undefined;

  constructor(private readonly options: CallThreadOptions) {}

  /**
   * @param fn the function's number in the worker's table
   * @returns the NTSTATUS, signed; undefined where the thread cannot take the call now, and nothing was called
   */
  call(fn: number, parameters: readonly NativeArgument[]): Promise<number> | undefined {
    if (this.#worker === undefined) this.#start();
    if (!this.#isReady || this.#late !== undefined) return undefined;
    const { cells, parameters: slots } = this.#memory;
    parameters.forEach((parameter, index) => {
      slots[index] = this.#valueOf(parameter);
    });
    cells[1] = fn;
    cells[2] = parameters.length;
    Atomics.store(cells, 0, callState.asked);
    Atomics.notify(cells, 0);
    Atomics.wait(cells, 0, callState.asked, PATIENCE);
    if (Atomics.compareExchange(cells, 0, callState.asked, callState.late) === callState.answered) {
      return Promise.resolve(cells[3] ?? 0);
    }
    return this.#later(parameters);
  }

  #later(parameters: readonly NativeArgument[]): Promise<number> {
    this.#worker?.setBusy(true);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.options.hung(), HUNG_AFTER);
      timer.unref();
      this.#late = { resolve, reject, parameters, timer };
    });
  }

  #valueOf(parameter: NativeArgument): bigint {
    if (parameter === null) return 0n;
    if (typeof parameter === "object") return this.options.addressOf(parameter);
    return BigInt.asUintN(64, BigInt(parameter));
  }

  #start(): void {
    const worker = this.options.start(this.#shared);
    this.#worker = worker;
    worker.setBusy(false);
    worker.onMessage((message) => {
      if (message === "ready") this.#isReady = true;
      else this.#settle((late) => late.resolve(message as number));
    });
    worker.onFailed((error) => {
      this.#isReady = false;
      this.#settle((late) => late.reject(error));
    });
  }

  #settle(how: (late: LateCall) => void): void {
    const late = this.#late;
    if (late === undefined) return;
    this.#late = undefined;
    clearTimeout(late.timer);
    this.#worker?.setBusy(false);
    how(late);
  }

  dispose(): void {
    this.#isReady = false;
    if (this.#late !== undefined) this.options.hung();
    Atomics.store(this.#memory.cells, 0, callState.ended);
    Atomics.notify(this.#memory.cells, 0);
  }
}
