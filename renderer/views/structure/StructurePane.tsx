/**
 * A structure in the machine's memory, field by field, as WinDbg's `dt` prints it: offsets, values, meanings. Pointers
 * lead on to what they point to; values follow the machine, and those that changed are marked until the next look.
 */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { visibleText } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { useMachine } from "../../engine/machineState";
import { useMachineChanges } from "../../engine/useMachineChanges";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { useSplitShares } from "../../settings/useSplitShares";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { SplitView } from "../../ui/SplitView";
import { useIsVisible } from "../../ui/useIsVisible";
import { FieldView } from "../properties/FieldView";
import { ownStructure } from "./ownStructure";
import { StructureForm } from "./StructureForm";
import { showStructure, useWantedStructure } from "./showStructure";
import { structureColumns } from "./structureColumns";
import type { StructurePaneState } from "./structureController";
import { rowText, type StructureRow, structureRows, targetOf } from "./structureRows";
import "../properties/properties.css";
import "./structure.css";

export default function StructurePane({ paneId }: PaneProps): ReactNode {
  const state = useStore(ownStructure.store);
  const element = useRef<HTMLDivElement>(null);
  const split = useSplitShares("structure", { beside: 27, below: 26 });
  const filterRef = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<string>();
  const canDump = useMachine(({ info }) => info?.capabilities.includes("structures") ?? true);
  const { dump, expanded, changed, filter, history, where } = state;
  const isLookedAt = useIsVisible(element);
  useMachineChanges(isLookedAt, () => {
    if (ownStructure.store.getState().names.length === 0) void ownStructure.loadNames();
    ownStructure.poke();
  });
  useWanted();
  useCommands(paneId, {
    "view.refresh": { run: () => ownStructure.reload() },
    "edit.quickFilter": { run: () => filterRef.current?.select() },
    "view.back": { run: () => ownStructure.step(-1), isEnabled: () => history.at > 0 },
    "view.forward": { run: () => ownStructure.step(1), isEnabled: () => history.at < history.entries.length - 1 },
  });
  const rows = useMemo(
    () => (dump ? structureRows(dump, expanded).filter((row) => matches(row, filter)) : []),
    [dump, expanded, filter],
  );
  return (
    <div ref={element} className="structurePane">
      <StructureForm state={state} filterRef={filterRef} />
      {state.error && canDump ? (
        <div className="paneError">
          <ErrorText error={state.error} />
        </div>
      ) : null}
      {dump ? (
        <p className="structureHead selectable">
          <strong>{dump.type}</strong>
          {dump.address ? <span className="mono">{dump.address}</span> : null}
          {where.includes("\\") ? <span>{visibleText(where)}</span> : null}
          <span className="muted">
            {dump.size} bytes (0x{dump.size.toString(16)})
          </span>
        </p>
      ) : null}
      <SplitView
        label="Size of the field's view"
        first={
          <ArrayGrid<StructureRow>
            grid="structure"
            label={dump ? `Fields of ${dump.type}` : "Fields"}
            rows={rows}
            columns={structureColumns}
            keyOf={keyOf}
            resetKey={`${state.type} ${where}`}
            onSelect={(row) => setSelected(row?.key)}
            onActivate={activate}
            rowClass={(row) => (changed.has(row.key) ? "structureChanged" : undefined)}
            empty={<NoFields state={state} canDump={canDump} />}
          />
        }
        second={<SelectedField row={rows.find((row) => row.key === selected)} />}
        {...split}
      />
    </div>
  );
}

/** What another pane wants to be shown. */
function useWanted(): void {
  const wanted = useWantedStructure((store) => store.wanted);
  useEffect(() => {
    if (!wanted) return;
    useWantedStructure.setState({ wanted: undefined });
    void ownStructure.go(wanted.type, wanted.where);
  }, [wanted]);
}

function matches(row: StructureRow, filter: string): boolean {
  const wanted = filter.toLowerCase();
  return `${row.key}\n${rowText(row)}\n${row.meaning}`.toLowerCase().includes(wanted);
}

function keyOf(row: StructureRow): string {
  return row.key;
}

/** Enter or a double-click: an array unfolds, a pointer is followed. */
function activate(row: StructureRow): void {
  const target = targetOf(row);
  if (row.elements !== undefined) ownStructure.toggle(row.key);
  else if (target) void ownStructure.go(target.structure ?? "", target.address);
}

/** What a flag or a code means takes more room than a row has. */
function SelectedField({ row }: { row: StructureRow | undefined }): ReactNode {
  if (!row) return <div className="structureField muted">Select a field to see it in full.</div>;
  return (
    <div className="structureField selectable">
      <span>
        <strong>{row.isElement ? row.key : row.name}</strong> <span className="mono muted">{row.type}</span>{" "}
        <span className="muted">{row.meaning}</span>
      </span>
      {row.elements === undefined && row.value ? (
        "value" in row.value ? (
          <FieldView value={row.value.value} label={row.name} name={row.key} />
        ) : (
          <ErrorText error={row.value.error} />
        )
      ) : null}
    </div>
  );
}

function NoFields({ state, canDump }: { state: StructurePaneState; canDump: boolean }): ReactNode {
  if (!canDump) {
    return <EmptyState title="This machine does not let its memory be read">The model kernel does.</EmptyState>;
  }
  if (state.error) return null;
  if (state.where !== "" && state.type === "") {
    return (
      <EmptyState title={`What lies at ${visibleText(state.where)}?`}>
        Nothing says which structure it is. Choose its type above.
      </EmptyState>
    );
  }
  if (state.dump) return <EmptyState title="No field matches the filter" />;
  if (state.type !== "") return null;
  return (
    <EmptyState
      title="Look into the machine's memory"
      actions={
        <button
          type="button"
          className="linkButton mono"
          onClick={() => showStructure({ type: "DEVICE_OBJECT", where: "\\Device\\Null" })}
        >
          DEVICE_OBJECT of \Device\Null
        </button>
      }
    >
      Choose a type, and the address or path of an object; without a place, the layout alone is shown. Addresses in the
      properties and in the IRP trace lead here too.
    </EmptyState>
  );
}
