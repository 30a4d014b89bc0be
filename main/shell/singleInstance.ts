/** One window a profile: a second start brings the first one to the front and ends. */
import type { App } from "electron";
import * as v from "valibot";

/**
 * False: another instance has the profile and has been told `start`; this one must end.
 *
 * What a second start wants goes over as data: Chromium sorts the words of its command line anew.
 * @param onSecondStart is given what the other start said, unchecked
 */
export function takeInstance(app: App, start: StartWords, onSecondStart: (start: unknown) => void): boolean {
  if (!app.requestSingleInstanceLock({ ...start })) return false;
  app.on("second-instance", (_event, _argv, _folder, data) => onSecondStart(data));
  return true;
}

/** Which machine a start is about, in its user's words. */
export interface StartWords {
  /** The options that name it; left out, none was named. */
  machine?: string[];
  /** Where relative paths in them start. */
  folder: string;
}

const startWords: v.GenericSchema<unknown, StartWords> = v.object({
  machine: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100_000))), v.maxLength(10))),
  folder: v.string(),
});

export function readStartWords(data: unknown): StartWords | undefined {
  const parsed = v.safeParse(startWords, data);
  return parsed.success ? parsed.output : undefined;
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
