/** The search over the whole namespace; it outlives its pane, so that its results are there when one comes back. */
import { create } from "zustand";
import { type FindAnswer, type FindMatch, type StatusError, visibleText } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { createArrayRowSource } from "../../ui/dataGrid/arrayRowSource";
import type { GridSort } from "../../ui/dataGrid/GridHeader";
import { type GridSelection, nothingSelected } from "../../ui/dataGrid/gridSelection";

/** More would not be read; a narrower pattern is what helps then. */
export const mostMatches = 10_000;

interface FindState {
  pattern: string;
  type: string;
  within: string;
  isSearching: boolean;
  answer: Pick<FindAnswer, "truncated" | "unreadable"> | undefined;
  matches: readonly FindMatch[];
  error: StatusError | undefined;
  selection: GridSelection;
}

export const useFind = create<FindState>(() => ({
  pattern: "",
  type: "",
  within: "\\",
  isSearching: false,
  answer: undefined,
  matches: [],
  error: undefined,
  selection: nothingSelected,
}));

export const findSource = createArrayRowSource<FindMatch>((match) => visibleText(match.path));

let running: AbortController | undefined;

export async function search(sort: GridSort | undefined): Promise<void> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const { pattern, type, within } = useFind.getState();
  useFind.setState({ isSearching: true, error: undefined });
  const answer = await engine.call(
    "objects.find",
    { pattern, within, limit: mostMatches, ...(type ? { type } : {}) },
    { signal: controller.signal },
  );
  if (running !== controller) return;
  running = undefined;
  useFind.setState({ isSearching: false, selection: nothingSelected });
  if (answer.ok) {
    useFind.setState({ answer: answer.value, matches: answer.value.matches });
    showMatches(sort);
  } else useFind.setState({ error: answer.error });
}

export function cancelSearch(): void {
  running?.abort();
}

const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function columnText(match: FindMatch, column: string): string {
  if (column === "type") return match.type;
  return column === "detail" ? (match.detail ?? "") : match.path;
}

export function showMatches(sort: GridSort | undefined): void {
  const { matches } = useFind.getState();
  if (!sort) {
    findSource.setRows(matches);
    return;
  }
  const sign = sort.descending ? -1 : 1;
  findSource.setRows(
    matches.toSorted((a, b) => sign * order.compare(columnText(a, sort.column), columnText(b, sort.column))),
  );
}
