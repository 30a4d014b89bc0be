import { describe, expect, it } from "vitest";
import { type CommandRow, commands } from "../../preload/commands";
import { type KeyEvent, matchesChord, parseAccelerator, showAccelerator } from "./accelerator";

function key(key: string, modifiers = "", code = ""): KeyEvent {
  const has = (name: string) => modifiers.includes(name);
  return { key, code, ctrlKey: has("c"), metaKey: has("m"), altKey: has("a"), shiftKey: has("s") };
}

describe("accelerators", () => {
  it("are parsed into modifiers and a key, Command on a Mac", () => {
    expect(parseAccelerator("CommandOrControl+Shift+P", false)).toEqual({
      control: true,
      meta: false,
      alt: false,
      shift: true,
      key: "p",
    });
    expect(parseAccelerator("CommandOrControl+Shift+P", true)).toMatchObject({ control: false, meta: true });
    expect(parseAccelerator("Alt+Left", false)).toMatchObject({ alt: true, key: "arrowleft" });
    expect(parseAccelerator("CommandOrControl+=", false).key).toBe("=");
  });

  it("match the exact modifiers and no others", () => {
    const chord = parseAccelerator("CommandOrControl+F", false);
    expect(matchesChord(chord, key("f", "c"))).toBe(true);
    expect(matchesChord(chord, key("F", "cs"))).toBe(false);
    expect(matchesChord(chord, key("f"))).toBe(false);
    expect(matchesChord(parseAccelerator("CommandOrControl+Shift+F", false), key("F", "cs"))).toBe(true);
  });

  it("follow the letter typed, and the key's place only where the layout types no Latin letter", () => {
    const chord = parseAccelerator("CommandOrControl+E", false);
    expect(matchesChord(chord, key("у", "c", "KeyE"))).toBe(true);
    // Dvorak: the key in E's place types a full stop; the one that types e is elsewhere.
    expect(matchesChord(chord, key("e", "c", "KeyD"))).toBe(true);
    expect(matchesChord(parseAccelerator("CommandOrControl+A", false), key("q", "c", "KeyA"))).toBe(false);
  });

  it("are shown as the platform writes them", () => {
    expect(showAccelerator("CommandOrControl+Shift+P", false)).toBe("Ctrl+Shift+P");
    expect(showAccelerator("CommandOrControl+Shift+P", true)).toBe("⌘⇧P");
    expect(showAccelerator("Alt+Up", false)).toBe("Alt+↑");
  });

  it("of the command table are all different, on both kinds of keyboard", () => {
    for (const isMac of [false, true]) {
      const chords = Object.values(commands).flatMap((row: CommandRow) =>
        row.accelerator ? [JSON.stringify(parseAccelerator(row.accelerator, isMac))] : [],
      );
      expect(new Set(chords).size).toBe(chords.length);
    }
  });
});
