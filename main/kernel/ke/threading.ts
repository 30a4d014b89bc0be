/** What runs threads, put together: clock, waits, timers, DPCs, scheduler. */
import type { Address } from "../../../native-bindings/abi/address";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import { VirtualClock } from "./clock";
import { Dispatcher } from "./dispatcher";
import { Dpcs } from "./dpcs";
import { DueQueue } from "./dueQueue";
import type { Ke } from "./ke";
import { Scheduler, type SchedulerContext } from "./scheduler";
import { Timers } from "./timers";
import { Waits } from "./waits";

export interface ThreadingContext extends SchedulerContext {
  /** Calls a DPC routine: KDPC, context, two arguments. */
  callDpc(routine: Address, dpc: Address, context: Address, first: Address, second: Address): void;
}

export class Threading {
  readonly clock: VirtualClock;
  readonly waits: Waits;
  readonly dispatcher: Dispatcher;
  readonly dpcs: Dpcs;
  readonly timers: Timers;
  readonly scheduler: Scheduler;

  constructor(memory: KernelMemory, pool: Pool, ke: Ke, context: ThreadingContext) {
    const queue = new DueQueue();
    this.clock = new VirtualClock(ke.host);
    this.waits = new Waits(memory, pool, ke, (thread, status) => this.scheduler.wake(thread, status));
    this.dispatcher = new Dispatcher(memory, ke, this.clock, this.waits, () => context.current().thread);
    this.dpcs = new Dpcs(memory, ke, context.callDpc);
    this.timers = new Timers(memory, this.clock, queue, this.dispatcher, this.dpcs);
    this.scheduler = new Scheduler(memory, ke, this.clock, queue, this.dpcs, this.waits, context);
  }
}
