/**
 * An object's properties as a sheet with pages. Several stand side by side as tabs of the dock. Nothing is opened
 * to show them; for a device, one button opens it, and what its driver answered is shown.
 */
import { type ReactNode, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { baseName, type ObjectInfo, ROOT_PATH, visibleText } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { copyText } from "../../frame/clipboard";
import type { PaneProps } from "../../frame/paneDefinition";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { Button, IconButton } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { goToLinkTarget, goToObject } from "../objects/navigation";
import { objectText } from "./fieldText";
import { OpenedResult } from "./OpenedResult";
import "./properties.css";
import { SectionView } from "./SectionView";
import { useObjectInfo } from "./useObjectInfo";

function shownName(path: string): string {
  return path === ROOT_PATH ? ROOT_PATH : visibleText(baseName(path));
}

interface HeaderProps {
  path: string;
  info: ObjectInfo | undefined;
  onRefresh(): void;
}

function Header({ path, info, onRefresh }: HeaderProps): ReactNode {
  return (
    <header className="propertiesHeader">
      <TypeIcon type={info?.type ?? "unknown"} />
      <div className="propertiesTitle selectable">
        <strong>{shownName(path)}</strong> <span className="muted">{info?.type}</span>
        <div className="mono muted">{visibleText(path)}</div>
      </div>
      {info?.type === "SymbolicLink" ? (
        <IconButton label="Go to link target" onPress={() => void goToLinkTarget(path)}>
          <Glyph name="link" />
        </IconButton>
      ) : null}
      <IconButton label="Show in the object list" onPress={() => void goToObject(path, undefined)}>
        <Glyph name="list" />
      </IconButton>
      <IconButton
        label="Copy all as text"
        isDisabled={!info}
        onPress={() => void copyText(info ? objectText(info) : "")}
      >
        <Glyph name="copy" />
      </IconButton>
      <IconButton label="Refresh" onPress={onRefresh}>
        <Glyph name="refresh" />
      </IconButton>
    </header>
  );
}

/** The page that was looked at last is the one that the next object opens on, if it has it. */
let lastSection = "general";

function Pages({ info }: { info: ObjectInfo }): ReactNode {
  const [chosen, setChosen] = useState(lastSection);
  const section = info.sections.find(({ id }) => id === chosen) ?? info.sections[0];
  if (!section) return <EmptyState title="Nothing is known about this object" />;
  return (
    <Tabs
      className="pages"
      selectedKey={section.id}
      onSelectionChange={(key) => {
        lastSection = String(key);
        setChosen(lastSection);
      }}
    >
      <TabList className="pageTabs" aria-label="Property pages">
        {info.sections.map(({ id, title }) => (
          <Tab key={id} id={id} className="pageTab">
            {title}
          </Tab>
        ))}
      </TabList>
      {info.sections.map((page) => (
        <TabPanel key={page.id} id={page.id} className="page">
          <SectionView section={page} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

export default function PropertiesPane({ paneId, params }: PaneProps): ReactNode {
  const path = typeof params.path === "string" ? params.path : ROOT_PATH;
  const { info, error, isOpening, refresh, openToQuery } = useObjectInfo(path);
  useCommands(paneId, {
    "view.refresh": { run: refresh },
    "edit.copyPath": { run: () => copyText(path) },
    "object.linkTarget": { run: () => goToLinkTarget(path), isEnabled: () => info?.type === "SymbolicLink" },
  });
  return (
    <div className="properties">
      <Header path={path} info={info} onRefresh={refresh} />
      {info?.type === "Device" ? (
        <div className="openBar">
          <Button onPress={openToQuery} isDisabled={isOpening}>
            <Glyph name="door" />
            {isOpening ? "Opening…" : "Open device to query"}
          </Button>
          {info.opened ? (
            <OpenedResult opened={info.opened} />
          ) : (
            <span className="muted">Not opened yet: its driver has seen nothing.</span>
          )}
        </div>
      ) : null}
      {error ? (
        <div className="propertiesError">
          <ErrorText error={error} />
          {info ? <div className="muted">What was last known is shown below.</div> : null}
        </div>
      ) : null}
      {info ? <Pages info={info} /> : null}
    </div>
  );
}
