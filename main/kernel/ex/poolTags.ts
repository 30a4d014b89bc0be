/** Pool tags, four characters in a ULONG with the first in the low byte, and the counts that poolmon shows. */

export interface TagUsage {
  readonly tag: string;
  readonly paged: boolean;
  /** Since boot. */
  allocations: number;
  frees: number;
  /** In use now, headers included, as poolmon counts. */
  bytes: number;
}

/** The kernel's own and its drivers' tags are few, and asked for on each allocation. Drivers' data can't fill it. */
const knownNumbers = new Map<string, number>();
const MAXIMUM_KNOWN = 1024;

/** Shorter tags are padded with spaces, as in C where 'abc ' is written out. */
export function tagToNumber(tag: string): number {
  const known = knownNumbers.get(tag);
  if (known !== undefined) return known;
  const number = parseTag(tag);
  if (knownNumbers.size < MAXIMUM_KNOWN) knownNumbers.set(tag, number);
  return number;
}

function parseTag(tag: string): number {
  const unit = (index: number) => (index < tag.length ? tag.charCodeAt(index) & 0xff : 0x20);
  return ((unit(0) | (unit(1) << 8) | (unit(2) << 16) | (unit(3) << 24)) & 0x7fff_ffff) >>> 0;
}

export function tagToString(tag: number): string {
  return String.fromCharCode(tag & 0xff, (tag >>> 8) & 0xff, (tag >>> 16) & 0xff, (tag >>> 24) & 0x7f);
}

export class TagUsageTable {
  readonly #usages: readonly [Map<number, TagUsage>, Map<number, TagUsage>] = [new Map(), new Map()];
  /** What is allocated is often freed next: found without the map. */
  #lastTag = -1;
  #last: TagUsage | undefined;

  didAllocate(tag: number, paged: boolean, bytes: number): void {
    const usage = this.#of(tag, paged);
    usage.allocations++;
    usage.bytes += bytes;
  }

  didFree(tag: number, paged: boolean, bytes: number): void {
    const usage = this.#of(tag, paged);
    usage.frees++;
    usage.bytes -= bytes;
  }

  /** Every tag ever used, nonpaged before paged. */
  all(): TagUsage[] {
    return this.#usages.flatMap((usages) => [...usages.values()]);
  }

  #of(tag: number, paged: boolean): TagUsage {
    const last = this.#last;
    if (last !== undefined && this.#lastTag === tag && last.paged === paged) return last;
    const usages = this.#usages[paged ? 1 : 0];
    let usage = usages.get(tag);
    if (usage === undefined) {
      usage = { tag: tagToString(tag), paged, allocations: 0, frees: 0, bytes: 0 };
      usages.set(tag, usage);
    }
    this.#lastTag = tag;
    this.#last = usage;
    return usage;
  }
}
