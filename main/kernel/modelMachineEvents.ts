/**
 * The model machine's events: changes of the namespace are gathered, so that a driver that makes a hundred thousand
 * objects in one call is one event with one directory.
 */
import type { IrpTraceState } from "../machine/irpTrace";
import type { Disposable, MachineEvent } from "../machine/machine";

/** Runs a task soon, when the kernel is not running. */
export type Schedule = (task: () => void) => void;

/** Runs a task after so many milliseconds. */
export type Later = (milliseconds: number, task: () => void) => void;

/** Ms between two events about the trace, which changes with every request. */
const TRACE_INTERVAL = 100;

/** Whoever opens or stops services sees it in these directories. */
const DRIVER_DIRECTORIES = new Set(["\\DRIVER", "\\FILESYSTEM"]);

export class ModelMachineEvents implements Disposable {
  readonly #listeners = new Set<(event: MachineEvent) => void>();
  readonly #directories = new Set<string>();
  #servicesChanged = false;
  #isDue = false;
  #isTraceDue = false;
  #traceTold = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly schedule: Schedule,
    private readonly now: () => number,
    private readonly later: Later,
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

  /** Called for every request: costs a test while an event is due anyway. */
  didChangeTrace(state: () => IrpTraceState): void {
    if (this.#isTraceDue) return;
    this.#isTraceDue = true;
    const tell = () => {
      this.#isTraceDue = false;
      this.#traceTold = this.now();
      this.emit({ kind: "traceChanged", state: state() });
    };
    const wait = this.#traceTold + TRACE_INTERVAL - this.now();
    // A clock that was set back must not keep the event for long.
    if (wait > 0) this.later(Math.min(wait, TRACE_INTERVAL), tell);
    else this.schedule(tell);
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
    this.#listeners.clear();
  }
}
