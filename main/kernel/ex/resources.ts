/**
 * ERESOURCEs (wdm.h: ExAcquireResourceExclusiveLite...): one owner, or many that share; recursive. Who wants it alone comes
 * before those who would share it, but for those who have it already or say that they may not wait for anybody.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { RESOURCE_NOT_OWNED } from "../../../native-bindings/abi/bugcheckCodes";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { ERESOURCE, OWNER_ENTRY } from "../../../native-bindings/abi/structures/sync";
import { WrResource } from "../../../native-bindings/abi/threadStates";
import type { Coroutine, MayWait, WaitRequest } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { KeThread } from "../ke/threadControl";
import type { KernelMemory } from "../mem/kernelMemory";
import { KernelMode } from "../ob/caller";

const field = ERESOURCE.offset;
const owner = OWNER_ENTRY.offset;
/** ERESOURCE.Flag: held by one alone. */
const RESOURCE_EXCLUSIVE = 0x80;

interface Waiter {
  readonly thread: Address;
  readonly exclusive: boolean;
  readonly resume: (status: number) => void;
}

interface Resource {
  exclusive: boolean;
  /** Thread to the number of times it has it. */
  readonly holders: Map<Address, number>;
  readonly waiters: Waiter[];
}

/** Of those who share: who else they let go first. */
type Sharing = "waitForExclusive" | "ownersFirst" | "starveExclusive";

