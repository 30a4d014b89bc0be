/** The list of the objects in a directory. */
import type { ReactNode } from "react";
import type { CommandId } from "../../../preload/commands";
import { type DirectoryEntry, hasHiddenCharacters, visibleText } from "../../../preload/shared";
import { popupMenu } from "../../commands/menuState";
import { useCommands } from "../../commands/useCommands";
import { copyText } from "../../frame/clipboard";
import { openPane } from "../../frame/dock";
import type { PaneProps } from "../../frame/paneDefinition";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { useGridSettings } from "../../settings/useGridSettings";
import { Button } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText, errorLine } from "../../ui/ErrorText";
import { bodyStructure } from "../structure/showStructure";
import { activateEntry, goUp } from "./navigation";
import "./objects.css";
import { objectsGrid, objectsSource, refreshObjects, selectRows, setFilter } from "./objectsListing";
import { useObjects } from "./objectsStore";

function NameCell({ entry }: { entry: DirectoryEntry }): ReactNode {
  return (
    <span className="objectName">
      <TypeIcon type={entry.type} />
      <span className="objectText" data-odd={hasHiddenCharacters(entry.name) || undefined}>
        {visibleText(entry.name)}
      </span>
    </span>
  );
}

function detailText({ detail }: DirectoryEntry): string {
  if (!detail) return "";
  return "value" in detail ? visibleText(detail.value) : errorLine(detail.error);
}

function DetailCell({ entry }: { entry: DirectoryEntry }): ReactNode {
  const { detail } = entry;
  if (!detail) return null;
  if ("error" in detail) return <span className="objectProblem">{detail.error.name}</span>;
  const text = visibleText(detail.value);
  if (entry.type !== "SymbolicLink") return text;
  return (
    <>
      <span className="muted">→ </span>
      {text}
    </>
  );
}

/** Icon and gap, px: objects.css. */
const iconWidth = 22;

const columns: GridColumn<DirectoryEntry>[] = [
  {
    id: "name",
    title: "Name",
    width: 240,
    sortable: true,
    decoration: iconWidth,
    text: (entry) => visibleText(entry.name),
    render: (entry) => <NameCell entry={entry} />,
  },
  { id: "type", title: "Type", width: 130, sortable: true, text: (entry) => entry.type },
  {
    id: "detail",
    title: "Link target / Description",
    width: 280,
    sortable: true,
    text: detailText,
    render: (entry) => <DetailCell entry={entry} />,
  },
];

function menuFor(entry: DirectoryEntry | undefined): (CommandId | "-")[] {
  if (!entry) return ["view.refresh", "view.columns", "-", "object.find"];
  const type = entry.type.toLowerCase();
  return [
    "object.properties",
    ...(type === "symboliclink" ? (["object.linkTarget"] as const) : []),
    ...(type === "device" || type === "symboliclink" ? (["object.openDevice"] as const) : []),
    ...(bodyStructure(type) ? (["object.structure"] as const) : []),
    "-",
    "edit.copy",
    "edit.copyPath",
    "-",
    "view.refresh",
    "view.columns",
  ];
}

function EmptyList(): ReactNode {
  const { error, filter, total, path, isLoading } = useObjects();
  if (isLoading) return null;
  if (error) {
    return (
      <EmptyState
        title={`${visibleText(path)} could not be listed`}
        actions={<Button onPress={() => void refreshObjects()}>Try again</Button>}
      >
        <ErrorText error={error} />
      </EmptyState>
    );
  }
  if (filter && total > 0) {
    return (
      <EmptyState
        title={`None of ${total.toLocaleString("en-US")} objects matches “${filter}”`}
        actions={<Button onPress={() => void setFilter("")}>Clear filter</Button>}
      />
    );
  }
  return <EmptyState title="This directory is empty" />;
}

export function ObjectsPane({ paneId }: PaneProps): ReactNode {
  // In the log Ctrl+F finds lines; here it finds objects, as in WinObjEx64.
  useCommands(paneId, { "edit.find": { run: () => openPane("find") } });
  const { path, selection, added, gone, isLoading } = useObjects();
  const grid = useGridSettings(objectsGrid);
  return (
    <DataGrid
      label={`Objects in ${visibleText(path)}`}
      source={objectsSource}
      isBusy={isLoading}
      columns={columns}
      {...grid}
      selection={selection}
      onSelectionChange={(next) => void selectRows(next)}
      onActivate={() => void activateEntry()}
      onContextMenu={(at) => void popupMenu(menuFor(useObjects.getState().entry), at)}
      onCopy={copyText}
      rowClass={(entry) => (gone.has(entry.name) ? "rowGone" : added.has(entry.name) ? "rowAdded" : undefined)}
      onKey={(event) => {
        if (event.key !== "Backspace") return false;
        goUp();
        return true;
      }}
      resetKey={path}
      empty={<EmptyList />}
    />
  );
}
