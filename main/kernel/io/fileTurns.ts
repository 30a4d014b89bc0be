/**
 * One request at a time on a synchronous file (FO_SYNCHRONOUS_IO): FILE_OBJECT.Busy is the lock, Lock the event that those
 * behind wait for, Waiters their number, as NT has them.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FO_ALERTABLE_IO, FO_SYNCHRONOUS_IO } from "../../../native-bindings/abi/fileObjectFlags";
import { STATUS_CANCELLED, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { DISPATCHER_HEADER } from "../../../native-bindings/abi/structures/dispatcher";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { UserRequest } from "../../../native-bindings/abi/threadStates";
import { type Coroutine, isCoroutine } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { Later } from "../ke/later";
import type { Scheduler } from "../ke/scheduler";
import type { KeThread } from "../ke/threadControl";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ProcessorMode } from "../ob/caller";

const { Flags: FLAGS, Busy: BUSY, Waiters: WAITERS, Lock: LOCK, Event: EVENT } = FILE_OBJECT.offset;
const EVENT_STATE = EVENT + DISPATCHER_HEADER.offset.SignalState;

/** A turn that has not come yet. */
export interface WaitingTurn {
  /** STATUS_SUCCESS when it has come; else why it never will. */
  readonly status: Later<number>;
  /** Gives it up: what waits for it ends with STATUS_CANCELLED. Without effect once it has come. */
  giveUp(): void;
}

export class FileTurns {
  constructor(
    private readonly memory: KernelMemory,
    private readonly dispatcher: Dispatcher,
    private readonly scheduler: Scheduler,
    private readonly current: () => { readonly thread: KeThread; readonly mode: ProcessorMode },
  ) {}

  isSynchronous(file: Address): boolean {
    return (this.memory.readU32(file + FLAGS) & FO_SYNCHRONOUS_IO) !== 0;
  }

  /**
   * The start of a request on any file: its event is reset.
   * @returns undefined when the turn has come; {@link end} gives it back
   */
  begin(file: Address): WaitingTurn | undefined {
    const { memory } = this;
    if (this.isSynchronous(file)) {
      if (memory.readU32(file + BUSY) !== 0) return this.#wait(file);
      memory.writeU32(file + BUSY, 1);
    }
    memory.writeI32(file + EVENT_STATE, 0);
    return undefined;
  }

  /** The request is over, and with it the turn. */
  end(file: Address): void {
    const { memory } = this;
    if (!this.isSynchronous(file)) return;
    memory.writeU32(file + BUSY, 0);
    if (memory.readU32(file + WAITERS) !== 0) this.dispatcher.KeSetEvent(file + LOCK);
  }

  /** FILE_OBJECT.Event, which programs wait for through the handle. */
  signal(file: Address): void {
    this.dispatcher.KeSetEvent(file + EVENT);
  }

  #wait(file: Address): WaitingTurn {
    const { mode } = this.current();
    const waiting: { thread?: KeThread } = {};
    const ended = this.scheduler.finish(this.#take(file, mode, waiting));
    const status = new Later<number>();
    if (ended instanceof Later) ended.whenDone((value) => status.settle(value));
    else status.settle(ended);
    const giveUp = () => {
      const request = waiting.thread?.control.wait?.request;
      if (waiting.thread === undefined || request?.objects[0] !== file + LOCK) return;
      this.scheduler.end(waiting.thread, request, STATUS_CANCELLED);
    };
    return { status, giveUp };
  }

  *#take(file: Address, mode: ProcessorMode, waiting: { thread?: KeThread }): Coroutine<number> {
    const { memory } = this;
    const { thread } = this.current();
    const alertable = (memory.readU32(file + FLAGS) & FO_ALERTABLE_IO) !== 0;
    memory.writeU32(file + WAITERS, memory.readU32(file + WAITERS) + 1);
    waiting.thread = thread;
    let status: number = STATUS_SUCCESS;
    while (status === STATUS_SUCCESS && memory.readU32(file + BUSY) !== 0) {
      const wait = this.dispatcher.KeWaitForSingleObject(file + LOCK, { mode, alertable, reason: UserRequest });
      status = isCoroutine(wait) ? yield* wait : wait;
    }
    delete waiting.thread;
    memory.writeU32(file + WAITERS, memory.readU32(file + WAITERS) - 1);
    if (status !== STATUS_SUCCESS) return status;
    memory.writeU32(file + BUSY, 1);
    memory.writeI32(file + EVENT_STATE, 0);
    return status;
  }
}
