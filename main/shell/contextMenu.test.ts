import type { MenuItem, MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { popUp, type ShowPopup } from "./contextMenu";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const options = { platform: "linux" as const, state: { enabled: { "edit.copy": false }, checked: {} } };

function click(template: MenuItemConstructorOptions[], id: string): void {
  template.find((item) => item.id === id)?.click?.({} as MenuItem, undefined, {});
}

describe("popUp", () => {
  it("shows the commands asked for, at the page's point, and answers the one chosen, even after the menu closed", async () => {
    const shown: unknown[] = [];
    const show: ShowPopup = (template, place, closed) => {
      shown.push(
        template.map((item) => [item.id ?? item.type, item.enabled]),
        place,
      );
      closed();
      click(template, "object.properties");
    };
    const request = { commands: ["object.properties" as const, "-" as const, "edit.copy" as const], x: 10, y: 20.4 };
    expect(await popUp(request, 2, options, show)).toBe("object.properties");
    expect(shown).toEqual([
      [
        ["object.properties", true],
        ["separator", undefined],
        ["edit.copy", false],
      ],
      { x: 20, y: 41 },
    ]);
  });

  it("answers null when the menu was dismissed", async () => {
    const answer = popUp({ commands: ["edit.copy"] }, 1, options, (_template, place, closed) => {
      expect(place).toBeUndefined();
      closed();
    });
    vi.runAllTimers();
    expect(await answer).toBeNull();
  });
});
