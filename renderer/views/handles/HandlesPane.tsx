/** The handle tables of all processes: what each has open, with which rights. */
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { type HandleInfo, type StatusError, visibleText } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { engine } from "../../engine/connection";
import { pacedLoad } from "../../engine/pacedLoad";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import { goToTypedPath } from "../objects/navigation";
import "./handles.css";

const columns: GridColumn<HandleInfo>[] = [
  { id: "process", title: "Process", width: 130, sortable: true, text: (row) => visibleText(row.process) },
  { id: "processId", title: "PID", width: 56, sortable: true, align: "end", text: (row) => String(row.processId) },
  {
    id: "handle",
    title: "Handle",
    width: 70,
    sortable: true,
    align: "end",
    mono: true,
    text: (row) => `0x${row.handle.toString(16)}`,
  },
  { id: "type", title: "Type", width: 110, sortable: true, text: (row) => visibleText(row.type) },
  { id: "object", title: "Object", width: 330, sortable: true, mono: true, text: (row) => visibleText(row.path) },
  { id: "access", title: "Access", width: 320, sortable: true, text: (row) => row.access },
  {
    id: "attributes",
    title: "Attributes",
    width: 100,
    sortable: true,
    text: (row) => row.attributes?.join(", ") ?? "",
  },
];

const keyOf = (row: HandleInfo) => `${row.processId} ${row.handle}`;

/** Shows the object itself; of a file, the device that its name leads to. */
async function goTo({ path }: HandleInfo): Promise<StatusError | undefined> {
  const answer = await goToTypedPath(path);
  if (answer.found) return undefined;
  if ("error" in answer) return answer.error;
  return { domain: "nt", code: 0, ...answer.resolution.status };
}

export default function HandlesPane({ paneId }: PaneProps): ReactNode {
  const [handles, setHandles] = useState<readonly HandleInfo[]>([]);
  const [error, setError] = useState<StatusError>();
  const [selected, setSelected] = useState<HandleInfo>();
  const [filter, setFilter] = useState("");

  const load = useMemo(
    () =>
      pacedLoad(async () => {
        const answer = await engine.call("handles.list", { scope: "all" });
        setError(answer.ok ? undefined : answer.error);
        setHandles(answer.ok ? answer.value : []);
      }),
    [],
  );
  useEffect(() => {
    const connected = engine.onDidConnect(load);
    const changed = engine.on("machine", ({ kind }) => {
      if (kind === "handlesChanged" || kind === "stateChanged") load();
    });
    return () => {
      connected.dispose();
      changed.dispose();
    };
  }, [load]);
  useCommands(paneId, { "view.refresh": { run: load } });

  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    return handles.filter((row) => columns.some((column) => column.text(row).toLowerCase().includes(wanted)));
  }, [handles, filter]);
  const show = useCallback(async (row: HandleInfo | undefined) => {
    if (row === undefined || row.path === "") return;
    setError(await goTo(row));
  }, []);

  return (
    <div className="handlesPane">
      <Toolbar label="Handles">
        <Button isDisabled={!selected || selected.path === ""} onPress={() => void show(selected)}>
          <Glyph name="link" /> Go to Object
        </Button>
        <span className="toolbarGap" />
        <SearchField
          label="Filter handles"
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          count={filter ? `${shown.length} of ${handles.length}` : `${handles.length}`}
        />
      </Toolbar>
      <ArrayGrid
        grid="handles"
        label="Handles"
        rows={shown}
        columns={columns}
        keyOf={keyOf}
        onSelect={(row) => setSelected(row)}
        onActivate={(row) => void show(row)}
        empty={
          handles.length === 0 ? <EmptyState title="No handles" /> : <EmptyState title="No handle matches the filter" />
        }
      />
      {error ? (
        <div className="handlesFailure" role="alert">
          <ErrorText error={error} />
        </div>
      ) : null}
    </div>
  );
}
