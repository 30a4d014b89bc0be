/** Things by number, for a sandbox to name: the oldest go when there are too many. */

/** More than a driver has under way; one that forgets them all the time costs no more than this. */
const MAX_HELD = 4096;

export class HeldThings<T> {
  readonly #held = new Map<number, T>();
  #count = 0;

  /** @returns its number */
  hold(thing: T): number {
    this.#held.set(++this.#count, thing);
    this.#held.delete(this.#count - MAX_HELD);
    return this.#count;
  }

  /** The thing with that number, which is not held from then on; undefined when there is none. */
  take(id: number): T | undefined {
    const thing = this.#held.get(id);
    this.#held.delete(id);
    return thing;
  }
}
