/** Ways through the namespace: typed paths, links, back, forward and up. */
import { baseName, parentPath, type Resolution, ROOT_PATH, type StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { showNotice } from "../../frame/notices";
import { changeSettings, useSettings } from "../../settings/settings";
import { openProperties } from "../properties/openProperties";
import { goTo } from "./objectsListing";
import { useObjects } from "./objectsStore";
import { rememberTyped, step } from "./pathHistory";

/** Shows an object: a directory from inside, anything else selected in its directory. */
export async function goToObject(path: string, type: string | undefined): Promise<void> {
  if (type?.toLowerCase() === "directory" || path === ROOT_PATH) await goTo(path);
  else await goTo(parentPath(path), { select: baseName(path) });
}

export type PathAnswer =
  | { found: true }
  | { found: false; resolution: Resolution }
  | { found: false; error: StatusError };

/** Goes where a typed NT or DOS path leads; a path that leads nowhere answers how far it came. */
export async function goToTypedPath(text: string): Promise<PathAnswer> {
  const answer = await engine.call("objects.resolve", { path: text });
  if (!answer.ok) return { found: false, error: answer.error };
  if (!answer.value.reached) return { found: false, resolution: answer.value };
  changeSettings({ pathHistory: rememberTyped(useSettings.getState().pathHistory, text) });
  await goToObject(answer.value.reached.path, answer.value.reached.type);
  return { found: true };
}

export async function goToLinkTarget(path: string): Promise<void> {
  const answer = await engine.call("objects.resolve", { path });
  if (!answer.ok) return showNotice("error", "The link could not be followed", answer.error.message);
  const { reached, status } = answer.value;
  if (reached) return goToObject(reached.path, reached.type);
  const target = answer.value.hops.find((hop) => hop.linkTarget !== undefined)?.linkTarget;
  showNotice(
    "warning",
    `The link's target ${target ?? ""} leads nowhere`,
    `${status.name} (${status.status}): ${status.message}`,
  );
}

/** The focused row: a directory is entered, anything else shows its properties (WinObj's Enter and double-click). */
export async function activateEntry(): Promise<void> {
  const { entry, selectedPath } = useObjects.getState();
  if (!entry || selectedPath === undefined) return;
  if (entry.type.toLowerCase() === "directory") await goTo(selectedPath);
  else openProperties(selectedPath);
}

export function goThroughHistory(by: 1 | -1): void {
  const next = step(useObjects.getState().history, by);
  if (!next) return;
  useObjects.setState({ history: next.history });
  void goTo(next.path, { isVisit: false });
}

export function goUp(): void {
  const { path } = useObjects.getState();
  if (path !== ROOT_PATH) void goTo(parentPath(path), { select: baseName(path) });
}
