/** Native context menus of the page's choosing: items are commands, and the answer is the one that was chosen. */
import type { MenuItemConstructorOptions } from "electron";
import type { CommandId } from "../../preload/commands";
import { type MenuOptions, menuItem } from "./menu";

export interface PopupRequest {
  commands: (CommandId | "-")[];
  /** CSS pixels of the page; left out, the pointer's place. */
  x?: number;
  y?: number;
}

/** Shows a template and calls `closed` when the menu is gone. */
export type ShowPopup = (
  template: MenuItemConstructorOptions[],
  place: { x: number; y: number } | undefined,
  closed: () => void,
) => void;

/** Ms. On some desktops the menu reports its closing before the click that closed it. */
const clickGrace = 100;

/** `zoom`: the page's zoom factor, which lies between its pixels and the window's. */
export function popUp(
  request: PopupRequest,
  zoom: number,
  options: Omit<MenuOptions, "choose">,
  show: ShowPopup,
): Promise<CommandId | null> {
  return new Promise((resolve) => {
    const choose = (id: CommandId): void => resolve(id);
    const template = request.commands.map((id): MenuItemConstructorOptions => {
      return id === "-" ? { type: "separator" } : menuItem(id, { ...options, choose });
    });
    const { x, y } = request;
    const place = x === undefined || y === undefined ? undefined : { x: Math.round(x * zoom), y: Math.round(y * zoom) };
    show(template, place, () => setTimeout(() => resolve(null), clickGrace));
  });
}
