/**
 * The window's machines: for each an engine, the page that shows it, its tab, and the menu's state as that page last said
 * it. The first is the window's own top page; each further one is a frame of the same page within it. Why:
 * docs/decisions/0016-machine-tabs.md.
 */
import type { MessagePortMain } from "electron";
import { enginePortChannel, eventChannel } from "../../preload/channels";
import type { EngineStatus, MachinesState, MachineTab, ShellEvents } from "../../preload/contract";
import type { MachineSpec } from "../attach/machineSpec";
import type { AppLog } from "./appLog";
import type { EngineChild } from "./engineChild";
import { EngineHost } from "./engineHost";
import { machineWords } from "./machineWords";
import { MenuStateKeeper } from "./menu";

/** The first machine's id, which no frame has. */
export const firstMachine = "first";

/** A page that shows a machine: the window's top page, or a frame in it. It may be gone; then nothing is sent. */
export interface MachinePage {
  send(channel: string, ...values: unknown[]): void;
  postMessage(channel: string, message: unknown, ports: MessagePortMain[]): void;
}

export interface KnownMachine {
  readonly id: string;
  readonly engine: EngineHost;
  readonly menu: MenuStateKeeper;
  /** Undefined until it has asked for something. */
  page: MachinePage | undefined;
}

interface Entry extends KnownMachine {
  name: string;
  /** How it stands with the machine, as its page says; counts while the engine runs. */
  pageState: MachineTab["state"];
}

export interface MachinesOptions {
  fork(isAfterCrash: boolean): EngineChild;
  /** A tab came, went or changed. */
  onDidChange(state: MachinesState): void;
  /** Another machine is looked at, or the one that is has another name. */
  onDidChangeActive(machine: KnownMachine, name: string): void;
  log: AppLog;
}

export class Machines {
  private readonly options: MachinesOptions;
  private readonly entries: Entry[] = [];
  private activeId = firstMachine;
  private opened = 0;
  /** Engines of closed tabs that have not ended yet. */
  private readonly leaving = new Set<Promise<void>>();

  constructor(options: MachinesOptions) {
    this.options = options;
  }

  /** Starts the machine's engine and brings its tab to the front. Answers the new one's id. */
  open(spec: MachineSpec): string {
    const id = this.opened === 0 ? firstMachine : `m${this.opened + 1}`;
    this.opened += 1;
    const engine = new EngineHost({
      machine: spec,
      fork: this.options.fork,
      onDidChangeStatus: (status) => this.statusChanged(entry, status),
      log: this.options.log,
    });
    const entry: Entry = {
      id,
      engine,
      menu: new MenuStateKeeper(),
      page: undefined,
      name: machineWords(spec),
      pageState: "connecting",
    };
    this.entries.push(entry);
    this.activeId = id;
    engine.start();
    this.activeChanged();
    return id;
  }

  /** The machine that is `spec` already, where two engines over it would be in each other's way. */
  sameAs(spec: MachineSpec): KnownMachine | undefined {
    return this.entries.find(({ engine: { spec: other } }) => {
      if (spec.kind === "wine") return other.kind === "wine" && spec.prefix === other.prefix;
      return spec.kind === "local" && other.kind === "local";
    });
  }

  /** Points a tab at another machine, or at the same one anew: its page connects again, as after a crash. */
  async replace(id: string, spec: MachineSpec): Promise<void> {
    const entry = this.find(id);
    if (!entry) return;
    entry.name = machineWords(spec);
    entry.pageState = "connecting";
    await entry.engine.restart(spec);
    this.activeChanged();
  }

  /** False for the first, which stays, and for one that is not there. */
  close(id: string): boolean {
    const index = this.entries.findIndex((entry) => entry.id === id);
    const entry = this.entries[index];
    if (!entry || id === firstMachine) return false;
    this.entries.splice(index, 1);
    entry.page = undefined;
    const ended = entry.engine.stop().finally(() => this.leaving.delete(ended));
    this.leaving.add(ended);
    if (this.activeId === id) this.activeId = this.entries[index - 1]?.id ?? firstMachine;
    this.activeChanged();
    return true;
  }

  activate(id: string): void {
    if (id === this.activeId || !this.find(id)) return;
    this.activeId = id;
    this.activeChanged();
  }

  /** @param step 1 for the next tab, -1 for the one before; behind the last comes the first */
  step(step: 1 | -1): void {
    const count = this.entries.length;
    const at = this.entries.findIndex((entry) => entry.id === this.activeId);
    const next = this.entries[(at + step + count) % count];
    if (next) this.activate(next.id);
  }

  /** What a page knows of its machine. */
  describe(id: string, name: string, state: MachineTab["state"]): void {
    const entry = this.find(id);
    if (!entry || (entry.name === name && entry.pageState === state)) return;
    const isRenamed = entry.name !== name;
    entry.name = name;
    entry.pageState = state;
    if (isRenamed && id === this.activeId) this.options.onDidChangeActive(entry, name);
    this.options.onDidChange(this.state());
  }

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  get(id: string): KnownMachine {
    const entry = this.find(id);
    if (!entry) throw new Error(`There is no machine ${id}`);
    return entry;
  }

  get active(): KnownMachine {
    return this.get(this.activeId);
  }

  state(): MachinesState {
    const machines = this.entries.map((entry) => ({ id: entry.id, name: entry.name, state: tabState(entry) }));
    return { machines, active: this.activeId };
  }

  tell<E extends keyof ShellEvents>(id: string, event: E, value: ShellEvents[E]): void {
    this.find(id)?.page?.send(eventChannel, event, value);
  }

  tellAll<E extends keyof ShellEvents>(event: E, value: ShellEvents[E]): void {
    for (const { id } of this.entries) this.tell(id, event, value);
  }

  /** Hands one end of a channel to the machine's engine and the other to its page. */
  connect(id: string, { port1, port2 }: { port1: MessagePortMain; port2: MessagePortMain }): void {
    const entry = this.find(id);
    if (entry?.engine.connect(port1)) entry.page?.postMessage(enginePortChannel, null, [port2]);
  }

  /** Resolves when no engine is left. */
  async stop(): Promise<void> {
    await Promise.all([...this.entries.map(({ engine }) => engine.stop()), ...this.leaving]);
  }

  private find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  private statusChanged(entry: Entry, status: EngineStatus): void {
    if (!this.entries.includes(entry)) return;
    if (status.kind === "starting") entry.pageState = "connecting";
    this.tell(entry.id, "engineStatus", status);
    this.options.onDidChange(this.state());
  }

  private activeChanged(): void {
    const entry = this.find(this.activeId);
    if (entry) this.options.onDidChangeActive(entry, entry.name);
    this.options.onDidChange(this.state());
  }
}

function tabState({ engine: { status }, pageState }: Entry): MachineTab["state"] {
  if (status.kind === "starting" || status.kind === "opening") return "connecting";
  return status.kind === "running" ? pageState : status.kind;
}
