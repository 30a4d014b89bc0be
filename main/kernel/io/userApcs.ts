/**
 * APC routines that end requests (the ApcRoutine of NtReadFile): they run in the thread that asked, when it waits
 * alertably. Programs of the model are no code of its processor, so what would run is handed to whoever plays the program.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_USER_APC } from "../../../native-bindings/abi/ntstatus/codes";
import type { Scheduler } from "../ke/scheduler";
import type { KeThread } from "../ke/threadControl";

export interface UserApc {
  readonly routine: Address;
  readonly context: Address;
  readonly ioStatusBlock: Address;
}

export class UserApcs {
  readonly #queued = new Map<Address, UserApc[]>();

  constructor(
    private readonly scheduler: Scheduler,
    /** By KTHREAD; undefined for one that has ended. */
    private readonly threadOf: (object: Address) => KeThread | undefined,
  ) {}

  /** Ends an alertable wait of the thread with STATUS_USER_APC. */
  queue(object: Address, apc: UserApc): void {
    const thread = this.threadOf(object);
    if (thread === undefined) return;
    const queued = this.#queued.get(object);
    if (queued === undefined) this.#queued.set(object, [apc]);
    else queued.push(apc);
    this.scheduler.alert(thread, STATUS_USER_APC);
  }

  /** NtTestAlert: takes what waits for a thread, the oldest first. */
  take(thread: Address): readonly UserApc[] {
    const queued = this.#queued.get(thread) ?? [];
    this.#queued.delete(thread);
    return queued;
  }
}
