/** What is remembered of an IRP under way beside its row. Kept with its record, since its memory is used again. */
import type { RowChunk } from "./rowChunk";
import { NO_LANE } from "./stepChunk";

const LOCATION_BITS = 8;
const LOCATION_MASK = 0xff;

export class TracedIrp {
  /** Order of its newest step; -1 before the first. */
  lastStep = -1;
  hops = 0;
  /** Order of the step that ended it; -2 before. */
  endStep = -2;
  /** The driver that has it: lane and stack location in one number; -1 for none. */
  private holder = -1;
  /** The drivers above that one, top first. */
  private above: number[] | undefined = undefined;

  constructor(
    readonly number: number,
    readonly chunk: RowChunk,
    /** In the chunk. */
    readonly index: number,
  ) {}

  /** Lane of the driver that has it now; the I/O manager's when none does. */
  get lane(): number {
    return this.holder < 0 ? NO_LANE : this.holder >>> LOCATION_BITS;
  }

  /** Of the driver that has it now; 0 when none does. */
  get location(): number {
    return this.holder < 0 ? 0 : this.holder & LOCATION_MASK;
  }

  didCall(lane: number, location: number): void {
    if (this.holder >= 0) {
      this.above ??= [];
      this.above.push(this.holder);
    }
    this.holder = (lane << LOCATION_BITS) | location;
  }

  /** Its completion has passed this location: those up to it have it no more. */
  didComplete(location: number): void {
    while (this.holder >= 0 && (this.holder & LOCATION_MASK) <= location) this.holder = this.above?.pop() ?? -1;
  }
}
