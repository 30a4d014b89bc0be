/** Where the window opens: where it was last, as far as a display of today still shows that place. */
import type { Rectangle } from "electron";
import type { WindowState } from "./settingsSchema";

export const minimumSize = { width: 640, height: 400 };
const firstSize = { width: 1280, height: 800 };

/** Device-independent pixels of title bar that must be on a display, so that the window can be taken and moved. */
const grip = { width: 100, height: 30 };

/**
 * Bounds for a new window. `workAreas`: one a display, the primary first. Without a usable saved place, centred on
 * the primary display; never larger than the display's work area.
 */
export function placeWindow(saved: WindowState | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const [primary] = workAreas;
  if (primary === undefined) return { x: 0, y: 0, ...firstSize };
  const area = saved && workAreas.find((candidate) => showsTitleBar(candidate, saved));
  if (!saved || !area) return centred(saved ?? firstSize, primary);
  const size = shrink(saved, area);
  return {
    x: clamp(saved.x, area.x, area.x + area.width - size.width),
    y: clamp(saved.y, area.y, area.y + area.height - size.height),
    ...size,
  };
}

function showsTitleBar(area: Rectangle, window: Rectangle): boolean {
  const width = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  const height = Math.min(area.y + area.height, window.y + grip.height) - Math.max(area.y, window.y);
  return width >= grip.width && height > 0;
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const { width, height } = shrink(size, area);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}

function shrink(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(Math.max(size.width, minimumSize.width), area.width),
    height: Math.min(Math.max(size.height, minimumSize.height), area.height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
