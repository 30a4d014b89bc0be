/**
 * IRPs that have been completed and lie in a lookaside list until they are used again: what a driver writes into one is
 * found then. NT has the same fields overwritten by then (IoStatus by the next request, the list entry by the APC that
 * ends this one), so a driver that still uses them breaks there too, only later and without a word.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IoReports } from "./reports";

/** What freed pool is filled with. As the high half of a pointer it makes one that is not canonical. */
const FREED = 0xdddd_dddd;
const HIGH_HALF = 4;
/** What drivers write into requests that they have given up: how it ended, and their own queue's links. */
const fields = ["IoStatus.Status", "IoStatus.Information", "ListEntry"] as const;
const offsets = fields.map((field) => IRP.offset[field]);
const LINKS = IRP.offset.ListEntry;

export class FreedIrps {
  /** Of those that lie in a lookaside list now, or lay in one, the driver routine that completed them last. */
  readonly #completedBy = new Map<Address, Address>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly reports: IoReports,
  ) {}

  didFree(irp: Address): void {
    const { memory } = this;
    this.#completedBy.set(irp, this.ke.routines.runningDriverRoutine);
    for (const offset of offsets) memory.writeU32(irp + offset, FREED);
    memory.writeU32(irp + LINKS + HIGH_HALF, FREED);
  }

  /** It is about to be used again. */
  willUse(irp: Address): void {
    for (let index = 0; index < offsets.length; index++) {
      const found = this.memory.readU32(irp + (offsets[index] as number));
      if (found !== FREED)
        this.reports.irpWritten(irp, this.#completedBy.get(irp) ?? 0, fields[index] as string, found);
    }
  }

  /** Its memory goes back to the pool. */
  forget(irp: Address): void {
    this.#completedBy.delete(irp);
  }
}
