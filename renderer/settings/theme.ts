/** Puts the platform and the chosen theme on <html>; "system" follows the desktop while the window is open. */
import type { Theme } from "../../preload/settings";
import { useSettings } from "./settings";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const moreContrast = window.matchMedia("(prefers-contrast: more)");

export function themeInEffect(theme: Theme): Exclude<Theme, "system"> {
  if (theme !== "system") return theme;
  if (moreContrast.matches) return "highContrast";
  return dark.matches ? "dark" : "light";
}

export function followTheme(): void {
  if (navigator.platform.startsWith("Linux")) document.documentElement.dataset.platform = "linux";
  const apply = () => {
    document.documentElement.dataset.theme = themeInEffect(useSettings.getState().theme);
  };
  apply();
  useSettings.subscribe(apply);
  dark.addEventListener("change", apply);
  moreContrast.addEventListener("change", apply);
}
