/** What is due at a time, in the order of times, and of insertion at the same time: a binary heap. */
export interface DueEntry {
  /** Interrupt time in 100 ns. */
  readonly due: number;
  readonly fire: () => void;
}

interface Node extends DueEntry {
  readonly sequence: number;
  isRemoved: boolean;
}

export class DueQueue {
  readonly #heap: Node[] = [];
  #sequence = 0;
  #live = 0;

  get size(): number {
    return this.#live;
  }

  /** @returns takes it out again; without effect once it has been fired */
  add(entry: DueEntry): () => void {
    const node: Node = { due: entry.due, fire: entry.fire, sequence: this.#sequence++, isRemoved: false };
    this.#live += 1;
    this.#heap.push(node);
    this.#up(this.#heap.length - 1);
    return () => {
      if (node.isRemoved) return;
      node.isRemoved = true;
      this.#live -= 1;
    };
  }

  /** Undefined when nothing is due ever. */
  get nextDue(): number | undefined {
    this.#dropRemoved();
    return this.#heap[0]?.due;
  }

  /** The first one that is due at `now`, taken out. */
  take(now: number): DueEntry | undefined {
    this.#dropRemoved();
    const first = this.#heap[0];
    if (first === undefined || first.due > now) return undefined;
    this.#removeFirst();
    first.isRemoved = true;
    this.#live -= 1;
    return first;
  }

  #dropRemoved(): void {
    while (this.#heap[0]?.isRemoved) this.#removeFirst();
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #isBefore(first: number, second: number): boolean {
    const [a, b] = [this.#heap[first] as Node, this.#heap[second] as Node];
    return a.due === b.due ? a.sequence < b.sequence : a.due < b.due;
  }

  #swap(first: number, second: number): void {
    const node = this.#heap[first] as Node;
    this.#heap[first] = this.#heap[second] as Node;
    this.#heap[second] = node;
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const least = right < this.#heap.length && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
