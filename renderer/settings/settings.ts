/**
 * Settings as the page holds them: read once at start, changed at once on the screen and written shortly after, so
 * that dragging a divider does not write a file for every pixel.
 */
import { create } from "zustand";
import type { ColumnLayout, Settings } from "../../preload/settings";
import { askShell, onShell } from "../api";
import { isFirstPage } from "../engine/realm";
import { showNotice } from "../frame/notices";

/** Longer than the pauses within one drag, short enough that quitting right after a change loses nothing to notice. */
const writeDelay = 300;

const defaults: Settings = {
  theme: "system",
  zoom: 1,
  layout: null,
  columns: {},
  sort: {},
  lastPath: "\\",
  clock: "clockMs",
  follow: true,
  historyLines: 0,
  logRules: [],
  guideDone: false,
  pathHistory: [],
  recentMachines: [],
};

export const useSettings = create<Settings>(() => defaults);

let unwritten: Partial<Settings> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

async function write(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (Object.keys(unwritten).length === 0) return;
  const changes = unwritten;
  unwritten = {};
  const answer = await askShell("settings.set", changes);
  if (!answer.ok) showNotice("warning", `Settings could not be kept: ${answer.error.message}`);
}

/** Of several pages, one place and one layout can be found again at the next start: the first's. */
function toKeep(changes: Partial<Settings>): Partial<Settings> {
  if (isFirstPage()) return changes;
  const { layout: _layout, lastPath: _lastPath, ...rest } = changes;
  return rest;
}

export function changeSettings(changes: Partial<Settings>): void {
  useSettings.setState(changes);
  unwritten = { ...unwritten, ...toKeep(changes) };
  clearTimeout(timer);
  timer = setTimeout(() => void write(), writeDelay);
}

export function changeColumns(grid: string, layout: ColumnLayout): void {
  changeSettings({ columns: { ...useSettings.getState().columns, [grid]: layout } });
}

export function changeSort(grid: string, sort: { column: string; descending: boolean } | undefined): void {
  const { [grid]: dropped, ...rest } = useSettings.getState().sort;
  changeSettings({ sort: sort ? { ...rest, [grid]: sort } : rest });
}

/** Reads the settings and follows changes made elsewhere. Called once, before the first render. */
export async function loadSettings(): Promise<void> {
  onShell("settings", (settings) => useSettings.setState({ ...settings, ...unwritten }));
  window.addEventListener("pagehide", () => void write());
  const answer = await askShell("settings.get", null);
  if (answer.ok) useSettings.setState(answer.value);
  else showNotice("warning", `Settings could not be read: ${answer.error.message}`);
}
