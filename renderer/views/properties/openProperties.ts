/** Opens an object's properties in a tab of its own; an object whose properties are open already comes to the front. */
import { baseName, ROOT_PATH, visibleText } from "../../../preload/shared";
import { openPane } from "../../frame/dock";

export function openProperties(path: string): void {
  const title = path === ROOT_PATH ? ROOT_PATH : visibleText(baseName(path));
  openPane("properties", { paneId: `properties:${path}`, title, params: { path } });
}
