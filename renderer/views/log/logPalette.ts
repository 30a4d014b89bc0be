/**
 * The theme's colours as the log needs them: custom properties of the page (styles/tokens.css) read once per theme and
 * turned into what a terminal takes.
 */
import type { TerminalStyle, TerminalTheme } from "../../log/terminal";
import type { LogPalette } from "./rowPainter";

/** Backgrounds of highlight rules, in the order of the rules editor; each keeps 4.5:1 with its theme's text. */
const lightHighlights = [
  "#fff0a8",
  "#c9efcf",
  "#cfe3ff",
  "#ffd9d2",
  "#ead9ff",
  "#d3f3f4",
  "#ffe0bd",
  "#e6e8b8",
  "#f7d4ea",
  "#dfe3e6",
];
const darkHighlights = [
  "#5b4b00",
  "#1f4d28",
  "#1b3f66",
  "#66261c",
  "#45306b",
  "#11494b",
  "#5e3a10",
  "#454712",
  "#5b2547",
  "#3c4247",
];

export function highlightColours(isDark: boolean): readonly string[] {
  return isDark ? darkHighlights : lightHighlights;
}

/** Read from the page itself: a pane in a hidden tab is out of the document and has no style. */
export function logPalette(): { palette: LogPalette; theme: TerminalTheme; isDark: boolean } {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const isDark = style.colorScheme !== "light";
  return {
    isDark,
    palette: {
      text: rgb(token("--fg")),
      muted: rgb(token("--fg-muted")),
      error: rgb(token("--error")),
      warning: rgb(token("--warning")),
      selected: rgb(token("--select-bg")),
      selectedIdle: rgb(token("--select-idle-bg")),
      match: rgb(token("--match-bg")),
      highlights: highlightColours(isDark).map(rgb),
    },
    theme: {
      background: token("--bg"),
      foreground: token("--fg"),
      selectionBackground: token("--accent"),
      selectionForeground: token("--accent-fg"),
    },
  };
}

export function terminalStyle(theme: TerminalTheme, screenReader: boolean): TerminalStyle {
  const style = getComputedStyle(document.documentElement);
  return {
    fontFamily: style.getPropertyValue("--font-mono").trim(),
    fontSize: Number.parseFloat(style.getPropertyValue("--font-size-mono")),
    theme,
    screenReader,
  };
}

/** `#rrggbb` or `#rgb` as `r;g;b`. */
export function rgb(colour: string): string {
  const hex = colour.replace("#", "");
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)).join(";");
}
