/** The structure that is looked at: its type, where it lies, the way there, and what changed at the last look. */
import { createStore } from "zustand/vanilla";
import type { StatusError, StructureDump } from "../../../preload/shared";
import type { EngineLink } from "../../engine/engineLink";
import { createPacedRefresh } from "../../engine/pacedRefresh";
import { type PathHistory, step, visit } from "../objects/pathHistory";
import { changedFields } from "./structureRows";

export interface StructurePaneState {
  /** Known types, in alphabetical order. */
  names: readonly string[];
  type: string;
  /** An address in hex or an object's path; empty for the layout alone. */
  where: string;
  dump: StructureDump | undefined;
  error: StatusError | undefined;
  /** Keys of the rows whose value changed at the last look. */
  changed: ReadonlySet<string>;
  expanded: ReadonlySet<string>;
  history: PathHistory;
  isLive: boolean;
  /** Part of a name, value or meaning. */
  filter: string;
}

/** Ms between two looks: an eye follows no more. */
const refreshPause = 250;

/** A place as one word of the history: no type has a blank. */
function placeOf(type: string, where: string): string {
  return `${type} ${where}`;
}

export class StructureController {
  readonly store = createStore<StructurePaneState>(() => ({
    names: [],
    type: "",
    where: "",
    dump: undefined,
    error: undefined,
    changed: new Set(),
    expanded: new Set(),
    history: { entries: [], at: -1 },
    isLive: true,
    filter: "",
  }));
  private readonly refresh = createPacedRefresh(() => this.load(), refreshPause);

  constructor(private readonly engine: EngineLink) {}

  async loadNames(): Promise<void> {
    const answer = await this.engine.call("structures.names", {});
    if (answer.ok) this.store.setState({ names: answer.value.toSorted() });
  }

  /** Shows a structure. Without a type it is asked for: the place waits in its field. */
  async go(type: string, where: string): Promise<void> {
    const { history } = this.store.getState();
    if (type !== "") this.store.setState({ history: visit(history, placeOf(type, where)) });
    await this.show(type, where);
  }

  async step(by: 1 | -1): Promise<void> {
    const next = step(this.store.getState().history, by);
    if (!next) return;
    this.store.setState({ history: next.history });
    const blank = next.path.indexOf(" ");
    await this.show(next.path.slice(0, blank), next.path.slice(blank + 1));
  }

  /** Something may have changed. */
  poke(): void {
    const { isLive, type, where } = this.store.getState();
    if (isLive && type !== "" && where !== "") this.refresh.poke();
  }

  async reload(): Promise<void> {
    await this.refresh.now();
  }

  setLive(isLive: boolean): void {
    this.store.setState({ isLive });
    this.poke();
  }

  setFilter(filter: string): void {
    this.store.setState({ filter });
  }

  toggle(key: string): void {
    const expanded = new Set(this.store.getState().expanded);
    if (!expanded.delete(key)) expanded.add(key);
    this.store.setState({ expanded });
  }

  private async show(type: string, where: string): Promise<void> {
    this.store.setState({ type, where, dump: undefined, error: undefined, changed: new Set(), expanded: new Set() });
    if (type !== "") await this.refresh.now();
  }

  private async load(): Promise<void> {
    const { type, where } = this.store.getState();
    if (type === "") return;
    const answer = await this.engine.call("structures.dump", where === "" ? { type } : { type, where });
    const now = this.store.getState();
    if (now.type !== type || now.where !== where) return;
    if (answer.ok) {
      this.store.setState({ dump: answer.value, error: undefined, changed: changedFields(now.dump, answer.value) });
    } else this.store.setState({ error: answer.error, changed: new Set() });
  }
}
