/**
 * Puts events in the order of their time. ETW has a buffer per processor, so events of one moment arrive up to a flush
 * apart: each is held until that much time has passed. A min-heap, so that a flood costs log n an event.
 */

/** How long in ms an event is held: the session flushes every second, and a busy computer is late. */
export const REORDER_TIME = 3000;
/** Events held at a time: 3 s at the 26,000 a second that were seen at most, and as much again. */
const MAX_HELD = 160_000;

interface Entry<T> {
  readonly time: number;
  /** Events of one time stay in the order of their arrival. */
  readonly order: number;
  readonly event: T;
}

export class ReorderWindow<T> {
  private readonly heap: Entry<T>[] = [];
  private order = 0;
  private lastTime = Number.NEGATIVE_INFINITY;
  private lateEvents = 0;

  constructor(
    private readonly emit: (event: T, time: number) => void,
    private readonly maxHeld = MAX_HELD,
    private readonly holdFor = REORDER_TIME,
  ) {}

  get held(): number {
    return this.heap.length;
  }

  /** Events that came after a later one had been given out; they are given out all the same. */
  get late(): number {
    return this.lateEvents;
  }

  /**
   * When the window is full its oldest event goes out before its time: order suffers, no event does.
   * @param time Unix ms, when the event happened; one that is no number counts as now's oldest
   */
  push(time: number, event: T): void {
    const at = Number.isFinite(time) ? time : Number.NEGATIVE_INFINITY;
    this.heap.push({ time: at, order: this.order, event });
    this.order += 1;
    this.rise(this.heap.length - 1);
    if (this.heap.length > this.maxHeld) this.give();
  }

  /** Gives out what has been held long enough. @param now Unix ms */
  drain(now: number): void {
    const until = now - this.holdFor;
    while (this.heap[0] !== undefined && this.heap[0].time <= until) this.give();
  }

  /** Gives out everything, in order. */
  flush(): void {
    while (this.heap.length > 0) this.give();
  }

  private give(): void {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    if (first.time < this.lastTime) this.lateEvents += 1;
    else this.lastTime = first.time;
    this.emit(first.event, first.time);
  }

  private rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(): void {
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const least = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(least, index)) return;
      this.swap(index, least);
      index = least;
    }
  }

  /** False where there is no such entry. */
  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return;
    this.heap[one] = b;
    this.heap[other] = a;
  }
}
