/** The capture sources of one engine: they print into its log until they are removed or the engine ends. */
import type { Log } from "../log/log";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { Source } from "../sources/source";
import type { SourceInfo } from "./protocol";

interface Running {
  readonly id: number;
  readonly source: Source;
  readonly isRemovable: boolean;
  readonly listening: Disposable;
}

/** What the verbs see: an agent's sources are shown beside those that run here. */
export interface Sources extends Disposable {
  list(): Promise<SourceInfo[]>;
  /** @param spec what the user wrote: `kd tcp:HOST:PORT`, `file PATH`... */
  add(spec: string): Promise<Result<SourceInfo>>;
  remove(id: number): Promise<Result<void>>;
  onDidChange(listener: (sources: SourceInfo[]) => void): Disposable;
}

/** Of an engine that captures nothing but what its machine prints. */
export const noSources: Sources = {
  list: async () => [],
  add: async (spec) => fail(ntscopeError("no-such-source", `"${spec}": this log takes no further sources.`)),
  remove: async (id) => fail(ntscopeError("no-source", `There is no source ${id}.`)),
  onDidChange: () => ({ dispose: () => undefined }),
  dispose: () => undefined,
};

export class SourceSet implements Sources {
  private readonly running = new Map<number, Running>();
  private readonly listeners = new Set<(sources: SourceInfo[]) => void>();
  private nextId = 1;
  private isDisposed = false;

  /**
   * @param make the source that a user's words name; not yet started
   * @param now Unix ms
   */
  constructor(
    private readonly log: Log,
    private readonly make: (spec: string) => Promise<Result<Source>>,
    private readonly now: () => number,
  ) {}

  /** Starts a source that belongs to the machine itself: it cannot be removed. */
  start(source: Source): void {
    this.run(source, false);
  }

  async list(): Promise<SourceInfo[]> {
    return this.infos();
  }

  async add(spec: string): Promise<Result<SourceInfo>> {
    const source = await this.make(spec);
    if (!source.ok) return source;
    if (!this.isDisposed) return ok(infoOf(this.run(source.value, true)));
    source.value.dispose();
    return fail(ntscopeError("closed", "The engine has ended."));
  }

  async remove(id: number): Promise<Result<void>> {
    const entry = this.running.get(id);
    if (entry === undefined) return fail(ntscopeError("no-source", `There is no source ${id}.`));
    if (!entry.isRemovable) {
      return fail(ntscopeError("source-stays", `${entry.source.name} belongs to the machine and stays with it.`));
    }
    this.running.delete(id);
    entry.listening.dispose();
    entry.source.dispose();
    this.tell();
    return ok(undefined);
  }

  onDidChange(listener: (sources: SourceInfo[]) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  dispose(): void {
    this.isDisposed = true;
    this.listeners.clear();
    for (const { source, listening } of this.running.values()) {
      listening.dispose();
      source.dispose();
    }
    this.running.clear();
  }

  private run(source: Source, isRemovable: boolean): Running {
    let isFailed = false;
    const listening = source.onDidChangeHealth(({ state, message }) => {
      // What keeps lines away is a line of the log itself.
      if (state === "failed" && !isFailed) this.log.note("report", `warning: ${message}`, this.now());
      if (state === "running" && isFailed) this.log.note("marker", `${source.name}: ${message}`, this.now());
      // It may start anew in between.
      if (state !== "starting") isFailed = state === "failed";
      this.tell();
    });
    const entry = { id: this.nextId++, source, isRemovable, listening };
    this.running.set(entry.id, entry);
    source.start(this.log);
    this.tell();
    return entry;
  }

  private infos(): SourceInfo[] {
    return [...this.running.values()].map(infoOf);
  }

  private tell(): void {
    const infos = this.infos();
    for (const listener of [...this.listeners]) listener(infos);
  }
}

function infoOf({ id, source, isRemovable }: Running): SourceInfo {
  return { id, name: source.name, isRemovable, health: source.health() };
}
