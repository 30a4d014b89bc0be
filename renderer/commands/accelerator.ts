/**
 * Electron accelerators ("CommandOrControl+Shift+P") as the page needs them: matched against key events, and shown
 * to people. The menus display the same strings but do not register them, so a key runs a command exactly once.
 * Source: Electron documentation, "Keyboard Shortcuts", accelerator syntax.
 */

export interface KeyChord {
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
  /** `KeyboardEvent.key` in lower case. */
  key: string;
}

const namedKeys: Record<string, string> = {
  left: "arrowleft",
  right: "arrowright",
  up: "arrowup",
  down: "arrowdown",
  esc: "escape",
  return: "enter",
  plus: "+",
  space: " ",
};

export function parseAccelerator(accelerator: string, isMac: boolean): KeyChord {
  const chord: KeyChord = { control: false, meta: false, alt: false, shift: false, key: "" };
  for (const part of accelerator.split("+")) {
    const word = part.toLowerCase();
    if (word === "commandorcontrol" || word === "cmdorctrl") {
      if (isMac) chord.meta = true;
      else chord.control = true;
    } else if (word === "control" || word === "ctrl") chord.control = true;
    else if (word === "command" || word === "cmd" || word === "super" || word === "meta") chord.meta = true;
    else if (word === "alt" || word === "option") chord.alt = true;
    else if (word === "shift") chord.shift = true;
    else chord.key = namedKeys[word] ?? word;
  }
  return chord;
}

export type KeyEvent = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The letter or digit printed on the key of a US keyboard, for layouts whose key types something else with Ctrl or Alt. */
function keyOfCode(code: string): string | undefined {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase();
}

export function matchesChord(chord: KeyChord, event: KeyEvent): boolean {
  if (event.ctrlKey !== chord.control || event.metaKey !== chord.meta) return false;
  if (event.altKey !== chord.alt || event.shiftKey !== chord.shift) return false;
  const key = event.key.toLowerCase();
  if (key === chord.key) return true;
  // A Latin letter under another key means that other key: only layouts without Latin letters fall back to the code.
  return !/^[a-z0-9]$/.test(key) && keyOfCode(event.code) === chord.key;
}

const shownKeys: Record<string, string> = {
  commandorcontrol: "Ctrl",
  control: "Ctrl",
  left: "←",
  right: "→",
  up: "↑",
  down: "↓",
};
const macKeys: Record<string, string> = { commandorcontrol: "⌘", control: "⌃", alt: "⌥", shift: "⇧" };

/** "Ctrl+Shift+P", or "⌘⇧P" on a Mac. */
export function showAccelerator(accelerator: string, isMac: boolean): string {
  const parts = accelerator.split("+").map((part) => {
    const word = part.toLowerCase();
    return (isMac ? macKeys[word] : undefined) ?? shownKeys[word] ?? part;
  });
  return parts.join(isMac ? "" : "+");
}
