/** One window a profile: a second start brings the first one to the front and ends. */
import type { App } from "electron";

/** False: another instance has the profile and has been told; this one must end. */
export function takeInstance(app: App, onSecondStart: (argv: string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", (_event, argv) => onSecondStart(argv));
  return true;
}

interface Raisable {
  isDestroyed(): boolean;
  isMinimized(): boolean;
  restore(): void;
  show(): void;
  focus(): void;
}

export function bringToFront(window: Raisable | undefined): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
