/**
 * Which rows pass the filter that was last asked for, chunk by chunk. A chunk in which nothing changed is not looked at
 * again, so asking on while IRPs are recorded costs the newest chunk, and those where an old IRP has ended.
 */
import type { IrpFilter, IrpRow, IrpRows } from "../../machine/irpTrace";
import { irpRow } from "./irpRow";
import type { RowChunk } from "./rowChunk";
import { RowFilter } from "./rowFilter";
import type { TraceStore } from "./traceStore";

/** Chunks scanned in one go: a few ms. */
const CHUNKS_PER_SLICE = 32;

interface Found {
  readonly version: number;
  readonly rows: Uint16Array;
}

export class RowIndex {
  #filter = new RowFilter({});
  #filterText = "{}";
  #found = new WeakMap<RowChunk, Found>();

  constructor(private readonly store: TraceStore) {}

  /** Scans some chunks that the filter was not applied to, or that changed since. @returns whether none is left */
  scan(filter: IrpFilter): boolean {
    this.#use(filter);
    if (!this.#filter.isActive) return true;
    let scanned = 0;
    for (const chunk of this.store.rowChunks) {
      if (this.#found.get(chunk)?.version === chunk.version) continue;
      if (scanned === CHUNKS_PER_SLICE) return false;
      this.#scan(chunk);
      scanned++;
    }
    return true;
  }

  /** After {@link scan} has answered true; what changed since is caught up with. */
  rows(filter: IrpFilter, from: number, count: number): IrpRows {
    this.#use(filter);
    const rows: IrpRow[] = [];
    let total = 0;
    for (const chunk of this.store.rowChunks) {
      const found = this.#filter.isActive ? this.#rowsOf(chunk) : undefined;
      const length = found?.length ?? chunk.count;
      const first = Math.max(0, from - total);
      const end = Math.min(length, from + count - total);
      for (let at = first; at < end; at++) rows.push(irpRow(chunk, found === undefined ? at : (found[at] as number)));
      total += length;
    }
    return { total, rows };
  }

  #use(filter: IrpFilter): void {
    const text = JSON.stringify([filter.device, filter.process, filter.major, filter.status]);
    if (text === this.#filterText) return;
    this.#filterText = text;
    this.#filter = new RowFilter(filter);
    this.#found = new WeakMap();
  }

  #rowsOf(chunk: RowChunk): Uint16Array {
    const found = this.#found.get(chunk);
    return found?.version === chunk.version ? found.rows : this.#scan(chunk);
  }

  #scan(chunk: RowChunk): Uint16Array {
    const rows = this.#filter.matches(chunk);
    this.#found.set(chunk, { version: chunk.version, rows });
    return rows;
  }
}
