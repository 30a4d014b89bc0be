/**
 * The object list's dealings with the engine: opens a listing for the directory shown, keeps its order and filter,
 * and refreshes it when the namespace changes. Only one request that changes the listing is under way at a time;
 * a newer directory makes answers for an older one void.
 */
import { type DirectoryEntry, joinPath, type ListingArrangement, type ListingState } from "../../../preload/shared";
import { commandsChanged } from "../../commands/registry";
import { engine } from "../../engine/connection";
import { changeSettings, useSettings } from "../../settings/settings";
import { type GridSelection, joinRanges, nothingSelected, selectOnly } from "../../ui/dataGrid/gridSelection";
import { createPagedRowSource } from "../../ui/dataGrid/pagedRowSource";
import { counts, useObjects } from "./objectsStore";
import { startHistory, visit } from "./pathHistory";

/** How long new rows are green, and vanishing ones red: Process Explorer's default. */
const flashTime = 1_000;
/** A driver may create objects in a loop; the eye needs no more than this many lists a second. */
const refreshPause = 100;

/** The name under which settings keep the list's columns and order. */
export const objectsGrid = "objects";

export const objectsSource = createPagedRowSource<DirectoryEntry>({
  async fetch(from, count) {
    const { listing } = useObjects.getState();
    if (listing === undefined) return undefined;
    const answer = await engine.call("listing.rows", { listing, from, count });
    return answer.ok ? answer.value : undefined;
  },
  async seek(prefix, from) {
    const { listing } = useObjects.getState();
    if (listing === undefined) return -1;
    const answer = await engine.call("listing.seek", { listing, from, prefix });
    return answer.ok ? answer.value : -1;
  },
});

let flashTimer: ReturnType<typeof setTimeout> | undefined;
let applyHeldRows: (() => void) | undefined;

function arrangement(): ListingArrangement {
  const { filter } = useObjects.getState();
  const sort = useSettings.getState().sort[objectsGrid];
  const column = sort?.column;
  return {
    ...(filter ? { filter } : {}),
    ...(sort && (column === "name" || column === "type" || column === "detail")
      ? { sort: { column, descending: sort.descending } }
      : {}),
  };
}

async function rowOfName(name: string): Promise<number> {
  const { listing } = useObjects.getState();
  if (listing === undefined) return -1;
  const answer = await engine.call("listing.seek", { listing, from: 0, name });
  return answer.ok ? answer.value : -1;
}

/** Selects rows; the focused row's entry follows, fetched when it is not at hand. */
export async function selectRows(selection: GridSelection): Promise<void> {
  const { path } = useObjects.getState();
  useObjects.setState({ selection });
  const { focus } = selection;
  const entry = focus < 0 ? undefined : (objectsSource.row(focus) ?? (await objectsSource.rows(focus, focus + 1))[0]);
  if (useObjects.getState().selection.focus !== focus || useObjects.getState().path !== path) return;
  useObjects.setState({ entry, selectedPath: entry ? joinPath(path, entry.name) : undefined });
  commandsChanged();
}

async function selectName(name: string | undefined): Promise<void> {
  const row = name === undefined ? -1 : await rowOfName(name);
  await selectRows(row < 0 ? nothingSelected : selectOnly(row));
}

/** Selections of more rows than this are given up by a refresh that moves rows: each name has to be sought. */
const mostKept = 100;

interface KeptSelection {
  names: string[];
  focus: string | undefined;
}

/** What is selected, by name, because rows move; rows that were never loaded have no name to keep. */
function keepSelection(): KeptSelection {
  const { selection, entry } = useObjects.getState();
  const names: string[] = [];
  for (const [from, to] of selection.ranges) {
    for (let row = from; row < to && names.length <= mostKept; row++) {
      const name = row === selection.focus ? entry?.name : objectsSource.row(row)?.name;
      if (name !== undefined) names.push(name);
    }
  }
  return { names: names.length > mostKept ? [] : names, focus: entry?.name };
}

async function restoreSelection({ names, focus }: KeptSelection): Promise<void> {
  const { path } = useObjects.getState();
  const rows = await Promise.all(names.map(rowOfName));
  const focusRow = focus === undefined ? -1 : await rowOfName(focus);
  if (useObjects.getState().path !== path) return;
  const ranges = joinRanges(rows.filter((row) => row >= 0).map((row) => [row, row + 1]));
  await selectRows({ ranges, focus: focusRow, anchor: focusRow, isRestored: true });
}

function endFlash(): void {
  clearTimeout(flashTimer);
  flashTimer = undefined;
  const apply = applyHeldRows;
  applyHeldRows = undefined;
  useObjects.setState({ added: new Set(), gone: new Set() });
  apply?.();
}

function showRows(state: ListingState): void {
  useObjects.setState({ ...counts(state), error: undefined });
  objectsSource.reset(state.count);
}

