/** The one window: sandboxed, isolated, without Node, and hidden until its first frame is ready. */
import type { BrowserWindowConstructorOptions, Rectangle } from "electron";
import { minimumSize } from "./windowState";

export interface WindowLook {
  bounds: Rectangle;
  backgroundColor: string;
  preload: string;
  /** Developer tools are for development; a packaged window has none. */
  hasDevTools: boolean;
}

export function windowOptions(look: WindowLook): BrowserWindowConstructorOptions {
  return {
    ...look.bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: "NtScope",
    backgroundColor: look.backgroundColor,
    show: false,
    webPreferences: {
      preload: look.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Gives the frames of further machines the bridge too. No Node.js comes with it: they are sandboxed as well.
      nodeIntegrationInSubFrames: true,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
      devTools: look.hasDevTools,
    },
  };
}

// Control characters, bidi controls and line separators: a title is drawn by the desktop, which may obey them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unsafeInTitle = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Object names and paths reach the title bar; long ones are cut as a desktop would. */
export function safeTitle(title: string): string {
  return title.slice(0, 300).replace(unsafeInTitle, "\ufffd");
}
