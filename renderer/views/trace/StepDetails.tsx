/** The selected step in full: what the row in the swim lane has no room for. */
import type { ReactNode } from "react";
import { type IrpStep, visibleText } from "../../../preload/shared";
import { Button } from "../../ui/Button";
import type { Lane, LaneLayout } from "./laneLayout";
import { clockText, millisecondsText, printText, stepSentence } from "./stepText";
import { StatusName } from "./traceColumns";

interface StepDetailsProps {
  layout: LaneLayout;
  selected: number;
  /** Unix ms of the IRP's issue. */
  begin: number;
  onLog(): void;
}

export function StepDetails({ layout, selected, begin, onLog }: StepDetailsProps): ReactNode {
  const { rows, lanes } = layout;
  const row = rows[selected];
  if (!row) return <div className="stepDetails muted">Select a step to see it in full.</div>;
  const { step } = row;
  const before = rows[selected - 1];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in a low pane it is scrolled, with the keyboard too
    <div className="stepDetails selectable" role="group" aria-label="Selected step" tabIndex={0}>
      <div className="stepTitle">
        <span className="muted">
          Step {selected + 1} of {rows.length}
        </span>
        <span className="stepSentence">{stepSentence(row, lanes)}</span>
        {step.kind === "print" ? <Button onPress={onLog}>Show in log</Button> : null}
      </div>
      <div className="stepFacts">
        {"status" in step ? (
          <span>
            <StatusName status={step.status} /> <span className="mono muted">{step.status.status}</span>{" "}
            {step.status.message}
          </span>
        ) : null}
        {step.kind === "print" ? <span className="stepPrint mono">{printText(step.text)}</span> : null}
        {ownRoutine(step, lanes[row.lane]) ? (
          <span>
            <span className="muted">routine</span> <span className="mono">{ownRoutine(step, lanes[row.lane])}</span>
          </span>
        ) : null}
        <span>
          <span className="muted">after</span> {millisecondsText(step.time - begin)}
          {before ? <span className="muted"> (+{millisecondsText(step.time - before.step.time)})</span> : null}
        </span>
        <span>
          <span className="muted">at</span> {clockText(step.time)}
        </span>
        <span>
          <span className="muted">thread</span> {step.threadId}
        </span>
      </div>
    </div>
  );
}

function ownRoutine(step: IrpStep, lane: Lane | undefined): string {
  if (step.kind === "completionRoutine" || step.kind === "cancel") return visibleText(step.routine);
  return step.kind === "call" || step.kind === "return" ? visibleText(lane?.routine ?? "") : "";
}
