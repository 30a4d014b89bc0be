/**
 * IRPs that have been completed and lie in a lookaside list until they are used again: what a driver writes into one is
 * found then. NT has the same fields overwritten by then (IoStatus by the next request, the list entry by the APC that
 * ends this one), so a driver that still uses them breaks there too, only later and without a word.
 */
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Ke } from "../ke/ke";
import type { IrpBlock } from "./irpBlock";
import type { IoReports } from "./reports";

/** What freed pool is filled with. As the high half of a pointer it makes one that is not canonical. */
const FREED = 0xdddd_dddd;
/** What drivers write into requests that they have given up: how it ended, and their own queue's links. */
const { "IoStatus.Status": STATUS, "IoStatus.Information": INFORMATION, ListEntry: LINKS } = IRP.offset;
/** Nobody's business in a freed IRP: the model keeps there the address of the driver routine that completed it. */
const COMPLETED_BY = IRP.offset.AuxiliaryBuffer;

export class FreedIrps {
  constructor(
    private readonly ke: Ke,
    private readonly reports: IoReports,
  ) {}

  didFree({ fields }: IrpBlock): void {
    fields.writePointer(COMPLETED_BY, this.ke.routines.runningDriverRoutine);
    fields.writeU32(STATUS, FREED);
    fields.writeU32(INFORMATION, FREED);
    fields.writeU32(LINKS, FREED);
    fields.writeU32(LINKS + 4, FREED);
  }

  /** It is about to be used again. */
  willUse(block: IrpBlock): void {
    this.#check(block, STATUS, "IoStatus.Status");
    this.#check(block, INFORMATION, "IoStatus.Information");
    this.#check(block, LINKS, "ListEntry");
  }

  #check({ irp, fields }: IrpBlock, offset: number, field: string): void {
    const found = fields.readU32(offset);
    if (found === FREED) return;
    this.reports.irpWritten(irp, fields.readPointer(COMPLETED_BY), field, found);
  }
}
