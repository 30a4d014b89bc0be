/** System calls on completion ports (winternl.h, phnt): NtCreateIoCompletion, NtSetIoCompletion, NtRemoveIoCompletion. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { IO_COMPLETION_MODIFY_STATE, IO_COMPLETION_QUERY_STATE } from "../../../native-bindings/abi/objectRights";
import type { IoCompletions, RemovedPacket } from "../io/ioCompletions";
import { type Coroutine, isCoroutine } from "../ke/call";
import { Later } from "../ke/later";
import type { Scheduler } from "../ke/scheduler";
import type { HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";

export class IoCompletionCalls {
  constructor(
    private readonly ob: ObjectManager,
    private readonly completions: IoCompletions,
    private readonly scheduler: Scheduler,
  ) {}

  NtCreateIoCompletion(desiredAccess: number, attributes: ObjectAttributes | undefined): HandleResult {
    const { ob, completions } = this;
    const { status, object } = ob.ObCreateObject(completions.type, attributes, undefined, ob.caller.mode);
    if (status !== STATUS_SUCCESS) return { status, handle: 0 };
    completions.initialize(object);
    return ob.ObInsertObject(object, desiredAccess);
  }

  /** A packet of the caller's own: PostQueuedCompletionStatus. */
  NtSetIoCompletion(handle: number, key: Address, context: Address, status: number, information: number): number {
    return this.#withPort(handle, IO_COMPLETION_MODIFY_STATE, (port) => {
      this.completions.queue(port, { key, context, status, information });
      return STATUS_SUCCESS;
    });
  }

  /** @returns packets that nobody has taken */
  NtQueryIoCompletion(handle: number): { status: number; depth: number } {
    let depth = 0;
    const status = this.#withPort(handle, IO_COMPLETION_QUERY_STATE, (port) => {
      depth = this.completions.depth(port);
      return STATUS_SUCCESS;
    });
    return { status, depth };
  }

  /**
   * @param timeout in 100 ns: below 0 from now, 0 does not wait; undefined for ever
   * @returns the oldest packet, now or later
   */
  NtRemoveIoCompletion(handle: number, timeout?: bigint): RemovedPacket | Later<RemovedPacket> {
    const { ob } = this;
    const { mode } = ob.caller;
    const opened = ob.ObReferenceObjectByHandle(handle, IO_COMPLETION_MODIFY_STATE, this.completions.type, mode);
    if (opened.status !== STATUS_SUCCESS) return { status: opened.status };
    const removed = this.completions.remove(opened.object, timeout, mode);
    const release = () => void ob.ObDereferenceObject(opened.object);
    if (!isCoroutine(removed)) {
      release();
      return removed;
    }
    const later = this.scheduler.finish(removed as Coroutine<RemovedPacket>);
    if (later instanceof Later) later.whenDone(release);
    else release();
    return later;
  }

  #withPort(handle: number, access: number, action: (port: Address) => number): number {
    const { ob } = this;
    const { status, object } = ob.ObReferenceObjectByHandle(handle, access, this.completions.type, ob.caller.mode);
    if (status !== STATUS_SUCCESS) return status;
    const answer = action(object);
    ob.ObDereferenceObject(object);
    return answer;
  }
}
