/** KTIMERs (wdm.h: KeSetTimer, KeSetTimerEx, KeCancelTimer): signalled, and their DPC queued, when the clock gets there. */
import type { Address } from "../../../native-bindings/abi/address";
import { DISPATCHER_HEADER, KTIMER } from "../../../native-bindings/abi/structures/dispatcher";
import type { KernelMemory } from "../mem/kernelMemory";
import { TICKS_PER_MILLISECOND, type VirtualClock } from "./clock";
import type { Dispatcher } from "./dispatcher";
import type { Dpcs } from "./dpcs";
import type { DueQueue } from "./dueQueue";

const { Inserted: INSERTED, Absolute: ABSOLUTE, SignalState: STATE } = DISPATCHER_HEADER.offset;
const { DueTime: DUE_TIME, Dpc: DPC, Period: PERIOD } = KTIMER.offset;

export class Timers {
  /** Those that run: each with how it is taken out of the queue. */
  readonly #active = new Map<Address, () => void>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly clock: VirtualClock,
    private readonly queue: DueQueue,
    private readonly dispatcher: Dispatcher,
    private readonly dpcs: Dpcs,
  ) {}

  /** Timers that run, for those who look for what a driver left behind. */
  get active(): Address[] {
    return [...this.#active.keys()];
  }

  dpcOf(timer: Address): Address {
    return this.memory.readPointer(timer + DPC);
  }

  /**
   * @param dueTime in 100 ns: below 0 from now, else a system time
   * @param period in milliseconds; 0 for once
   * @param dpc KDPC to queue, 0 for none
   * @returns whether the timer ran already: it is set anew
   */
  KeSetTimerEx(timer: Address, dueTime: bigint, period: number, dpc: Address): boolean {
    const { memory } = this;
    const wasActive = this.KeCancelTimer(timer);
    memory.writeI32(timer + STATE, 0);
    memory.writePointer(timer + DPC, dpc);
    memory.writeU32(timer + PERIOD, period);
    memory.writeU8(timer + ABSOLUTE, dueTime < 0n ? 0 : 1);
    this.#start(timer, this.clock.dueTime(dueTime));
    return wasActive;
  }

  /** @returns whether it ran. A DPC that is queued already runs for all that. */
  KeCancelTimer(timer: Address): boolean {
    const cancel = this.#active.get(timer);
    if (cancel === undefined) return false;
    cancel();
    this.#active.delete(timer);
    this.memory.writeU8(timer + INSERTED, 0);
    return true;
  }

  #start(timer: Address, due: number): void {
    this.memory.writeU8(timer + INSERTED, 1);
    this.memory.writeU64(timer + DUE_TIME, BigInt(Math.max(0, Math.floor(due))));
    this.#active.set(timer, this.queue.add({ due, fire: () => this.#expire(timer, due) }));
  }

  #expire(timer: Address, due: number): void {
    const { memory } = this;
    this.#active.delete(timer);
    memory.writeU8(timer + INSERTED, 0);
    const period = memory.readU32(timer + PERIOD);
    // First, so that a DPC may cancel it.
    if (period !== 0) this.#start(timer, due + period * TICKS_PER_MILLISECOND);
    this.dispatcher.signal(timer);
    const dpc = memory.readPointer(timer + DPC);
    if (dpc !== 0) this.dpcs.queue(dpc, 0, 0);
  }
}
