/** The object list's state: the directory shown, its listing in the engine, filter, selection and what just changed. */
import { create } from "zustand";
import type { DirectoryEntry, ListingState, StatusError } from "../../../preload/shared";
import { type GridSelection, nothingSelected } from "../../ui/dataGrid/gridSelection";
import { type PathHistory, startHistory } from "./pathHistory";

export interface ObjectsState {
  /** Raw path of the directory shown. */
  path: string;
  history: PathHistory;
  /** The engine's number for the listing; undefined before it is open and after a failure. */
  listing: number | undefined;
  total: number;
  count: number;
  isLoading: boolean;
  error: StatusError | undefined;
  filter: string;
  selection: GridSelection;
  /** The focused row, and its raw path. */
  entry: DirectoryEntry | undefined;
  selectedPath: string | undefined;
  /** Names that came with the last refresh, and names that are about to leave. */
  added: ReadonlySet<string>;
  gone: ReadonlySet<string>;
}

export const useObjects = create<ObjectsState>(() => ({
  path: "\\",
  history: startHistory("\\"),
  listing: undefined,
  total: 0,
  count: 0,
  isLoading: false,
  error: undefined,
  filter: "",
  selection: nothingSelected,
  entry: undefined,
  selectedPath: undefined,
  added: new Set<string>(),
  gone: new Set<string>(),
}));

export function counts({ total, count }: ListingState): Pick<ObjectsState, "total" | "count"> {
  return { total, count };
}
