/** Work for the system's worker threads (wdm.h: IoAllocateWorkItem, IoQueueWorkItem, ExQueueWorkItem): at PASSIVE_LEVEL, soon. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { structure } from "../../../native-bindings/abi/structure";
import { WORK_QUEUE_ITEM } from "../../../native-bindings/abi/structures/sync";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { Pool } from "./pool";

/** NT keeps its layout to itself; these are the model's. */
const IO_WORKITEM = structure("IO_WORKITEM", 0x40, {
  WorkItem: [0x0, WORK_QUEUE_ITEM, "in the worker queue"],
  Routine: [0x20, "pointer", "the driver's routine"],
  IoObject: [0x28, "pointer", "device or driver object that stays meanwhile"],
  Context: [0x30, "pointer", "the routine's second argument"],
  IsQueued: [0x38, "u32", "1 from IoQueueWorkItem until the routine is called"],
});
const item = IO_WORKITEM.offset;
const WORK_ITEM_TAG = "IoWi";
/** INVALID_WORK_QUEUE_ITEM */
const INVALID_WORK_QUEUE_ITEM = 0x96;

export class WorkItems {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    private readonly ob: ObjectManager,
    private readonly call: (routine: Address, first: Address, second: Address) => MayWait<number>,
    private readonly startWorker: (work: Coroutine<undefined>) => void,
  ) {}

  /** @param ioObject device or driver object that must not go before the work is done; 0 when the pool is exhausted */
  IoAllocateWorkItem(ioObject: Address): Address {
    const at = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, IO_WORKITEM.size, WORK_ITEM_TAG);
    if (at === 0) return 0;
    this.memory.fill(at, IO_WORKITEM.size, 0);
    this.memory.writePointer(at + item.IoObject, ioObject);
    return at;
  }

  /** May be called by the routine itself. */
  IoFreeWorkItem(workItem: Address): void {
    this.#refuseQueued(workItem, "IoFreeWorkItem");
    this.pool.ExFreePoolWithTag(workItem, WORK_ITEM_TAG);
  }

  IoQueueWorkItem(workItem: Address, routine: Address, context: Address): void {
    this.#refuseQueued(workItem, "IoQueueWorkItem");
    const { memory, ob } = this;
    memory.writePointer(workItem + item.Routine, routine);
    memory.writePointer(workItem + item.Context, context);
    memory.writeU32(workItem + item.IsQueued, 1);
    const object = memory.readPointer(workItem + item.IoObject);
    ob.ObReferenceObject(object);
    const begin = () => memory.writeU32(workItem + item.IsQueued, 0);
    const end = () => void ob.ObDereferenceObject(object);
    this.startWorker(work(begin, () => this.call(routine, object, context), end));
  }

  /** @param queueItem WORK_QUEUE_ITEM of the driver's, which may free it in the routine */
  ExQueueWorkItem(queueItem: Address): void {
    const { memory } = this;
    const routine = memory.readPointer(queueItem + WORK_QUEUE_ITEM.offset.WorkerRoutine);
    const parameter = memory.readPointer(queueItem + WORK_QUEUE_ITEM.offset.Parameter);
    const nothing = () => undefined;
    this.startWorker(work(nothing, () => this.call(routine, parameter, 0), nothing));
  }

  #refuseQueued(workItem: Address, routine: string): void {
    if (this.memory.readU32(workItem + item.IsQueued) === 0) return;
    this.ke.bugCheck(INVALID_WORK_QUEUE_ITEM, [0, workItem, 0, 0], {
      rule: `${routine} was called for a work item that is queued and has not run yet.`,
      routine,
    });
  }
}

function* work(begin: () => void, run: () => MayWait<number>, end: () => void): Coroutine<undefined> {
  begin();
  const result = run();
  if (isCoroutine(result)) yield* result;
  end();
  return undefined;
}
