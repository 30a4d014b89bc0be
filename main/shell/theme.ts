/** The theme setting as Electron's `nativeTheme` knows it, and the colour a window has before its page is painted. */
import type { NativeTheme } from "electron";
import type { Theme } from "../../preload/settings";

/** The page draws its own high contrast scheme, which is dark; menus and dialogs follow the dark theme then. */
export function themeSource(theme: Theme): NativeTheme["themeSource"] {
  return theme === "highContrast" ? "dark" : theme;
}

/** The page's `--surface` of each scheme, so that the first frame does not flash. */
export function backgroundColor(theme: Theme, isSystemDark: boolean): string {
  if (theme === "highContrast") return "#000000";
  return theme === "dark" || (theme === "system" && isSystemDark) ? "#1e1e1e" : "#ffffff";
}
