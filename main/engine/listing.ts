/**
 * A directory's entries as a page looks at them: sorted and filtered by index arrays, so that 100,000 entries cross
 * to the window only as the few rows it shows. A new arrangement is worked out in slices and takes effect as a whole.
 */
import { runInSlices, type Scheduler } from "../log/scheduler";
import type { DirectoryEntry } from "../machine/machine";
import { compileNamePattern } from "../machine/namePattern";
import { nameOrderKey } from "./nameOrder";
import type { ListingArrangement, ListingColumn, ListingState } from "./protocol";
import { sortInSteps } from "./slicedSort";

/** Names reported as come or gone; a window cannot show more of them than that anyway. */
const REPORTED_CHANGES = 1000;
/** Entries filtered or given a key between two looks at the clock. */
const STEP_ENTRIES = 1024;

export class Listing {
  private entries: readonly DirectoryEntry[] = [];
  /** Entry of each row. */
  private order: Uint32Array = new Uint32Array(0);
  private added: string[] = [];
  private removed: string[] = [];
  private work: Promise<void> = Promise.resolve();
  private running: AbortController | undefined;
  /** Entries of a change that is still being worked out. */
  private pendingEntries: readonly DirectoryEntry[] | undefined;

  constructor(
    readonly id: number,
    readonly path: string,
    private arrangement: ListingArrangement,
    private readonly scheduler: Scheduler,
  ) {}

  get state(): ListingState {
    const { id, entries, order, added, removed } = this;
    return { listing: id, total: entries.length, count: order.length, added, removed };
  }

  /** The entries as first read. */
  load(entries: readonly DirectoryEntry[]): Promise<ListingState> {
    return this.change(entries, [], []);
  }

  /** The entries as read again: says what came and went. */
  refresh(entries: readonly DirectoryEntry[]): Promise<ListingState> {
    const added = missingFrom(this.entries, entries);
    const removed = missingFrom(entries, this.entries);
    return this.change(entries, added, removed);
  }

  /** An arrangement still being worked out is given up for the new one; its caller gets the new one's state. */
  arrange(arrangement: ListingArrangement): Promise<ListingState> {
    this.arrangement = arrangement;
    return this.change(undefined, [], []);
  }

  rows(from: number, count: number): DirectoryEntry[] {
    return [...this.order.subarray(from, from + count)].map((index) => this.entries[index] as DirectoryEntry);
  }

  /** First row from `from` on, wrapping, whose name passes `test`; -1 for none. */
  seek(from: number, test: (name: string) => boolean): number {
    const rows = this.order.length;
    const start = from < 0 || from >= rows ? 0 : from;
    for (let offset = 0; offset < rows; offset += 1) {
      const row = (start + offset) % rows;
      if (test(this.entries[this.order[row] as number]?.name ?? "")) return row;
    }
    return -1;
  }

  private async change(
    entries: readonly DirectoryEntry[] | undefined,
    added: string[],
    removed: string[],
  ): Promise<ListingState> {
    this.running?.abort();
    const controller = new AbortController();
    this.running = controller;
    // Entries that an abandoned change was about to bring must not get lost with it.
    this.pendingEntries = entries ?? this.pendingEntries;
    const next = this.pendingEntries ?? this.entries;
    const own = this.workOut(next, controller.signal).then((order) => {
      if (!order) return;
      this.entries = next;
      this.order = order;
      this.pendingEntries = undefined;
      this.added = added;
      this.removed = removed;
    });
    this.work = own;
    let awaited: Promise<void>;
    do {
      awaited = this.work;
      await awaited;
    } while (awaited !== this.work);
    return this.state;
  }

  private async workOut(entries: readonly DirectoryEntry[], signal: AbortSignal): Promise<Uint32Array | undefined> {
    const { sort } = this.arrangement;
    const shown = await this.filter(entries, signal);
    if (!shown || !sort) return shown;
    const texts = entries.map((entry) => columnText(entry, sort.column));
    const keys = await this.keysOf(texts, signal);
    if (!keys) return undefined;
    const direction = sort.descending ? -1 : 1;
    const steps = sortInSteps(shown, (a, b) => direction * (compare(keys, a, b) || compare(texts, a, b)));
    let sorted: Uint32Array | undefined;
    await runInSlices(
      this.scheduler,
      () => {
        const step = steps.next();
        if (step.done) sorted = step.value;
        return step.done === true;
      },
      signal,
    );
    return sorted;
  }

  private async keysOf(texts: readonly string[], signal: AbortSignal): Promise<string[] | undefined> {
    const keys: string[] = [];
    const finished = await this.forEach(texts, (text) => void keys.push(nameOrderKey(text)), signal);
    return finished ? keys : undefined;
  }

  private async filter(entries: readonly DirectoryEntry[], signal: AbortSignal): Promise<Uint32Array | undefined> {
    const test = entryTest(this.arrangement);
    const shown = new Uint32Array(entries.length);
    let count = 0;
    const finished = await this.forEach(
      entries,
      (entry, index) => {
        if (!test(entry)) return;
        shown[count] = index;
        count += 1;
      },
      signal,
    );
    return finished ? shown.subarray(0, count) : undefined;
  }

  /** In slices; false when it was given up. */
  private forEach<T>(
    items: readonly T[],
    act: (item: T, index: number) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    let at = 0;
    return runInSlices(
      this.scheduler,
      () => {
        for (const end = Math.min(at + STEP_ENTRIES, items.length); at < end; at += 1) act(items[at] as T, at);
        return at === items.length;
      },
      signal,
    );
  }
}

/** In the order of a listing by name, worked out the same way. */
export async function sortNames(names: readonly string[], scheduler: Scheduler): Promise<string[]> {
  const listing = new Listing(0, "", { sort: { column: "name", descending: false } }, scheduler);
  const { count } = await listing.load(names.map((name) => ({ name, type: "" })));
  return listing.rows(0, count).map(({ name }) => name);
}

function entryTest({ filter = "" }: ListingArrangement): (entry: DirectoryEntry) => boolean {
  if (filter === "") return () => true;
  const matches = compileNamePattern(filter);
  return (entry) => matches(entry.name) || matches(entry.type) || matches(columnText(entry, "detail"));
}

function columnText(entry: DirectoryEntry, column: ListingColumn): string {
  if (column !== "detail") return entry[column];
  return entry.detail && "value" in entry.detail ? entry.detail.value : "";
}

function compare(texts: readonly string[], a: number, b: number): number {
  const left = texts[a] as string;
  const right = texts[b] as string;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Names in `there` that `here` lacks; an object of another type under an old name is a new one. */
function missingFrom(here: readonly DirectoryEntry[], there: readonly DirectoryEntry[]): string[] {
  // A type's name holds no NUL, so the key is unambiguous whatever the object's name is.
  const keyOf = (entry: DirectoryEntry) => `${entry.type}\0${entry.name}`;
  const known = new Set(here.map(keyOf));
  const missing: string[] = [];
  for (const entry of there) {
    if (missing.length === REPORTED_CHANGES) break;
    if (!known.has(keyOf(entry))) missing.push(entry.name);
  }
  return missing;
}
