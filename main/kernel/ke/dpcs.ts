/** Deferred procedure calls (wdm.h: KeInitializeDpc, KeInsertQueueDpc, KeRemoveQueueDpc): run at DISPATCH_LEVEL, in whatever thread is there. */
import type { Address } from "../../../native-bindings/abi/address";
import { KDPC } from "../../../native-bindings/abi/structures/deviceQueue";
import type { KernelMemory } from "../mem/kernelMemory";
import { DISPATCH_LEVEL, type Ke } from "./ke";

/** KOBJECTS.DpcObject */
const DPC_OBJECT = 0x13;
const MEDIUM_IMPORTANCE = 1;
const HIGH_IMPORTANCE = 2;

const field = KDPC.offset;

export class Dpcs {
  readonly #queue: Address[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    /** Calls the DPC routine with the KDPC, its context and its two arguments. */
    private readonly call: (routine: Address, dpc: Address, context: Address, first: Address, second: Address) => void,
  ) {
    ke.whenDispatchEnds = () => this.retire();
  }

  KeInitializeDpc(dpc: Address, routine: Address, context: Address): void {
    const { memory } = this;
    memory.fill(dpc, KDPC.size, 0);
    memory.writeU8(dpc + field.Type, DPC_OBJECT);
    memory.writeU8(dpc + field.Importance, MEDIUM_IMPORTANCE);
    memory.writePointer(dpc + field.DeferredRoutine, routine);
    memory.writePointer(dpc + field.DeferredContext, context);
  }

  /** @returns false when it was queued already: it runs once, with the arguments of then */
  KeInsertQueueDpc(dpc: Address, first: Address, second: Address): boolean {
    if (!this.queue(dpc, first, second)) return false;
    if (this.ke.irql < DISPATCH_LEVEL) this.retire();
    return true;
  }

  /** As KeInsertQueueDpc, and leaves it to the scheduler to run it. */
  queue(dpc: Address, first: Address, second: Address): boolean {
    const { memory } = this;
    if (memory.readPointer(dpc + field.DpcData) !== 0) return false;
    memory.writePointer(dpc + field.DpcData, dpc);
    memory.writePointer(dpc + field.SystemArgument1, first);
    memory.writePointer(dpc + field.SystemArgument2, second);
    if (memory.readU8(dpc + field.Importance) === HIGH_IMPORTANCE) this.#queue.unshift(dpc);
    else this.#queue.push(dpc);
    return true;
  }

  /** @returns whether it was queued, and now never runs */
  KeRemoveQueueDpc(dpc: Address): boolean {
    const at = this.#queue.indexOf(dpc);
    if (at < 0) return false;
    this.#queue.splice(at, 1);
    this.memory.writePointer(dpc + field.DpcData, 0);
    return true;
  }

  get queued(): readonly Address[] {
    return this.#queue;
  }

  /** Runs what is queued. At a lower IRQL than DISPATCH_LEVEL only. */
  retire(): void {
    while (this.runOne());
  }

  /** @returns whether there was one */
  runOne(): boolean {
    const dpc = this.#queue.shift();
    if (dpc === undefined) return false;
    const { memory } = this;
    const at = (offset: number) => memory.readPointer(dpc + offset);
    // Before it runs: it may queue itself again.
    memory.writePointer(dpc + field.DpcData, 0);
    const parameters = [at(field.DeferredContext), at(field.SystemArgument1), at(field.SystemArgument2)] as const;
    this.ke.asDpc(() => this.call(at(field.DeferredRoutine), dpc, ...parameters));
    return true;
  }
}
