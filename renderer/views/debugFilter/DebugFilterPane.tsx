/**
 * The Debug Print Filter: which component may print at which level. A message that a mask holds back is seen by no
 * tool, so the pane counts what each one held back and lets it through with one click.
 */
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { DebugFilterComponent, StatusError } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { engine } from "../../engine/connection";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { ErrorText } from "../../ui/ErrorText";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import "./debugFilter.css";

/** DPFLTR levels with names of their own (dpfilter.h); higher bits are a driver's own. */
const levels = ["Error", "Warning", "Trace", "Info"] as const;

export default function DebugFilterPane({ paneId }: PaneProps): ReactNode {
  const [components, setComponents] = useState<DebugFilterComponent[]>([]);
  const [error, setError] = useState<StatusError>();
  const [filter, setFilter] = useState("");

  const load = useCallback(async () => {
    const answer = await engine.call("debugFilter.get", {});
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) setComponents(inUseFirst(answer.value));
  }, []);
  const set = useCallback(
    async (component: number, level: number, on: boolean) => {
      const answer = await engine.call("debugFilter.set", { component, level, on });
      if (answer.ok) await load();
      else setError(answer.error);
    },
    [load],
  );
  useEffect(() => {
    const connected = engine.onDidConnect(() => void load());
    // Its counters grow as messages are dropped, which the log's state tells.
    let dropped = -1;
    const counted = engine.on("log", (log) => {
      if (log.droppedByMask !== dropped) void load();
      dropped = log.droppedByMask;
    });
    return () => {
      connected.dispose();
      counted.dispose();
    };
  }, [load]);
  useCommands(paneId, { "view.refresh": { run: load } });

  const columns = useMemo(() => columnsFor(set), [set]);
  const shown = useMemo(
    () => components.filter((row) => `${row.name} ${row.id}`.toLowerCase().includes(filter.toLowerCase())),
    [components, filter],
  );
  const dropped = components.reduce((sum, row) => sum + row.dropped, 0);
  return (
    <div className="debugFilterPane">
      <Toolbar label="Debug print filter">
        <span className={dropped > 0 ? "warningText" : "muted"}>
          {dropped > 0 ? `${dropped.toLocaleString()} messages held back` : "Nothing held back so far"}
        </span>
        <span className="toolbarGap" />
        <SearchField label="Filter components" placeholder="Filter" value={filter} onChange={setFilter} />
      </Toolbar>
      <p className="debugFilterHelp muted">
        DbgPrint is component DEFAULT at level Info. A message passes when its level's bit is set in its component's
        mask or in WIN2000's, which lets errors through unless it was changed.
      </p>
      <ArrayGrid
        grid="debugFilter"
        label="Debug print filter masks"
        rows={shown}
        columns={columns}
        keyOf={(row) => String(row.id)}
      />
      {error ? <ErrorText error={error} /> : null}
    </div>
  );
}

function columnsFor(
  set: (component: number, level: number, on: boolean) => Promise<void>,
): GridColumn<DebugFilterComponent>[] {
  const levelColumn = (title: string, level: number): GridColumn<DebugFilterComponent> => ({
    id: title.toLowerCase(),
    title,
    width: 68,
    text: (row) => (isOn(row, level) ? "on" : ""),
    render: (row) => (
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`${row.name} ${title}`}
        checked={isOn(row, level)}
        onChange={(event) => void set(row.id, level, event.currentTarget.checked)}
      />
    ),
  });
  return [
    { id: "name", title: "Component", width: 160, sortable: true, text: (row) => row.name },
    ...levels.map(levelColumn),
    {
      id: "dropped",
      title: "Held back",
      width: 90,
      align: "end",
      sortable: true,
      text: (row) => (row.dropped === 0 ? "" : String(row.dropped)),
    },
    {
      id: "id",
      title: "Id",
      width: 60,
      align: "end",
      sortable: true,
      hiddenAtFirst: true,
      text: (row) => String(row.id),
    },
    { id: "mask", title: "Mask", width: 100, mono: true, text: (row) => hexMask(row.mask) },
    {
      id: "bootMask",
      title: "At boot",
      width: 100,
      mono: true,
      hiddenAtFirst: true,
      text: (row) => (row.bootMask === undefined ? "" : hexMask(row.bootMask)),
    },
  ];
}

function hexMask(mask: number): string {
  return `0x${mask.toString(16).toUpperCase()}`;
}

function isOn(row: DebugFilterComponent, level: number): boolean {
  return ((row.mask >>> level) & 1) === 1;
}

/** The few components that have a mask or lost messages stand before the hundred and fifty that nobody set. */
function inUseFirst(components: readonly DebugFilterComponent[]): DebugFilterComponent[] {
  const isInUse = (row: DebugFilterComponent) => row.mask !== 0 || row.dropped !== 0;
  return [...components.filter(isInUse), ...components.filter((row) => !isInUse(row))];
}
