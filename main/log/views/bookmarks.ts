/** Bookmarks set or removed by hand. They belong to the line, so that every view shows them; rules can add more. */
import type { LogStore } from "../store/logStore";

export class Bookmarks {
  private readonly byHand = new Map<number, boolean>();

  constructor(private readonly store: LogStore) {}

  set(sequence: number, on: boolean): void {
    for (const known of this.byHand.keys()) {
      if (known < this.store.first) this.byHand.delete(known);
    }
    this.byHand.set(sequence, on);
  }

  /** What the hand said last; undefined where the rules decide. */
  get(sequence: number): boolean | undefined {
    return this.byHand.get(sequence);
  }

  clear(): void {
    this.byHand.clear();
  }
}
