/** The selected IRP: what it is, its way through the stack, and the selected step in full. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { CommandId } from "../../../preload/commands";
import { type IrpDetail, type IrpRow, type IrpStep, visibleText } from "../../../preload/shared";
import { popupMenu } from "../../commands/menuState";
import { useCommands } from "../../commands/useCommands";
import { copyText } from "../../frame/clipboard";
import { IconButton } from "../../ui/Button";
import { clearActiveGrid, type GridController, setActiveGrid } from "../../ui/dataGrid/activeGrid";
import { EmptyState } from "../../ui/EmptyState";
import { Glyph } from "../../ui/Glyph";
import { showInLog } from "../log/showInLog";
import { showStructure } from "../structure/showStructure";
import { showFileObject } from "./fileObject";
import { type LaneLayout, laneLayout } from "./laneLayout";
import { StepDetails } from "./StepDetails";
import { SwimLane } from "./SwimLane";
import { clockText, millisecondsText, stepSentence } from "./stepText";
import { deviceText, functionText, processText, StatusName } from "./traceColumns";

const contextMenu: (CommandId | "-")[] = ["trace.showInLog", "-", "edit.copy"];

interface IrpViewProps {
  paneId: string;
  detail: IrpDetail;
  onClose(): void;
}

export function IrpView({ paneId, detail, onClose }: IrpViewProps): ReactNode {
  const { row, lost } = detail;
  const layout = useMemo(() => laneLayout(detail), [detail]);
  const [selected, setSelected] = useState(-1);
  const { number } = row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another IRP has other steps
  useEffect(() => setSelected(-1), [number]);
  const step = layout.rows[selected]?.step;
  const goToLog = (wanted: IrpStep | undefined) => showInLog(number, wanted && printOf(detail, wanted));
  useCommands(paneId, { "trace.showInLog": { run: () => goToLog(step) } });
  const copy = useStepCopy(layout, selected);
  return (
    <div className="irpView">
      <IrpHead
        row={row}
        onLog={() => goToLog(step)}
        onCopy={() => copyText(irpText(detail, layout))}
        onClose={onClose}
      />
      {lost > 0 ? (
        <p className="irpLost">
          <Glyph name="warning" /> {lost.toLocaleString("en-US")} earlier steps were dropped to stay within the trace's
          limit.
        </p>
      ) : null}
      {layout.rows.length === 0 ? (
        <EmptyState title="No step of this IRP is kept" />
      ) : (
        <SwimLane
          layout={layout}
          number={number}
          begin={row.time}
          isUnderWay={row.status === undefined}
          selected={selected}
          onSelect={setSelected}
          onFocus={() => setActiveGrid(copy)}
          onActivate={(index) => {
            const activated = layout.rows[index]?.step;
            if (activated?.kind === "print") goToLog(activated);
          }}
          onContextMenu={(at) => void popupMenu(contextMenu, at)}
        />
      )}
      <StepDetails layout={layout} selected={selected} begin={row.time} onLog={() => goToLog(step)} />
    </div>
  );
}

/** What Edit > Copy means while the swim lane has the focus: the selected step as a sentence. */
function useStepCopy(layout: LaneLayout, selected: number): GridController {
  const newest = useRef({ layout, selected });
  newest.current = { layout, selected };
  const [controller] = useState<GridController>(() => ({
    async copy() {
      const { rows, lanes } = newest.current.layout;
      const row = rows[newest.current.selected];
      if (row) await copyText(stepSentence(row, lanes));
    },
    selectAll: () => undefined,
    openColumns: () => undefined,
  }));
  useEffect(() => () => clearActiveGrid(controller), [controller]);
  return controller;
}

/** A print is found in the log by its text, and which one of those with the same text it is. */
function printOf({ steps }: IrpDetail, step: IrpStep): { text: string; nth: number } | undefined {
  if (step.kind !== "print") return undefined;
  const alike = steps.filter((other) => other.kind === "print" && other.text === step.text && other.order < step.order);
  return { text: step.text, nth: alike.length };
}

interface IrpHeadProps {
  row: IrpRow;
  onLog(): void;
  onCopy(): void;
  onClose(): void;
}

function IrpHead({ row, onLog, onCopy, onClose }: IrpHeadProps): ReactNode {
  return (
    <header className="irpHead">
      <div className="irpFacts selectable">
        <div className="irpFact">
          <strong>#{row.number}</strong> <strong>{functionText(row)}</strong>{" "}
          <StructureLink
            label={`Show the DEVICE_OBJECT of ${visibleText(row.device)}`}
            text={deviceText(row)}
            onPress={() => showStructure({ type: "DEVICE_OBJECT", where: row.device })}
          />
        </div>
        <div className="irpFact muted">
          {row.status ? <StatusName status={row.status} isCancelled={row.wasCancelled} /> : null}
          {row.status ? (
            <span className="mono">{row.status.status}</span>
          ) : (
            <span className="irpUnderWay">under way</span>
          )}
          {row.status ? <span>information {row.information.toLocaleString("en-US")}</span> : null}
          {row.duration === undefined ? null : <span>{millisecondsText(row.duration)}</span>}
          <span>{processText(row)}</span>
          <span>thread {row.threadId}</span>
          <span>{clockText(row.time)}</span>
          <StructureLink
            label="Show the IRP in memory"
            text={row.irp}
            onPress={() => showStructure({ type: "IRP", where: row.irp })}
          />
          {row.status ? null : (
            <StructureLink
              label="Show the FILE_OBJECT in memory"
              text="file object"
              onPress={() => void showFileObject(row)}
            />
          )}
        </div>
      </div>
      <IconButton label="Show in log" onPress={onLog}>
        <Glyph name="log" />
      </IconButton>
      <IconButton label="Copy all steps as text" onPress={onCopy}>
        <Glyph name="copy" />
      </IconButton>
      <IconButton label="Close" onPress={onClose}>
        <Glyph name="close" />
      </IconButton>
    </header>
  );
}

function StructureLink({ label, text, onPress }: { label: string; text: string; onPress(): void }): ReactNode {
  return (
    <button type="button" className="linkButton" title={label} onClick={onPress}>
      {text}
    </button>
  );
}

/** As one would paste it into a report. */
function irpText({ row }: IrpDetail, { rows, lanes }: LaneLayout): string {
  const head = `#${row.number} ${functionText(row)} ${deviceText(row)} ${row.status?.name ?? "under way"}`;
  const lines = rows.map((one) => `${(one.step.time - row.time).toFixed(3)}\t${stepSentence(one, lanes)}`);
  return [head, ...lines].join("\n");
}
