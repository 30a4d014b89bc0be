/** The IRP trace: every request that drivers were given as a list, and the selected one's way through the device stack. */
import { type ReactNode, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { CommandId } from "../../../preload/commands";
import { popupMenu } from "../../commands/menuState";
import { commandsChanged, runCommand } from "../../commands/registry";
import { copyText } from "../../frame/clipboard";
import type { PaneProps } from "../../frame/paneDefinition";
import { useGridSettings } from "../../settings/useGridSettings";
import { useSplitShares } from "../../settings/useSplitShares";
import { Button } from "../../ui/Button";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { NewRowsChip } from "../../ui/NewRowsChip";
import { SplitView } from "../../ui/SplitView";
import { IrpView } from "./IrpView";
import { ownTrace } from "./ownTrace";
import { useWantedIrp } from "./showIrp";
import { TraceToolbar } from "./TraceToolbar";
import { rowClass, traceColumns } from "./traceColumns";
import { useTraceCommands } from "./traceCommands";
import type { TracePaneState } from "./traceController";
import "./trace.css";

const contextMenu: (CommandId | "-")[] = [
  "trace.showInLog",
  "trace.showStructure",
  "-",
  "edit.copy",
  "-",
  "trace.onlyDevice",
  "trace.onlyProcess",
  "trace.onlyFunction",
  "trace.onlyStatus",
  "trace.allRows",
  "-",
  "trace.record",
  "trace.clear",
  "trace.save",
];

export default function TracePane({ paneId }: PaneProps): ReactNode {
  const state = useStore(ownTrace.store);
  const list = useRef<HTMLDivElement>(null);
  const deviceRef = useRef<HTMLInputElement>(null);
  const split = useSplitShares("trace", { beside: 55, below: 60 });
  useEffect(() => {
    const connection = ownTrace.connect();
    return () => connection.dispose();
  }, []);
  useTraceCommands(paneId, ownTrace, () => deviceRef.current?.select());
  useJump();
  const { selection, trace, total, number } = state;
  // Not before there is something to show: a row that a right button pressed would be covered before its menu comes.
  const isOpen = number !== undefined && (state.detail !== undefined || state.detailError !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be done depends on them
  useEffect(commandsChanged, [selection, trace?.isRecording, total === 0]);

  const rows = (
    <div ref={list} className="traceList">
      <TraceGrid state={state} />
      {state.unseen > 0 ? <NewRowsChip count={state.unseen} onPress={() => ownTrace.follow(true)} /> : null}
    </div>
  );
  return (
    <div className="tracePane">
      <TraceToolbar
        isRecording={trace?.isRecording ?? false}
        isFollowing={state.follow}
        filter={state.filter}
        count={countText(state)}
        deviceRef={deviceRef}
        onFollow={() => ownTrace.follow(!state.follow)}
        onFilter={(filter) => ownTrace.setFilter(filter)}
        onLeave={() => list.current?.querySelector<HTMLElement>("[role=grid]")?.focus()}
      />
      <SplitView
        label="Size of the IRP's view"
        first={rows}
        second={isOpen ? <Detail paneId={paneId} state={state} /> : undefined}
        {...split}
      />
    </div>
  );
}

/** What another pane wants to be shown. */
function useJump(): void {
  const wanted = useWantedIrp((store) => store.wanted);
  useEffect(() => {
    if (!wanted) return;
    useWantedIrp.setState({ wanted: undefined });
    void ownTrace.jumpTo(wanted.number);
  }, [wanted]);
}

function TraceGrid({ state }: { state: TracePaneState }): ReactNode {
  const grid = useGridSettings("trace");
  return (
    <DataGrid
      label="IRPs"
      source={ownTrace.source}
      columns={traceColumns}
      layout={grid.layout}
      onLayoutChange={grid.onLayoutChange}
      selection={state.selection}
      onSelectionChange={(selection) => ownTrace.select(selection)}
      onContextMenu={(at) => void popupMenu(contextMenu, at)}
      onCopy={copyText}
      rowClass={rowClass}
      end={{ on: state.follow, onChange: (on) => ownTrace.follow(on) }}
      empty={<NoRows state={state} />}
    />
  );
}

function Detail({ paneId, state }: { paneId: string; state: TracePaneState }): ReactNode {
  const { detail, detailError } = state;
  if (detailError) {
    return (
      <EmptyState title="This IRP is not in the trace any more">
        <ErrorText error={detailError} />
      </EmptyState>
    );
  }
  return detail ? <IrpView paneId={paneId} detail={detail} onClose={() => ownTrace.closeDetail()} /> : null;
}

function countText({ total, trace }: TracePaneState): string {
  if (!trace) return "";
  const dropped = trace.dropped > 0 ? `, ${trace.dropped.toLocaleString("en-US")} dropped` : "";
  const of = total === trace.irps ? "" : ` of ${trace.irps.toLocaleString("en-US")}`;
  return `${total.toLocaleString("en-US")}${of} ${trace.irps === 1 ? "IRP" : "IRPs"}${dropped}`;
}

function NoRows({ state }: { state: TracePaneState }): ReactNode {
  const { error, trace } = state;
  if (error) {
    return (
      <EmptyState title="There is no IRP trace">
        <ErrorText error={error} />
      </EmptyState>
    );
  }
  if (!trace) return null;
  if (trace.irps > 0) {
    return (
      <EmptyState
        title={`None of ${trace.irps.toLocaleString("en-US")} IRPs passes the filter`}
        actions={<Button onPress={() => ownTrace.setFilter({})}>Show all IRPs</Button>}
      />
    );
  }
  if (!trace.isRecording) {
    return (
      <EmptyState
        title="IRPs are not recorded"
        actions={
          <Button isDefault onPress={() => void ownTrace.record(true)}>
            Record IRPs
          </Button>
        }
      >
        While recording is on, each request to a driver is listed here, with its way through the device stack.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No IRPs yet"
      actions={<Button onPress={() => void runCommand("view.console")}>Open a device</Button>}
    >
      Recording is on. Requests appear here as soon as a driver is given one: open a device, read, write or send a
      control code.
    </EmptyState>
  );
}
