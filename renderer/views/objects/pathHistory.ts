/** Where one has been: back and forward as in a browser, and the list of typed paths that is kept. */
export interface PathHistory {
  entries: readonly string[];
  /** The current one's index. */
  at: number;
}

/** Enough to find one's way back; each is a path of at most 64 KB. */
const mostVisits = 200;
const mostTyped = 30;

export function startHistory(path: string): PathHistory {
  return { entries: [path], at: 0 };
}

/** A new place cuts off what lay ahead. Going where one is changes nothing. */
export function visit(history: PathHistory, path: string): PathHistory {
  if (history.entries[history.at] === path) return history;
  const entries = [...history.entries.slice(0, history.at + 1), path].slice(-mostVisits);
  return { entries, at: entries.length - 1 };
}

/** @returns undefined when there is nothing there */
export function step(history: PathHistory, by: 1 | -1): { history: PathHistory; path: string } | undefined {
  const at = history.at + by;
  const path = history.entries[at];
  return path === undefined ? undefined : { history: { ...history, at }, path };
}

/** Newest first, each once. */
export function rememberTyped(typed: readonly string[], path: string): string[] {
  return [path, ...typed.filter((other) => other !== path)].slice(0, mostTyped);
}
