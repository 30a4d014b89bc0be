/**
 * The model machine's events: changes of the namespace are gathered, so that a driver that makes a hundred thousand
 * objects in one call is one event with one directory.
 */
import type { Disposable, MachineEvent } from "../machine/machine";

/** Runs a task soon, when the kernel is not running. */
export type Schedule = (task: () => void) => void;

/** Whoever opens or stops services sees it in these directories. */
const DRIVER_DIRECTORIES = new Set(["\\DRIVER", "\\FILESYSTEM"]);

/** Milliseconds between two tellings that threads have changed. */
const THREADS_INTERVAL = 100;

/** Time, as far as the host gives it. */
export interface EventClock {
  /** Unix milliseconds. */
  now(): number;
  after?(milliseconds: number, task: () => void): Disposable;
}

export class ModelMachineEvents implements Disposable {
  readonly #listeners = new Set<(event: MachineEvent) => void>();
  readonly #directories = new Set<string>();
  #servicesChanged = false;
  #isDue = false;
  #threadsDue = false;
  #threadsTold = Number.NEGATIVE_INFINITY;
  #threadsTimer: Disposable | undefined;

  constructor(
    private readonly schedule: Schedule,
    private readonly clock: EventClock,
  ) {}

  listen(listener: (event: MachineEvent) => void): Disposable {
    // A wrapper, so that the same function can listen twice and each be taken away alone.
    const entry = (event: MachineEvent) => listener(event);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  }

  emit(event: MachineEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  didChangeDirectory(path: string): void {
    this.#directories.add(path);
    if (DRIVER_DIRECTORIES.has(path.toUpperCase())) this.#servicesChanged = true;
    this.#poke();
  }

  didChangeServices(): void {
    this.#servicesChanged = true;
    this.#poke();
  }

  /** Costs next to nothing while it is to be told anyway. */
  didChangeThreads(): void {
    if (this.#threadsDue) return;
    this.#threadsDue = true;
    const wait = this.#threadsTold + THREADS_INTERVAL - this.clock.now();
    const tell = () => this.#tellThreads();
    if (wait > 0 && this.clock.after !== undefined) this.#threadsTimer = this.clock.after(wait, tell);
    else this.schedule(tell);
  }

  #tellThreads(): void {
    this.#threadsDue = false;
    this.#threadsTold = this.clock.now();
    this.emit({ kind: "threadsChanged" });
  }

  #poke(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.schedule(() => this.#flush());
  }

  #flush(): void {
    this.#isDue = false;
    const directories = [...this.#directories];
    const servicesChanged = this.#servicesChanged;
    this.#directories.clear();
    this.#servicesChanged = false;
    if (directories.length > 0) this.emit({ kind: "namespaceChanged", directories });
    if (servicesChanged) this.emit({ kind: "servicesChanged" });
  }

  dispose(): void {
    this.#threadsTimer?.dispose();
    this.#listeners.clear();
  }
}
