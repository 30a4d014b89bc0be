/** Threads: who waits for what that whom holds, as a graph and as a grid, with the machine's clock to stop and step. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { commands } from "../../../preload/commands";
import { deadlockTexts, holderText, type ThreadInfo, visibleText, waitText } from "../../../preload/shared";
import { runCommand } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import { useClock } from "./clockState";
import { machineTime } from "./machineTime";
import { followThreads, loadThreads, useThreads } from "./threadsState";
import { WaitGraphView } from "./WaitGraphView";
import "./threads.css";

const stateWords: Record<ThreadInfo["state"], string> = {
  idle: "Idle",
  ready: "Ready",
  running: "Running",
  waiting: "Waiting",
  terminated: "Ended",
};

const columns: GridColumn<ThreadInfo>[] = [
  { id: "thread", title: "Thread", width: 64, sortable: true, align: "end", text: (row) => String(row.threadId) },
  {
    id: "process",
    title: "Process",
    width: 140,
    sortable: true,
    text: (row) => `${visibleText(row.process)} (${row.processId})`,
  },
  { id: "state", title: "State", width: 74, sortable: true, text: (row) => stateWords[row.state] },
  { id: "waitsFor", title: "Waits for", width: 280, sortable: true, text: waitText },
  { id: "heldBy", title: "Held by", width: 130, sortable: true, text: holderText },
  { id: "since", title: "Since", width: 96, sortable: true, mono: true, text: (row) => machineTime(row.since) },
  {
    id: "limit",
    title: "Gives up at",
    width: 96,
    sortable: true,
    mono: true,
    text: (row) => machineTime(row.deadline),
  },
  { id: "priority", title: "Priority", width: 62, sortable: true, align: "end", text: (row) => String(row.priority) },
  { id: "irql", title: "IRQL", width: 50, sortable: true, align: "end", text: (row) => String(row.irql) },
  {
    id: "routine",
    title: "In routine",
    width: 200,
    sortable: true,
    mono: true,
    text: (row) => visibleText(row.stack[0] ?? ""),
  },
  { id: "reason", title: "Wait reason", width: 120, hiddenAtFirst: true, text: (row) => row.waitReason ?? "" },
  {
    id: "stack",
    title: "Routines",
    width: 300,
    hiddenAtFirst: true,
    mono: true,
    text: (row) => row.stack.map(visibleText).join(" < "),
  },
  { id: "address", title: "ETHREAD", width: 150, hiddenAtFirst: true, mono: true, text: (row) => row.address },
];

export default function ThreadsPane({ paneId }: PaneProps): ReactNode {
  const { graph, error } = useThreads();
  const [selected, setSelected] = useState<number>();
  const [reveal, setReveal] = useState<string>();
  const [filter, setFilter] = useState("");
  const [onlyWaiting, setOnlyWaiting] = useState(false);
  useEffect(() => {
    const following = followThreads();
    return () => following.dispose();
  }, []);
  useCommands(paneId, { "view.refresh": { run: loadThreads } });

  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    return graph.threads.filter(
      (row) =>
        (!onlyWaiting || row.state === "waiting") &&
        columns.some((column) => column.text(row).toLowerCase().includes(wanted)),
    );
  }, [graph, filter, onlyWaiting]);
  const circles = useMemo(() => deadlockTexts(graph), [graph]);
  const hasGraph = graph.threads.some(({ waitsFor }) => waitsFor.length > 0);

  return (
    <div className="threadsPane">
      <Toolbar label="Threads">
        <ClockButtons />
        <span className="toolbarGap" />
        <label className="checkLine">
          <input
            type="checkbox"
            checked={onlyWaiting}
            onChange={(event) => setOnlyWaiting(event.currentTarget.checked)}
          />
          Only those that wait
        </label>
        <SearchField
          label="Filter threads"
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          count={filter || onlyWaiting ? `${shown.length} of ${graph.threads.length}` : undefined}
        />
      </Toolbar>
      {error ? (
        <div className="paneError" role="alert">
          <ErrorText error={error} />
        </div>
      ) : null}
      <div className="threadsBody">
        <div className="waits">
          {hasGraph ? (
            <>
              <WaitGraphView
                graph={graph}
                selectedThread={selected}
                onSelect={(threadId) => {
                  setSelected(threadId);
                  setReveal(String(threadId));
                }}
              />
              <p className="waitLegend">
                <span data-kind="waits">waits for</span> <span data-kind="held">held by</span>
              </p>
            </>
          ) : error ? null : (
            <p className="nothingWaits">Nothing waits.</p>
          )}
          {circles.length > 0 ? (
            <div className="deadlocks selectable" role="alert">
              {circles.map((sentence) => (
                <p key={sentence}>
                  <Glyph name="error" /> <span>{sentence}</span>
                </p>
              ))}
            </div>
          ) : null}
        </div>
        <ArrayGrid
          grid="threads"
          label="Threads"
          rows={shown}
          columns={columns}
          keyOf={(row) => String(row.threadId)}
          revealKey={reveal}
          onSelect={(row) => setSelected(row?.threadId)}
          empty={
            graph.threads.length > 0 ? (
              <EmptyState title="No thread matches the filter" />
            ) : (
              <EmptyState title="No threads" />
            )
          }
        />
      </div>
    </div>
  );
}

function ClockButtons(): ReactNode {
  const state = useClock((store) => store.state);
  if (!state) return null;
  const press = (id: "machine.pauseClock" | "machine.runClock" | "machine.step") => () => void runCommand(id);
  const title = (id: "machine.pauseClock" | "machine.runClock" | "machine.step") => commands[id].accelerator;
  return (
    <>
      {state.isPaused ? (
        <Button onPress={press("machine.runClock")}>
          <Glyph name="play" /> Run <kbd>{title("machine.runClock")}</kbd>
        </Button>
      ) : (
        <Button onPress={press("machine.pauseClock")}>
          <Glyph name="pause" /> Pause <kbd>{title("machine.pauseClock")}</kbd>
        </Button>
      )}
      <Button isDisabled={!state.isPaused} onPress={press("machine.step")}>
        <Glyph name="step" /> Step <kbd>{title("machine.step")}</kbd>
      </Button>
      <span className="toolbarText muted">
        {state.isPaused ? `Paused at ${machineTime(state.time)}, ${nextText(state)}` : "The clock runs"}
      </span>
    </>
  );
}

function nextText({
  ready,
  waiting,
  nextDue,
  time,
}: NonNullable<ReturnType<typeof useClock.getState>["state"]>): string {
  if (ready > 0) return `${ready} ready to run`;
  if (waiting > 0) return `${waiting} ${waiting === 1 ? "request waits" : "requests wait"} for a turn`;
  if (nextDue !== undefined) return `next due in ${Math.max(0, nextDue - time).toFixed(1)} ms`;
  return "nothing to do";
}
