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
/** What drivers write into requests that they have given up: how it ended, and their own queue's links. */
const { "IoStatus.Status": STATUS, "IoStatus.Information": INFORMATION, ListEntry: LINKS } = IRP.offset;
/** Nobody's business in a freed IRP: the model keeps there the address of the driver routine that completed it. */
const COMPLETED_BY = IRP.offset.AuxiliaryBuffer;

export class FreedIrps {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly reports: IoReports,
  ) {}

  didFree(irp: Address): void {
    const { memory } = this;
    memory.writePointer(irp + COMPLETED_BY, this.ke.routines.runningDriverRoutine);
    memory.writeU32(irp + STATUS, FREED);
    memory.writeU32(irp + INFORMATION, FREED);
    memory.writePair(irp + LINKS, FREED, FREED);
  }

  /** It is about to be used again. */
  willUse(irp: Address): void {
    this.#check(irp, STATUS, "IoStatus.Status");
    this.#check(irp, INFORMATION, "IoStatus.Information");
    this.#check(irp, LINKS, "ListEntry");
  }

  #check(irp: Address, offset: number, field: string): void {
    const found = this.memory.readU32(irp + offset);
    if (found === FREED) return;
    this.reports.irpWritten(irp, this.memory.readPointer(irp + COMPLETED_BY), field, found);
  }
}
