/**
 * Which of the window's machines this page shows. Each has a page of its own: the first the window's top page, each further
 * one a frame within it (docs/decisions/0016-machine-tabs.md), so everything else in the page knows one machine only.
 */

/** The window's top page, which draws the tabs too. Tests without a window are one as well. */
export function isFirstPage(): boolean {
  return typeof window === "undefined" || window.parent === window;
}

/** As the main process calls it. */
export function ownMachineId(): string {
  return isFirstPage() ? "first" : (new URLSearchParams(location.search).get("machine") ?? "");
}
