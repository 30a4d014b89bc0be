/**
 * The native menu bar, built from the command table. An item's id is its command's, and a click only tells the page
 * which command was meant: what it does is written once, in the page.
 *
 * On Windows and Linux the accelerators are shown but not registered: the page has one map of keys, so that Ctrl+C,
 * Ctrl+X and Ctrl+A still mean what they mean in a text field. macOS takes its keys from the menu bar.
 */
import type { MenuItemConstructorOptions } from "electron";
import { type CommandId, type CommandRow, commands } from "../../preload/commands";

export interface MenuState {
  enabled: Partial<Record<CommandId, boolean>>;
  checked: Partial<Record<CommandId, boolean>>;
}

const menuTitles: Record<Exclude<CommandRow["menu"], "none">, string> = {
  file: "&File",
  edit: "&Edit",
  view: "&View",
  object: "&Object",
  capture: "&Capture",
  machine: "&Machine",
  tools: "&Tools",
  help: "&Help",
};

export const commandIds = Object.keys(commands) as CommandId[];

export function isCommandId(value: unknown): value is CommandId {
  return typeof value === "string" && Object.hasOwn(commands, value);
}

export interface MenuOptions {
  platform: NodeJS.Platform;
  /** Read anew at each use: it is the machine's that is being looked at. */
  readonly state: MenuState;
  choose(command: CommandId): void;
}

/** One item. `choose` runs before the page answers with a new state, so a tick goes back to what the page last said. */
export function menuItem(id: CommandId, options: MenuOptions): MenuItemConstructorOptions {
  const row: CommandRow = commands[id];
  const item: MenuItemConstructorOptions = {
    id,
    label: row.title,
    enabled: options.state.enabled[id] ?? true,
    registerAccelerator: options.platform === "darwin",
    click(clicked) {
      if (row.kind === "checkbox") clicked.checked = options.state.checked[id] ?? false;
      options.choose(id);
    },
  };
  if (row.accelerator !== undefined) item.accelerator = row.accelerator;
  if (row.kind === "checkbox") {
    item.type = "checkbox";
    item.checked = options.state.checked[id] ?? false;
  }
  return item;
}

export function menuBarTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const template: MenuItemConstructorOptions[] = options.platform === "darwin" ? [{ role: "appMenu" }] : [];
  for (const [menu, label] of Object.entries(menuTitles)) {
    const submenu: MenuItemConstructorOptions[] = [];
    for (const id of commandIds) {
      const row: CommandRow = commands[id];
      if (row.menu !== menu || !isThere(row, options.platform)) continue;
      if (row.group && submenu.length > 0) submenu.push({ type: "separator" });
      submenu.push(menuItem(id, options));
    }
    template.push({ label, submenu });
  }
  return template;
}

function isThere(row: CommandRow, platform: NodeJS.Platform): boolean {
  return row.system === undefined || (row.system === "windows") === (platform === "win32");
}

/** What a page's answer changes in an item that exists. */
interface LiveItem {
  enabled: boolean;
  checked: boolean;
}

/** Keeps one page's latest word on each command, and shows it on the menu bar's items. */
export class MenuStateKeeper {
  readonly state: MenuState = { enabled: {}, checked: {} };

  update(change: MenuState, find: (id: CommandId) => LiveItem | null): void {
    Object.assign(this.state.enabled, change.enabled);
    Object.assign(this.state.checked, change.checked);
    for (const id of commandIds) {
      const enabled = change.enabled[id];
      const checked = change.checked[id];
      if (enabled === undefined && checked === undefined) continue;
      const item = find(id);
      if (item === null) continue;
      if (enabled !== undefined) item.enabled = enabled;
      if (checked !== undefined) item.checked = checked;
    }
  }
  /** Puts the whole state on the menu bar, in the place of another page's. */
  show(find: (id: CommandId) => LiveItem | null): void {
    for (const id of commandIds) {
      const item = find(id);
      if (item === null) continue;
      item.enabled = this.state.enabled[id] ?? true;
      item.checked = this.state.checked[id] ?? false;
    }
  }
}
