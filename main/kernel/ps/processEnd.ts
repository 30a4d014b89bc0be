/**
 * How threads of programs and their processes end ("Terminating a Process", "Handling IRPs" of the documentation). A thread that is
 * to end has its requests back first. The last one of a process closes its handles, one after the other, and waits for
 * IRP_MJ_CLEANUP and IRP_MJ_CLOSE as NtClose does: a driver that keeps one of these requests keeps the process.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE, majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { Executive } from "../../../native-bindings/abi/threadStates";
import type { IoManager } from "../io/ioManager";
import type { IrpRecord } from "../io/irpRecord";
import type { Coroutine, WaitRequest } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import type { Scheduler } from "../ke/scheduler";
import { type IoPending, ioPending, requestDone } from "../nt/ioOutcome";
import { KernelMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import type { Process, Ps, Thread } from "./ps";
import type { SystemThreads } from "./systemThreads";

/** No wait of its own: it is looked at when the calls that the thread has made have returned. */
const callsReturned: WaitRequest = {
  objects: [],
  waitAll: false,
  alertable: false,
  reason: Executive,
  mode: KernelMode,
  due: Number.POSITIVE_INFINITY,
  other: { kind: "Call", name: "", address: 0, begin: (resume) => resume(STATUS_SUCCESS) },
};

function isOfClose({ major }: IrpRecord): boolean {
  return major === IRP_MJ_CLEANUP || major === IRP_MJ_CLOSE;
}

export class ProcessEnd {
  constructor(
    private readonly ob: ObjectManager,
    private readonly io: IoManager,
    private readonly ps: Ps,
    private readonly scheduler: Scheduler,
    private readonly dispatcher: Dispatcher,
    private readonly threads: SystemThreads,
  ) {}

  /** NtTerminateProcess: its threads end as soon as the kernel can do without them. */
  terminate(process: Process): void {
    for (const thread of [...process.threads]) this.scheduler.terminate(thread);
  }

  /**
   * The end of the current thread, which is a program's, and with the last thread that of its process.
   * @returns whether it was the last
   */
  *exitThread(thread: Thread): Coroutine<boolean> {
    const { process } = thread;
    yield* this.#ownRequests(thread, true);
    const isLast = process.threads.every((other) => other === thread);
    if (isLast) {
      while (this.ob.handles.closeNext(process)) yield* this.closed(thread);
      this.dispatcher.signal(process.object);
    }
    this.threads.end(thread);
    if (isLast) this.ps.removeProcess(process);
    return isLast;
  }

  /** Until the drivers have done with the handles that the current thread has closed. */
  closed(thread: Thread): Coroutine<void> {
    return this.#ownRequests(thread, false);
  }

  /** @param all false: only those that tell a driver of a close */
  *#ownRequests(thread: Thread, all: boolean): Coroutine<void> {
    const isOwn = (record: IrpRecord) =>
      record.origin === "system" && record.thread === thread.object && !record.isOver && (all || isOfClose(record));
    for (;;) {
      // The request may be over and its dispatch routine still wait.
      if (thread.control.calls.length > 0) yield callsReturned;
      // The end of one may begin another: IRP_MJ_CLOSE comes after IRP_MJ_CLEANUP.
      const record = this.io.irps.live.find(isOwn);
      if (record === undefined) return;
      if (!isOfClose(record)) this.io.cancel.IoCancelIrp(record.irp);
      yield* requestDone(this.#pending(record), KernelMode, this.requestName(record.major, record.device));
    }
  }

  #pending(record: IrpRecord): IoPending<boolean> {
    return ioPending(record, () => true);
  }

  /** "IRP_MJ_READ of \Device\Example" */
  requestName(major: number, device: Address): string {
    return `${majorFunctionName(major)} of ${this.ob.names.pathOf(device) || "a device without a name"}`;
  }
}
