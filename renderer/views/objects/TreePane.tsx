/** The namespace tree: directories only, the list beside it shows what is in the selected one. */
import { type ReactNode, useEffect, useMemo } from "react";
import { baseName, ROOT_PATH, visibleText } from "../../../preload/shared";
import { popupMenu } from "../../commands/menuState";
import { useCommands } from "../../commands/useCommands";
import { copyText } from "../../frame/clipboard";
import { openPane } from "../../frame/dock";
import type { PaneProps } from "../../frame/paneDefinition";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { flattenTree } from "../../ui/tree/flattenTree";
import { TreeView } from "../../ui/tree/TreeView";
import { openProperties } from "../properties/openProperties";
import { goTo } from "./objectsListing";
import { useObjects } from "./objectsStore";
import { collapseDirectory, expandDirectories, revealDirectory, useTree } from "./treeStore";

function nodeText(path: string): string {
  return path === ROOT_PATH ? ROOT_PATH : visibleText(baseName(path));
}

function nodeIcon(): ReactNode {
  return <TypeIcon type="Directory" />;
}

export function TreePane({ paneId }: PaneProps): ReactNode {
  const { children, expanded, problems } = useTree();
  const path = useObjects((store) => store.path);
  const rows = useMemo(
    () => flattenTree(ROOT_PATH, { children: (id) => children.get(id), isExpanded: (id) => expanded.has(id) }),
    [children, expanded],
  );
  // NT compares names without case, so a path typed in another case is still this directory.
  const wanted = path.toLowerCase();
  const selected = rows.find((row) => row.id.toLowerCase() === wanted)?.id ?? path;
  useEffect(() => void revealDirectory(path), [path]);
  useCommands(paneId, {
    "edit.find": { run: () => openPane("find") },
    "object.properties": { run: () => openProperties(path) },
    "edit.copy": { run: () => copyText(visibleText(baseName(path)) || ROOT_PATH) },
    "edit.copyPath": { run: () => copyText(path) },
  });
  return (
    <TreeView
      label="Namespace"
      rows={rows}
      selected={selected}
      onSelect={(id) => void goTo(id)}
      onExpand={expandDirectories}
      onCollapse={collapseDirectory}
      text={nodeText}
      icon={nodeIcon}
      problem={(id) => problems.get(id)}
      onActivate={(id) => expandDirectories([id])}
      onContextMenu={(at) =>
        void popupMenu(["object.properties", "-", "edit.copyPath", "object.find", "-", "view.refresh"], at)
      }
    />
  );
}
