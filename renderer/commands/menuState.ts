/** Keeps the native menu's enabled and ticked items in step with the page, and runs what the menu chooses. */
import type { CommandId } from "../../preload/commands";
import { askShell, onShell } from "../api";
import { commandIds, isCommandChecked, isCommandEnabled, onCommandsChanged, runCommand } from "./registry";

/** Selection and log state change many times a second; menus are read by people. */
const pushDelay = 80;

type State = Record<string, boolean>;

function changes(now: State, before: State): State {
  return Object.fromEntries(Object.entries(now).filter(([id, value]) => before[id] !== value));
}

export function startMenuState(): void {
  let enabled: State = {};
  let checked: State = {};
  let isWaiting = false;

  function push() {
    isWaiting = false;
    const nowEnabled = Object.fromEntries(commandIds.map((id) => [id, isCommandEnabled(id)]));
    const nowChecked = Object.fromEntries(commandIds.map((id) => [id, isCommandChecked(id)]));
    const difference = { enabled: changes(nowEnabled, enabled), checked: changes(nowChecked, checked) };
    enabled = nowEnabled;
    checked = nowChecked;
    if (Object.keys(difference.enabled).length + Object.keys(difference.checked).length === 0) return;
    void askShell("menu.state", difference);
  }

  onShell("command", (id) => runCommand(id));
  onCommandsChanged(() => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(push, pushDelay);
  });
  push();
}

/** A point of this page in the window's: a further machine's page is a frame in it, below the tabs. */
function inWindow({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const frame = window.frameElement?.getBoundingClientRect();
  return frame ? { x: x + frame.left, y: y + frame.top } : { x, y };
}

/** Pops up a native menu of these commands, at the pointer or at a point of the page (CSS px), and runs the choice. */
export async function popupMenu(items: (CommandId | "-")[], at?: { x: number; y: number }): Promise<void> {
  const enabled = Object.fromEntries(commandIds.map((id) => [id, isCommandEnabled(id)]));
  const checked = Object.fromEntries(commandIds.map((id) => [id, isCommandChecked(id)]));
  // The state pushed above lags by design; a menu that opens on a fresh selection must not.
  await askShell("menu.state", { enabled, checked });
  const answer = await askShell("menu.popup", { commands: items, ...(at ? inWindow(at) : {}) });
  if (answer.ok && answer.value !== null) runCommand(answer.value);
}
