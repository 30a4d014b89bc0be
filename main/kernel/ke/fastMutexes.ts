/** Fast mutexes (wdm.h: ExAcquireFastMutex): not recursive, held at APC_LEVEL. */
import type { Address } from "../../../native-bindings/abi/address";
import { FAST_MUTEX } from "../../../native-bindings/abi/structures/sync";
import { WrFastMutex } from "../../../native-bindings/abi/threadStates";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Coroutine, MayWait } from "./call";
import type { Dispatcher } from "./dispatcher";
import { KeInitializeEvent, SynchronizationEvent } from "./dispatcherObjects";
import { APC_LEVEL, type Ke } from "./ke";
import type { KeThread } from "./threadControl";

const { Count: COUNT, Owner: OWNER, Contention: CONTENTION, Event: EVENT, OldIrql: OLD_IRQL } = FAST_MUTEX.offset;
const MUTEX_NOT_OWNED = 0x11;

export class FastMutexes {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly dispatcher: Dispatcher,
    private readonly current: () => KeThread,
  ) {}

  ExInitializeFastMutex(mutex: Address): void {
    this.memory.fill(mutex, FAST_MUTEX.size, 0);
    this.memory.writeI32(mutex + COUNT, 1);
    KeInitializeEvent(this.memory, mutex + EVENT, SynchronizationEvent, false);
  }

  /** @returns 0, once it is held */
  ExAcquireFastMutex(mutex: Address): MayWait<number> {
    const { memory } = this;
    const irql = this.ke.KeRaiseIrql(APC_LEVEL);
    const count = memory.readI32(mutex + COUNT) - 1;
    memory.writeI32(mutex + COUNT, count);
    if (count === 0) return this.#take(mutex, irql);
    memory.writeU32(mutex + CONTENTION, memory.readU32(mutex + CONTENTION) + 1);
    const wait = this.dispatcher.KeWaitForSingleObject(mutex + EVENT, { reason: WrFastMutex });
    return typeof wait === "number" ? this.#take(mutex, irql) : this.ke.awaiting(this.#takeLater(mutex, irql, wait));
  }

  *#takeLater(mutex: Address, irql: number, wait: Coroutine<number>): Coroutine<number> {
    yield* wait;
    return this.#take(mutex, irql);
  }

  #take(mutex: Address, irql: number): number {
    this.memory.writePointer(mutex + OWNER, this.current().object);
    this.memory.writeU32(mutex + OLD_IRQL, irql);
    return 0;
  }

  /** @returns whether it is held now */
  ExTryToAcquireFastMutex(mutex: Address): boolean {
    if (this.memory.readI32(mutex + COUNT) !== 1) return false;
    this.ExAcquireFastMutex(mutex);
    return true;
  }

  ExReleaseFastMutex(mutex: Address): void {
    const { memory } = this;
    if (memory.readPointer(mutex + OWNER) !== this.current().object) {
      this.ke.bugCheck(MUTEX_NOT_OWNED, [mutex, this.current().object, 0, 0], {
        rule: "ExReleaseFastMutex was called by a thread that does not hold the fast mutex.",
        routine: "ExReleaseFastMutex",
      });
    }
    const irql = memory.readU32(mutex + OLD_IRQL);
    memory.writePointer(mutex + OWNER, 0);
    const count = memory.readI32(mutex + COUNT) + 1;
    memory.writeI32(mutex + COUNT, count);
    if (count <= 0) this.dispatcher.KeSetEvent(mutex + EVENT);
    this.ke.KeLowerIrql(irql);
  }
}

/** The fast mutex that an event belongs to whose wait has the reason WrFastMutex. */
export function fastMutexOf(event: Address): Address {
  return event - EVENT;
}

export function fastMutexOwner(memory: KernelMemory, mutex: Address): Address {
  return memory.readPointer(mutex + OWNER);
}
