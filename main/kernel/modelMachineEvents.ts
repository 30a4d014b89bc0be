/**
 * The model machine's events: changes of the namespace are gathered, so that a driver that makes a hundred thousand
 * objects in one call is one event with one directory.
 */
import type { IrpTraceState } from "../machine/irpTrace";
import type { Disposable, MachineEvent } from "../machine/machine";
import { type EventClock, SpacedEvent } from "./spacedEvent";

/** Runs a task soon, when the kernel is not running. */
export type Schedule = (task: () => void) => void;

/** Whoever opens or stops services sees it in these directories. */
const DRIVER_DIRECTORIES = new Set(["\\DRIVER", "\\FILESYSTEM"]);

export class ModelMachineEvents implements Disposable {
  readonly #listeners = new Set<(event: MachineEvent) => void>();
  readonly #directories = new Set<string>();
  #servicesChanged = false;
  #isDue = false;
  readonly #trace: SpacedEvent;
  readonly #threads: SpacedEvent;
  #traceState: (() => IrpTraceState) | undefined;

  constructor(
    private readonly schedule: Schedule,
    clock: EventClock,
  ) {
    this.#threads = new SpacedEvent(() => this.emit({ kind: "threadsChanged" }), schedule, clock);
    this.#trace = new SpacedEvent(() => this.#tellTrace(), schedule, clock);
  }

  #tellTrace(): void {
    if (this.#traceState !== undefined) this.emit({ kind: "traceChanged", state: this.#traceState() });
  }

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

  /** Called for every request. */
  didChangeTrace(state: () => IrpTraceState): void {
    this.#traceState = state;
    this.#trace.poke();
  }

  didChangeThreads(): void {
    this.#threads.poke();
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
    this.#threads.dispose();
    this.#trace.dispose();
    this.#listeners.clear();
  }
}