/** New rows are green for a second; rows that went stay for a second in red before the list closes over them. */
function showChanges(state: ListingState): void {
  if (applyHeldRows) endFlash();
  const removed = new Set(state.removed);
  const apply = () => {
    const kept = keepSelection();
    showRows(state);
    void restoreSelection(kept);
    if (state.added.length > 0) useObjects.setState({ added: new Set(state.added) });
  };
  if (state.removed.length === 0 && state.added.length === 0) {
    if (state.count !== useObjects.getState().count) apply();
    else useObjects.setState(counts(state));
    return;
  }
  clearTimeout(flashTimer);
  if (removed.size === 0) {
    apply();
    flashTimer = setTimeout(endFlash, flashTime);
    return;
  }
  useObjects.setState({ gone: removed });
  applyHeldRows = () => {
    apply();
    flashTimer = setTimeout(endFlash, flashTime);
  };
  flashTimer = setTimeout(endFlash, flashTime);
}

function closeListing(): void {
  const { listing } = useObjects.getState();
  if (listing !== undefined) void engine.call("listing.close", { listing });
}

/** Opens the directory that the store names, and selects `name` in it. */
async function openListing(name?: string): Promise<void> {
  const { path } = useObjects.getState();
  const answer = await engine.call("listing.open", { path, arrangement: arrangement() });
  if (useObjects.getState().path !== path) {
    if (answer.ok) void engine.call("listing.close", { listing: answer.value.listing });
    return;
  }
  useObjects.setState({ isLoading: false });
  if (answer.ok) {
    useObjects.setState({ listing: answer.value.listing });
    showRows(answer.value);
    await selectName(name);
  } else {
    useObjects.setState({ listing: undefined, total: 0, count: 0, error: answer.error });
    objectsSource.reset(0);
    await selectName(undefined);
  }
  commandsChanged();
}

export interface GoOptions {
  /** The name to select there. */
  select?: string | undefined;
  /** False while stepping through the history itself. */
  isVisit?: boolean;
}

export async function goTo(path: string, { select, isVisit = true }: GoOptions = {}): Promise<void> {
  const store = useObjects.getState();
  if (isVisit) useObjects.setState({ history: visit(store.history, path) });
  if (store.path === path && store.listing !== undefined && !store.error) {
    if (select !== undefined) {
      if (store.filter) await setFilter("");
      await selectName(select);
    }
    return;
  }
  endFlash();
  closeListing();
  useObjects.setState({ path, listing: undefined, isLoading: true, filter: "", error: undefined });
  useObjects.setState({ selection: nothingSelected, entry: undefined, selectedPath: undefined });
  changeSettings({ lastPath: path });
  await openListing(select);
}

async function rearrange(): Promise<void> {
  const { listing } = useObjects.getState();
  if (listing === undefined) return;
  endFlash();
  const kept = keepSelection();
  const answer = await engine.call("listing.arrange", { listing, arrangement: arrangement() });
  if (!answer.ok || useObjects.getState().listing !== listing) return;
  showRows(answer.value);
  await restoreSelection(kept);
}

export async function setFilter(filter: string): Promise<void> {
  useObjects.setState({ filter });
  await rearrange();
}

let refreshing: Promise<void> | undefined;
let refreshAgain = false;

async function refreshNow(): Promise<void> {
  const { listing } = useObjects.getState();
  if (listing === undefined) return openListing();
  const answer = await engine.call("listing.refresh", { listing });
  if (useObjects.getState().listing !== listing) return;
  if (answer.ok) showChanges(answer.value);
  else {
    useObjects.setState({ listing: undefined, total: 0, count: 0, error: answer.error });
    objectsSource.reset(0);
  }
}

/** Reads the directory again, keeping selection and place. Calls while one is under way become one more. */
export function refreshObjects(): Promise<void> {
  if (refreshing) {
    refreshAgain = true;
    return refreshing;
  }
  refreshing = refreshNow().finally(() => {
    refreshing = undefined;
    if (!refreshAgain) return;
    refreshAgain = false;
    setTimeout(() => void refreshObjects(), refreshPause);
  });
  return refreshing;
}

/** The directory to begin in, before there is an engine to list it. */
export function startAt(path: string): void {
  useObjects.setState({ path, history: startHistory(path), isLoading: true });
}

export function followObjects(): void {
  useSettings.subscribe((now, before) => {
    if (now.sort[objectsGrid] !== before.sort[objectsGrid]) void rearrange();
  });
  engine.onDidConnect(() => {
    const { entry } = useObjects.getState();
    useObjects.setState({ listing: undefined, isLoading: true });
    void openListing(entry?.name);
  });
  engine.on("machine", (event) => {
    // Of a lost connection, what was listed stays to be seen.
    if (event.kind === "stateChanged" && event.state.kind !== "disconnected") void refreshObjects();
    if (event.kind !== "namespaceChanged") return;
    const { path } = useObjects.getState();
    if (event.directories.some((directory) => directory.toLowerCase() === path.toLowerCase())) void refreshObjects();
  });
}
