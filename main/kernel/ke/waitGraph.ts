/**
 * Who waits for what that whom holds. A thread is in a deadlock when nothing that runs, or that time brings, can end its
 * wait: all that it waits for is held by threads of which the same is true.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DISPATCHER_HEADER, dispatcherObjectTypes, KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import { WrFastMutex } from "../../../native-bindings/abi/threadStates";
import type { KernelMemory } from "../mem/kernelMemory";
import { fastMutexOf, fastMutexOwner } from "./fastMutexes";
import type { CurrentWait, KeThread } from "./threadControl";

const kinds = dispatcherObjectTypes.value;

export interface WaitedFor {
  readonly address: Address;
  /** `Mutant`, `FastMutex`, `Resource`, `Thread`, `NotificationEvent`... */
  readonly kind: string;
  /** In words, where it is nothing that has a name in memory. */
  readonly name: string;
  /** KTHREADs that hold it; none when it is nothing that can be held, so that anybody may end the wait. */
  readonly owners: readonly Address[];
}

const kindNames: Readonly<Record<number, string>> = {
  [kinds.EventNotificationObject]: "NotificationEvent",
  [kinds.EventSynchronizationObject]: "SynchronizationEvent",
  [kinds.MutantObject]: "Mutant",
  [kinds.ProcessObject]: "Process",
  [kinds.QueueObject]: "Queue",
  [kinds.SemaphoreObject]: "Semaphore",
  [kinds.ThreadObject]: "Thread",
  [kinds.TimerNotificationObject]: "Timer",
  [kinds.TimerSynchronizationObject]: "Timer",
};

export class WaitGraphs {
  constructor(
    private readonly memory: KernelMemory,
    private readonly holdersOf: (resource: Address) => readonly Address[],
  ) {}

  targets({ request }: CurrentWait): WaitedFor[] {
    if (request.other !== undefined) {
      const { kind, name, address } = request.other;
      return [{ address, kind, name, owners: kind === "Resource" ? this.holdersOf(address) : [] }];
    }
    return request.objects.map((object) => this.#target(object, request.reason));
  }

  #target(object: Address, reason: number): WaitedFor {
    const { memory } = this;
    if (reason === WrFastMutex) {
      const address = fastMutexOf(object);
      return { address, kind: "FastMutex", name: "", owners: held(fastMutexOwner(memory, address)) };
    }
    const type = memory.readU8(object + DISPATCHER_HEADER.offset.Type);
    const kind = kindNames[type] ?? `object of kind ${type}`;
    if (type === kinds.MutantObject) {
      const owner = memory.readPointer(object + KMUTANT.offset.OwnerThread);
      return { address: object, kind, name: "", owners: held(owner) };
    }
    // A thread is ended by nobody but itself.
    return { address: object, kind, name: "", owners: type === kinds.ThreadObject ? [object] : [] };
  }

  /** Threads that wait for ever for each other, in circles. */
  deadlocks(threads: readonly KeThread[]): KeThread[][] {
    const stuck = this.#stuck(threads);
    const circles: KeThread[][] = [];
    const seen = new Set<Address>();
    for (const thread of stuck.values()) {
      const circle = this.#circleFrom(thread, stuck, seen);
      if (circle.length > 0) circles.push(circle);
    }
    return circles;
  }

  /** All that wait, less those that somebody or something may wake; and again, as those may wake others. */
  #stuck(threads: readonly KeThread[]): Map<Address, KeThread> {
    const stuck = new Map<Address, KeThread>();
    for (const thread of threads) if (thread.control.wait !== undefined) stuck.set(thread.object, thread);
    for (let changed = true; changed; ) {
      changed = false;
      for (const thread of [...stuck.values()]) {
        if (!this.#mayGoOn(thread, stuck)) continue;
        stuck.delete(thread.object);
        changed = true;
      }
    }
    return stuck;
  }

  #mayGoOn({ control }: KeThread, stuck: ReadonlyMap<Address, KeThread>): boolean {
    const { wait } = control;
    if (wait === undefined || Number.isFinite(wait.request.due)) return true;
    const canCome = ({ owners }: WaitedFor) => owners.length === 0 || !owners.every((owner) => stuck.has(owner));
    const targets = this.targets(wait);
    if (targets.length === 0) return true;
    return wait.request.waitAll ? targets.every(canCome) : targets.some(canCome);
  }

  #circleFrom(start: KeThread, stuck: ReadonlyMap<Address, KeThread>, seen: Set<Address>): KeThread[] {
    const way: KeThread[] = [];
    for (let thread: KeThread | undefined = start; thread !== undefined; ) {
      const at = way.indexOf(thread);
      if (at >= 0) return way.slice(at);
      if (seen.has(thread.object)) return [];
      seen.add(thread.object);
      way.push(thread);
      thread = this.#nextOf(thread, stuck);
    }
    return [];
  }

  #nextOf({ control }: KeThread, stuck: ReadonlyMap<Address, KeThread>): KeThread | undefined {
    if (control.wait === undefined) return undefined;
    for (const { owners } of this.targets(control.wait)) {
      for (const owner of owners) if (stuck.has(owner)) return stuck.get(owner);
    }
    return undefined;
  }
}

function held(owner: Address): Address[] {
  return owner === 0 ? [] : [owner];
}
