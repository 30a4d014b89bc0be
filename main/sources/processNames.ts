/**
 * Names of processes by their id, asked for once: a flood of lines must not become a flood of queries, and a process
 * that has ended keeps the name that its lines had.
 */

/** Undefined where there is no such process or it may not be asked. */
export type FindProcessName = (processId: number) => string | undefined;

/** More than a system runs at a time; past it the least recently asked goes. */
const MAX_NAMES = 2048;
/** Ids are used again, so a name is not believed for ever. In ms. */
const BELIEVED_FOR = 10_000;

export class ProcessNames {
  private readonly names = new Map<number, { name: string; until: number }>();

  constructor(private readonly find: FindProcessName = () => undefined) {}

  /**
   * @param time any clock in ms
   * @returns empty where nobody knows
   */
  nameOf(processId: number, time: number): string {
    const known = this.names.get(processId);
    if (known && time < known.until) return known.name;
    const name = this.find(processId) ?? known?.name ?? "";
    this.learn(processId, name, time);
    return name;
  }

  /** What was found out elsewhere. */
  learn(processId: number, name: string, time: number): void {
    this.names.delete(processId);
    this.names.set(processId, { name, until: time + BELIEVED_FOR });
    if (this.names.size > MAX_NAMES) {
      const [oldest] = this.names.keys();
      if (oldest !== undefined) this.names.delete(oldest);
    }
  }
}