export class Resources {
  readonly #resources = new Map<Address, Resource>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly current: () => KeThread,
  ) {}

  ExInitializeResourceLite(resource: Address): void {
    this.memory.fill(resource, ERESOURCE.size, 0);
    this.#resources.set(resource, { exclusive: false, holders: new Map(), waiters: [] });
  }

  ExDeleteResourceLite(resource: Address): void {
    this.#of(resource);
    this.#resources.delete(resource);
  }

  /** Those that exist: what a driver forgot to delete. */
  get all(): Address[] {
    return [...this.#resources.keys()];
  }

  /** Threads that have it. */
  holders(resource: Address): Address[] {
    return [...(this.#resources.get(resource)?.holders.keys() ?? [])];
  }

  /** @returns 1 when it is held, 0 when it is not and `wait` is false */
  ExAcquireResourceExclusiveLite(resource: Address, wait: boolean): MayWait<number> {
    const state = this.#of(resource);
    const { object } = this.current();
    const mine = state.holders.has(object);
    if (state.holders.size === 0 || (state.exclusive && mine)) return this.#grant(resource, state, object, true);
    return wait ? this.#wait(resource, state, true) : 0;
  }

  ExAcquireResourceSharedLite(resource: Address, wait: boolean): MayWait<number> {
    return this.#share(resource, wait, "ownersFirst");
  }

  ExAcquireSharedStarveExclusive(resource: Address, wait: boolean): MayWait<number> {
    return this.#share(resource, wait, "starveExclusive");
  }

  ExAcquireSharedWaitForExclusive(resource: Address, wait: boolean): MayWait<number> {
    return this.#share(resource, wait, "waitForExclusive");
  }

  #share(resource: Address, wait: boolean, sharing: Sharing): MayWait<number> {
    const state = this.#of(resource);
    const { object } = this.current();
    const mine = state.holders.has(object);
    if (state.exclusive) {
      if (mine) return this.#grant(resource, state, object, true);
      return wait ? this.#wait(resource, state, false) : 0;
    }
    const mustLetGo = state.waiters.some(({ exclusive }) => exclusive);
    const goesFirst = sharing === "starveExclusive" || (sharing === "ownersFirst" && mine);
    if (!mustLetGo || goesFirst) return this.#grant(resource, state, object, false);
    return wait ? this.#wait(resource, state, false) : 0;
  }

  #grant(resource: Address, state: Resource, thread: Address, exclusive: boolean): number {
    if (state.holders.size === 0) state.exclusive = exclusive;
    state.holders.set(thread, (state.holders.get(thread) ?? 0) + 1);
    this.#show(resource, state);
    return 1;
  }

  #wait(resource: Address, state: Resource, exclusive: boolean): Coroutine<number> {
    const { object } = this.current();
    const { memory } = this;
    memory.writeU32(resource + field.ContentionCount, memory.readU32(resource + field.ContentionCount) + 1);
    const request: WaitRequest = {
      objects: [],
      waitAll: false,
      alertable: false,
      reason: WrResource,
      mode: KernelMode,
      due: Number.POSITIVE_INFINITY,
      other: {
        kind: "Resource",
        name: "",
        address: resource,
        begin: (resume) => {
          state.waiters.push({ thread: object, exclusive, resume });
          this.#show(resource, state);
        },
      },
    };
    return this.ke.awaiting(acquired(request));
  }

  ExReleaseResourceLite(resource: Address): void {
    const state = this.#of(resource);
    const { object } = this.current();
    const count = state.holders.get(object);
    if (count === undefined) this.#notOwned(resource, object);
    if (count > 1) state.holders.set(object, count - 1);
    else state.holders.delete(object);
    this.#show(resource, state);
    this.#passOn(resource, state);
  }

  ExConvertExclusiveToSharedLite(resource: Address): void {
    const state = this.#of(resource);
    if (!state.exclusive) this.#notOwned(resource, this.current().object);
    state.exclusive = false;
    this.#show(resource, state);
    this.#passOn(resource, state);
  }

  #passOn(resource: Address, state: Resource): void {
    for (let next = state.waiters[0]; next !== undefined; next = state.waiters[0]) {
      const isFree = state.holders.size === 0;
      if (!isFree && (next.exclusive || state.exclusive)) return;
      state.waiters.shift();
      this.#grant(resource, state, next.thread, next.exclusive);
      next.resume(STATUS_SUCCESS);
      if (next.exclusive) return;
    }
  }

  isHeldExclusively(resource: Address): boolean {
    const state = this.#of(resource);
    return state.exclusive && state.holders.has(this.current().object);
  }

  /** How often the current thread has it. */
  holdCount(resource: Address): number {
    return this.#of(resource).holders.get(this.current().object) ?? 0;
  }

  waiterCount(resource: Address, exclusive: boolean): number {
    return this.#of(resource).waiters.filter((waiter) => waiter.exclusive === exclusive).length;
  }

  #of(resource: Address): Resource {
    const state = this.#resources.get(resource);
    if (state !== undefined) return state;
    return this.ke.bugCheck(RESOURCE_NOT_OWNED, [resource, this.current().object, 0, 0], {
      rule: "An ERESOURCE was used that is not initialized, or has been deleted: ExInitializeResourceLite comes first.",
      routine: "ExAcquireResourceLite",
    });
  }

  #notOwned(resource: Address, thread: Address): never {
    return this.ke.bugCheck(RESOURCE_NOT_OWNED, [resource, thread, 0, 0], {
      rule: "ExReleaseResourceLite was called by a thread that does not hold the resource.",
      routine: "ExReleaseResourceLite",
    });
  }

  /** What a debugger finds in the structure. */
  #show(resource: Address, { exclusive, holders, waiters }: Resource): void {
    const { memory } = this;
    const [first] = holders;
    memory.writeU16(resource + field.ActiveCount, holders.size);
    memory.writeU16(resource + field.Flag, exclusive && holders.size > 0 ? RESOURCE_EXCLUSIVE : 0);
    memory.writePointer(resource + field.OwnerEntry + owner.OwnerThread, first?.[0] ?? 0);
    memory.writeU32(resource + field.OwnerEntry + owner.TableSize, first?.[1] ?? 0);
    const alone = waiters.filter((waiter) => waiter.exclusive).length;
    memory.writeU32(resource + field.NumberOfExclusiveWaiters, alone);
    memory.writeU32(resource + field.NumberOfSharedWaiters, waiters.length - alone);
  }
}

function* acquired(request: WaitRequest): Coroutine<number> {
  yield request;
  return 1;
}
