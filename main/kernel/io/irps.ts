/**
 * Making and freeing IRPs (wdm.h: IoAllocateIrp, IoFreeIrp, IoInitializeIrp), with NT's lookaside lists. The index of
 * live IRPs tells a stale pointer from a good one and lists what is under way.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IO_TYPE_IRP } from "../../../native-bindings/abi/ioTypes";
import { IRP_ALLOCATED_FIXED_SIZE } from "../../../native-bindings/abi/irpFlags";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Pool } from "../ex/pool";
import { initializeListHead } from "../ke/dispatcherObjects";
import type { KernelMemory } from "../mem/kernelMemory";
import type { FreedIrps } from "./freedIrps";
import type { IrpRecord } from "./irpRecord";

export const IRP_SIZE = IRP.size;
export const STACK_LOCATION_SIZE = IO_STACK_LOCATION.size;

const {
  Type: TYPE,
  ThreadListEntry: THREAD_LIST,
  AllocationFlags: ALLOCATION_FLAGS,
  StackCount: STACK_COUNT,
  CurrentLocation: CURRENT_LOCATION,
  CurrentStackLocation: CURRENT_STACK,
} = IRP.offset;
const IRP_TAG = "Irp ";
/** IRPs of up to so many locations are kept for reuse, so many of each, as a busy machine's lookaside lists hold. */
const LOOKASIDE_STACKS = 16;
const LOOKASIDE_DEPTH = 64;

/**
 * AllocationProcessorNumber and the reserved bytes behind it: no driver's business, so the model keeps there at which
 * index of its own list it knows the IRP.
 */
const SLOT = 0x4;

export class Irps {
  /** By slot; a free slot is undefined. */
  readonly #records: (IrpRecord | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  /** Free IRPs by stack size. */
  readonly #lookaside: Address[][] = Array.from({ length: LOOKASIDE_STACKS + 1 }, () => []);
  /** Addresses that have been IRPs: what a second completion is told from a wild pointer by. */
  readonly #onceIrps = new Set<Address>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly freed: FreedIrps,
  ) {}

  /** @returns 0 when the pool is exhausted */
  allocate(stackSize: number): Address {
    const free = stackSize <= LOOKASIDE_STACKS ? this.#lookaside[stackSize] : undefined;
    let irp = free?.pop() ?? 0;
    if (irp === 0) {
      irp = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, IRP_SIZE + stackSize * STACK_LOCATION_SIZE, IRP_TAG);
      if (irp === 0) return 0;
      this.#onceIrps.add(irp);
    } else {
      this.freed.willUse(irp);
    }
    this.initialize(irp, stackSize);
    if (free !== undefined) this.memory.writeU8(irp + ALLOCATION_FLAGS, IRP_ALLOCATED_FIXED_SIZE);
    return irp;
  }

  /** IoInitializeIrp */
  initialize(irp: Address, stackSize: number): void {
    const { memory } = this;
    const size = IRP_SIZE + stackSize * STACK_LOCATION_SIZE;
    memory.fill(irp, size, 0);
    memory.writeU32(irp + TYPE, IO_TYPE_IRP | (size << 16));
    // StackCount, and CurrentLocation behind it.
    memory.writeU16(irp + STACK_COUNT, stackSize | ((stackSize + 1) << 8));
    initializeListHead(memory, irp + THREAD_LIST);
    memory.writePointer(irp + CURRENT_STACK, irp + size);
  }

  /** IoReuseIrp, and IoInitializeIrp for memory that is an IRP already: cleared, known under the same record. */
  reinitialize(irp: Address, stackSize: number): void {
    const { memory } = this;
    const slot = memory.readU32(irp + SLOT);
    const allocation = memory.readU8(irp + ALLOCATION_FLAGS);
    this.initialize(irp, stackSize);
    memory.writeU32(irp + SLOT, slot);
    memory.writeU8(irp + ALLOCATION_FLAGS, allocation);
  }

  stackCount(irp: Address): number {
    return this.memory.readU8(irp + STACK_COUNT);
  }

  track(record: IrpRecord): IrpRecord {
    const slot = this.#freeSlots.pop() ?? this.#records.length;
    this.#records[slot] = record;
    this.memory.writeU32(record.irp + SLOT, slot);
    return record;
  }

  /** Undefined for what is no IRP, or none any more. Faults where nothing is mapped, as NT would. */
  find(irp: Address): IrpRecord | undefined {
    const record = this.#records[this.memory.readU32(irp + SLOT)];
    return record?.irp === irp ? record : undefined;
  }

  wasIrp(irp: Address): boolean {
    return this.#onceIrps.has(irp);
  }

  /** Whether it was completed and its memory waits for another request. Faults as {@link find} does. */
  isFreed(irp: Address): boolean {
    return this.find(irp) === undefined && this.wasIrp(irp);
  }

  get live(): IrpRecord[] {
    return this.#records.filter((record) => record !== undefined);
  }

  /** A driver has it: its maker has not got it back. */
  isSent(irp: Address): boolean {
    return this.memory.readU8(irp + CURRENT_LOCATION) <= this.stackCount(irp);
  }

  isLive(irp: Address): boolean {
    return this.#records.some((record) => record?.irp === irp);
  }

  get liveCount(): number {
    return this.#records.length - this.#freeSlots.length;
  }

  free(irp: Address): void {
    const { memory } = this;
    const slot = memory.readU32(irp + SLOT);
    const record = this.#records[slot];
    if (record?.irp === irp) {
      this.#records[slot] = undefined;
      this.#freeSlots.push(slot);
    }
    if (record?.isForeign === true) return;
    const stackSize = memory.readU8(irp + STACK_COUNT);
    const free = stackSize <= LOOKASIDE_STACKS ? this.#lookaside[stackSize] : undefined;
    // What a completed IRP looks like: one past the last location, so that completing it again is seen.
    memory.writeU8(irp + CURRENT_LOCATION, stackSize + 2);
    memory.writeU16(irp + TYPE, 0);
    if (free !== undefined && free.length < LOOKASIDE_DEPTH) {
      free.push(irp);
      this.freed.didFree(irp);
      return;
    }
    this.#onceIrps.delete(irp);
    this.pool.ExFreePoolWithTag(irp, IRP_TAG);
  }
}
