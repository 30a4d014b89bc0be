/**
 * Making and freeing IRPs (wdm.h: IoAllocateIrp, IoFreeIrp, IoInitializeIrp), with NT's lookaside lists. The index of
 * live IRPs tells a stale pointer from a good one and lists what is under way.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IO_TYPE_IRP } from "../../../native-bindings/abi/ioTypes";
import { IRP_ALLOCATED_FIXED_SIZE } from "../../../native-bindings/abi/irpFlags";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Pool } from "../ex/pool";
import { type Fields, fieldsAt } from "../mem/fields";
import type { KernelMemory } from "../mem/kernelMemory";
import type { FreedIrps } from "./freedIrps";
import { type IrpBlock, irpSize } from "./irpBlock";
import type { IrpRecord } from "./irpRecord";

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
const BEHIND_SLOT = 0x8;

export class Irps {
  /** Of the requests under way, by slot. */
  readonly #records: (IrpRecord | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  #liveCount = 0;
  /** Free IRPs by stack size. */
  readonly #lookaside: IrpBlock[][] = Array.from({ length: LOOKASIDE_STACKS + 1 }, () => []);
  /** Addresses that have been IRPs: what a second completion is told from a wild pointer by. */
  readonly #onceIrps = new Set<Address>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly freed: FreedIrps,
  ) {}

  /** For a record to {@link track}. @returns undefined when the pool is exhausted */
  allocate(stackSize: number): IrpBlock | undefined {
    const lookaside = this.#lookaside[stackSize];
    const free = lookaside?.pop();
    if (free !== undefined) this.freed.willUse(free);
    const block = free ?? this.#make(stackSize);
    if (block === undefined) return undefined;
    initialize(block.irp, block.fields, stackSize, lookaside === undefined ? 0 : IRP_ALLOCATED_FIXED_SIZE);
    return block;
  }

  #make(stackSize: number): IrpBlock | undefined {
    const irp = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, irpSize(stackSize), IRP_TAG);
    if (irp === 0) return undefined;
    this.#onceIrps.add(irp);
    return this.#block(irp, stackSize, false);
  }

  #block(irp: Address, stackSize: number, isForeign: boolean): IrpBlock {
    const slot = this.#freeSlots.pop() ?? this.#records.push(undefined) - 1;
    const fields = fieldsAt(this.memory, irp, irpSize(stackSize), !isForeign);
    fields.writeU32(SLOT, slot);
    return { irp, fields, stackSize, slot, isForeign };
  }

  /** IoInitializeIrp: memory of a driver's becomes an IRP, for a record to {@link track}. */
  adopt(irp: Address, stackSize: number): IrpBlock {
    const block = this.#block(irp, stackSize, true);
    initialize(irp, block.fields, stackSize, 0);
    return block;
  }

  /** IoReuseIrp, and IoInitializeIrp for memory that is an IRP already: cleared, known under the same record. */
  reinitialize({ irp }: IrpRecord, stackSize: number): void {
    // A driver may say that there are more locations than it has made room for.
    const fields = fieldsAt(this.memory, irp, irpSize(stackSize), false);
    initialize(irp, fields, stackSize, fields.readU8(ALLOCATION_FLAGS));
  }

  stackCount(irp: Address): number {
    return this.memory.readU8(irp + STACK_COUNT);
  }

  track(record: IrpRecord): IrpRecord {
    this.#records[record.block.slot] = record;
    this.#liveCount++;
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
    return this.#liveCount;
  }

  /**
   * Its request is over: the record stays as it is, without an IRP. Without effect when it is over already, as where a
   * completion routine has freed the IRP and still lets its completion go on.
   */
  free(record: IrpRecord): void {
    const { block } = record;
    if (this.#records[block.slot] !== record) return;
    this.#records[block.slot] = undefined;
    this.#liveCount--;
    if (block.isForeign) {
      this.#freeSlots.push(block.slot);
      return;
    }
    const { fields, stackSize } = block;
    const lookaside = this.#lookaside[stackSize];
    // What a completed IRP looks like: one past the last location, so that completing it again is seen.
    fields.writeU8(CURRENT_LOCATION, stackSize + 2);
    fields.writeU16(TYPE, 0);
    if (lookaside !== undefined && lookaside.length < LOOKASIDE_DEPTH) {
      lookaside.push(block);
      this.freed.didFree(block);
      return;
    }
    this.#freeSlots.push(block.slot);
    this.#onceIrps.delete(block.irp);
    this.pool.ExFreePoolWithTag(block.irp, IRP_TAG);
  }
}

function initialize(irp: Address, fields: Fields, stackSize: number, allocationFlags: number): void {
  const size = irpSize(stackSize);
  fields.writeU32(TYPE, IO_TYPE_IRP | (size << 16));
  fields.clear(BEHIND_SLOT, size - BEHIND_SLOT);
  // StackCount, and CurrentLocation behind it.
  fields.writeU16(STACK_COUNT, stackSize | ((stackSize + 1) << 8));
  fields.writeU8(ALLOCATION_FLAGS, allocationFlags);
  fields.writePointer(THREAD_LIST, irp + THREAD_LIST);
  fields.writePointer(THREAD_LIST + 8, irp + THREAD_LIST);
  fields.writePointer(CURRENT_STACK, irp + size);
}
