/** Pool usage by tag as poolmon counts it, and what has come since a mark. */
import type { PoolTagUsage } from "../../../preload/shared";

export interface PoolRow extends PoolTagUsage {
  /** Allocations that were not freed. */
  diff: number;
  /** Bytes an allocation in use takes on the average; 0 where there is none. */
  perAllocation: number;
  /** Allocations less frees, and bytes, since the mark; left out while there is none. */
  since?: { allocations: number; frees: number; bytes: number };
}

/** What the pool was when somebody pressed the button. */
export interface PoolMark {
  /** Unix ms. */
  time: number;
  usage: ReadonlyMap<string, PoolTagUsage>;
}

/** A tag may be in both pools. */
export function poolKey({ tag, type }: Pick<PoolTagUsage, "tag" | "type">): string {
  return `${type} ${tag}`;
}

export function poolMark(usage: readonly PoolTagUsage[], time: number): PoolMark {
  return { time, usage: new Map(usage.map((tag) => [poolKey(tag), tag])) };
}

/** Tags of the mark that are gone since stay, with what they lost. */
export function poolRows(usage: readonly PoolTagUsage[], mark: PoolMark | undefined): PoolRow[] {
  if (!mark) return usage.map((tag) => poolRow(tag));
  const now = new Set(usage.map(poolKey));
  const gone = [...mark.usage].flatMap(([key, tag]) =>
    now.has(key) ? [] : [{ ...tag, allocations: 0, frees: 0, bytes: 0 }],
  );
  return [...usage, ...gone].map((tag) => {
    const before = mark.usage.get(poolKey(tag)) ?? { allocations: 0, frees: 0, bytes: 0 };
    const since = {
      allocations: tag.allocations - before.allocations,
      frees: tag.frees - before.frees,
      bytes: tag.bytes - before.bytes,
    };
    return { ...poolRow(tag), since };
  });
}

function poolRow(usage: PoolTagUsage): PoolRow {
  const diff = usage.allocations - usage.frees;
  return { ...usage, diff, perAllocation: diff > 0 ? Math.round(usage.bytes / diff) : 0 };
}

export function hasChanged({ since }: PoolRow): boolean {
  return since !== undefined && (since.allocations !== 0 || since.frees !== 0 || since.bytes !== 0);
}

/** `+1,024`, `-3`, and nothing for nothing, so that what changed stands out. */
export function changeText(change: number | undefined): string {
  if (change === undefined || change === 0) return "";
  return `${change > 0 ? "+" : "-"}${Math.abs(change).toLocaleString("en-US")}`;
}

/** By tag or pool, as poolmon's -i does: `*` and `?` when present, else a part of it, without case. */
export function matchesTag({ tag, type }: PoolTagUsage, filter: string): boolean {
  if (filter === "") return true;
  if (!/[*?]/.test(filter)) return `${tag}\n${type}`.toLowerCase().includes(filter.toLowerCase());
  const pattern = filter
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "iu").test(tag);
}
