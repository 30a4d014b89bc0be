/** A result that comes later: what is under way tells those who wait for it, once. */
export class Later<T> {
  #value: T | undefined;
  #isDone = false;
  #listeners: ((value: T) => void)[] = [];

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Called at once when it has come already. */
  whenDone(listener: (value: T) => void): void {
    if (this.#isDone) listener(this.#value as T);
    else this.#listeners.push(listener);
  }

  settle(value: T): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#value = value;
    for (const listener of this.#listeners.splice(0)) listener(value);
  }
}
