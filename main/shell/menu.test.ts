import type { MenuItem, MenuItemConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import { type CommandId, commands } from "../../preload/commands";
import { commandIds, isCommandId, type MenuOptions, MenuStateKeeper, menuBarTemplate, menuItem } from "./menu";

function options(over: Partial<MenuOptions> = {}): MenuOptions {
  return { platform: "linux", state: { enabled: {}, checked: {} }, choose: () => undefined, ...over };
}

function itemsOf(menu: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return menu.submenu as MenuItemConstructorOptions[];
}

function mnemonic(title: string): string | undefined {
  return /&(.)/.exec(title)?.[1]?.toLowerCase();
}

describe("menuBarTemplate", () => {
  it("holds each command of a menu once, and no empty groups", () => {
    const template = menuBarTemplate(options());
    expect(template.map((menu) => menu.label)).toEqual([
      "&File",
      "&Edit",
      "&View",
      "&Object",
      "&Capture",
      "&Machine",
      "&Tools",
      "&Help",
    ]);
    const ids = template.flatMap(itemsOf).flatMap((item) => item.id ?? []);
    const inMenus = commandIds.filter((id) => commands[id].menu !== "none" && id !== "machine.local");
    expect(ids.sort()).toEqual(inMenus.sort());
    for (const menu of template) {
      const kinds = itemsOf(menu).map((item) => item.type);
      expect(kinds[0]).not.toBe("separator");
      expect(kinds.at(-1)).not.toBe("separator");
    }
  });

  it("has no two menus, and no two items of one menu, under the same mnemonic", () => {
    const template = menuBarTemplate(options());
    for (const titles of [template, ...template.map(itemsOf)]) {
      const letters = titles.flatMap((item) => mnemonic(item.label ?? "") ?? []);
      const doubled = letters.filter((letter, index) => letters.indexOf(letter) !== index);
      expect([titles.map((item) => item.label), doubled]).toEqual([expect.anything(), []]);
    }
  });

  it("has no two commands under the same key", () => {
    const keys = menuBarTemplate(options())
      .flatMap(itemsOf)
      .flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("registers keys on macOS only, where it also has the application's menu", () => {
    const registers = (platform: NodeJS.Platform) =>
      menuBarTemplate(options({ platform }))
        .filter((menu) => menu.role === undefined)
        .flatMap(itemsOf)
        .filter((item) => item.id)
        .map((item) => item.registerAccelerator);
    expect(new Set(registers("linux"))).toEqual(new Set([false]));
    expect(new Set(registers("darwin"))).toEqual(new Set([true]));
    expect(menuBarTemplate(options({ platform: "darwin" }))[0]).toEqual({ role: "appMenu" });
  });

  it("offers this computer on Windows, and Wine elsewhere", () => {
    const offered = (platform: NodeJS.Platform) =>
      menuBarTemplate(options({ platform }))
        .flatMap((menu) => (menu.role === undefined ? itemsOf(menu) : []))
        .flatMap((item) => (item.id === "machine.local" || item.id === "machine.wine" ? [item.id] : []));
    expect([offered("win32"), offered("linux"), offered("darwin")]).toEqual([
      ["machine.local"],
      ["machine.wine"],
      ["machine.wine"],
    ]);
  });

  it("uses no role that reloads, closes or opens the developer tools", () => {
    const roles = menuBarTemplate(options()).flatMap((menu) => itemsOf(menu).flatMap((item) => item.role ?? []));
    expect(roles).toEqual([]);
  });
});

describe("menuItem", () => {
  it("tells which command was chosen and leaves the tick to the page", () => {
    const chosen: CommandId[] = [];
    const item = menuItem(
      "log.follow",
      options({ state: { enabled: {}, checked: { "log.follow": true } }, choose: (id) => chosen.push(id) }),
    );
    expect(item).toMatchObject({ type: "checkbox", checked: true, enabled: true });
    // As Electron does on a click: the tick is turned over before the handler runs.
    const live = { checked: false } as MenuItem;
    item.click?.(live, undefined, {});
    expect([chosen, live.checked]).toEqual([["log.follow"], true]);
  });
});

describe("MenuStateKeeper", () => {
  it("keeps the page's word and shows it on the items it names", () => {
    const keeper = new MenuStateKeeper();
    const items: Partial<Record<CommandId, { enabled: boolean; checked: boolean }>> = {
      "edit.copy": { enabled: true, checked: false },
      "log.follow": { enabled: true, checked: false },
    };
    const find = (id: CommandId) => items[id] ?? null;
    keeper.update({ enabled: { "edit.copy": false }, checked: {} }, find);
    keeper.update({ enabled: { "view.up": false }, checked: { "log.follow": true } }, find);
    expect([keeper.state, items]).toEqual([
      { enabled: { "edit.copy": false, "view.up": false }, checked: { "log.follow": true } },
      { "edit.copy": { enabled: false, checked: false }, "log.follow": { enabled: true, checked: true } },
    ]);
  });
});

describe("a menu bar that goes over to another machine", () => {
  it("shows that machine's state, with what it never spoke of as it is at first", () => {
    const keeper = new MenuStateKeeper();
    keeper.update({ enabled: { "edit.copy": false }, checked: { "log.follow": true } }, () => null);
    const items: Partial<Record<CommandId, { enabled: boolean; checked: boolean }>> = {
      "edit.copy": { enabled: true, checked: false },
      "log.follow": { enabled: false, checked: false },
      "log.capture": { enabled: false, checked: true },
    };
    keeper.show((id) => items[id] ?? null);
    expect(items).toEqual({
      "edit.copy": { enabled: false, checked: false },
      "log.follow": { enabled: true, checked: true },
      "log.capture": { enabled: true, checked: false },
    });
  });
});

describe("isCommandId", () => {
  it("knows its commands and nothing a prototype has", () => {
    expect(["edit.copy", "toString", "__proto__", "", 1, null].map(isCommandId)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
