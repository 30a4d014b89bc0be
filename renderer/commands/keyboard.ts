/**
 * The one keydown map. Menus show the accelerators of preload/commands.ts but leave them to the page, because only
 * the page knows whether a text field has the focus: there Ctrl+C, X, V, A, Z and the cursor keys stay the field's.
 */
import { type CommandId, type CommandRow, commands } from "../../preload/commands";
import { isOwnMachineShown } from "../views/machines/machineTabs";
import { type KeyChord, type KeyEvent, matchesChord, parseAccelerator } from "./accelerator";
import { commandIds, runCommand } from "./registry";

export const isMac = navigator.platform.startsWith("Mac");

const chords: { id: CommandId; chord: KeyChord }[] = commandIds.flatMap((id) => {
  const row: CommandRow = commands[id];
  return row.accelerator ? [{ id, chord: parseAccelerator(row.accelerator, isMac) }] : [];
});

/** Keys that people bring along from other tools, beside the ones that the menus show. */
const otherKeys: [accelerator: string, id: CommandId][] = [
  ["F4", "view.path"],
  ["Pause", "log.capture"],
  ["CommandOrControl+Plus", "view.zoomIn"],
];

for (const [accelerator, id] of otherKeys) chords.push({ id, chord: parseAccelerator(accelerator, isMac) });

/** What a text field does with Ctrl itself: editing, and moving or deleting by words. */
const fieldKeys = new Set([
  "a",
  "c",
  "v",
  "x",
  "z",
  "y",
  "arrowleft",
  "arrowright",
  "backspace",
  "delete",
  "home",
  "end",
]);

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

/** What the keys mean while another machine's page is shown. */
const tabCommands = new Set<CommandId>(["machine.next", "machine.previous"]);

function belongsToField(event: KeyEvent): boolean {
  const withControl = isMac ? event.metaKey : event.ctrlKey;
  return withControl && !event.altKey && fieldKeys.has(event.key.toLowerCase());
}

export function commandOfKey(event: KeyEvent): CommandId | undefined {
  return chords.find(({ chord }) => matchesChord(chord, event))?.id;
}

function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const id = commandOfKey(event);
  if (id === undefined) return;
  // The keyboard is in the strip of tabs then, and this page's own machine is not what its user looks at.
  if (!isOwnMachineShown() && !tabCommands.has(id)) return;
  // A dialog takes the keyboard for itself: Ctrl+X must not clear the log behind it.
  if (document.querySelector("[data-modal]") !== null) return;
  const target = event.target;
  // xterm's own hidden field edits nothing: there the log pane's commands own all keys.
  const isTerminal = target instanceof HTMLElement && target.closest(".xterm") !== null;
  if (isTextField(target) && !isTerminal && belongsToField(event)) return;
  // Text that was selected with the mouse is what Ctrl+C means, wherever it stands.
  if (id === "edit.copy" && window.getSelection()?.toString()) return;
  if (runCommand(id)) event.preventDefault();
}

export function startKeyboard(): { dispose(): void } {
  window.addEventListener("keydown", handleKey);
  return { dispose: () => window.removeEventListener("keydown", handleKey) };
}
