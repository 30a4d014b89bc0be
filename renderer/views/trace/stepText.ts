/** A step of an IRP's way in words: what stands at its arrow or chip, and the sentence that a screen reader says. */
import { type IrpStep, type NtStatusText, visibleLine, visibleText } from "../../../preload/shared";
import type { Lane, LaneRow } from "./laneLayout";

/** `Example` of `\Driver\Example`: what people call the driver. */
export function driverName(driver: string): string {
  return visibleText(driver.slice(driver.lastIndexOf("\\") + 1)) || "(gone)";
}

export function laneTitle(lanes: readonly Lane[], index: number): string {
  return index === 0 ? "I/O manager" : driverName(lanes[index]?.driver ?? "");
}

/** One line, without the line end that a print has as a rule. */
export function printText(text: string): string {
  return visibleLine(text.replace(/\r?\n$/, ""));
}

/** How an NTSTATUS is drawn: as the log draws errors, warnings and the rest. Its severity is in the top two bits. */
export function statusTone({ status }: Pick<NtStatusText, "status">): "good" | "info" | "warning" | "error" {
  return (["good", "info", "warning", "error"] as const)[Number.parseInt(status, 16) >>> 30] ?? "info";
}

/** At the arrow or in the chip; short. */
export function stepLabel(step: IrpStep): string {
  switch (step.kind) {
    case "call":
      return `${step.major} [${step.location}]`;
    case "return":
      return step.status.name;
    case "pend":
      return "marks pending";
    case "complete":
      return `completes: ${step.status.name}${step.information === 0 ? "" : `, ${step.information}`}`;
    case "completionRoutine":
      return step.status.name === "STATUS_SUCCESS"
        ? routineName(step.routine)
        : `${routineName(step.routine)}: ${step.status.name}`;
    case "cancel":
      return step.routine === "" ? "cancelled" : `cancel: ${routineName(step.routine)}`;
    case "wait":
      return `waits: ${visibleText(step.reason)}`;
    case "resume":
      return "goes on";
    case "print":
      return printText(step.text);
    case "end":
      // Its information is in the head of the IRP's view; at the arrow it would cut the status off.
      return `ends: ${step.status.name}`;
  }
}

/** `ReadDone` of `example!ReadDone`: whose it is, the lane says. */
function routineName(routine: string): string {
  return visibleText(routine.slice(routine.indexOf("!") + 1));
}

export function stepTone(step: IrpStep): ReturnType<typeof statusTone> | undefined {
  // An error by its number only: the routine keeps the IRP for its driver.
  if (step.kind === "completionRoutine" && step.status.name === "STATUS_MORE_PROCESSING_REQUIRED") return "warning";
  if (step.kind === "cancel") return "warning";
  return "status" in step ? statusTone(step.status) : undefined;
}

/** The whole step as a sentence. */
export function stepSentence({ step, lane, mark }: LaneRow, lanes: readonly Lane[]): string {
  const nameOf = (index: number) => laneTitle(lanes, index);
  const own = nameOf(lane);
  switch (step.kind) {
    case "call": {
      const from = mark.kind === "arrow" ? nameOf(mark.from) : own;
      return `${from} calls ${own} with ${step.major} at stack location ${step.location}`;
    }
    case "return":
      return `${own} returns ${step.status.name}${mark.kind === "arrow" ? ` to ${nameOf(mark.to)}` : ""}`;
    case "pend":
      return `${own} marks the IRP pending`;
    case "complete":
      return `${own} completes the IRP with ${step.status.name}, information ${step.information}`;
    case "completionRoutine":
      return `Completion routine ${visibleText(step.routine)} of ${own} returns ${step.status.name}`;
    case "cancel":
      return step.routine === ""
        ? `The IRP is cancelled; ${own} has no cancel routine`
        : `The IRP is cancelled: ${visibleText(step.routine)} of ${own} is called`;
    case "wait":
      return `${own} waits: ${visibleText(step.reason)}`;
    case "resume":
      return `${own} goes on`;
    case "print":
      return `${own} prints: ${printText(step.text)}`;
    case "end":
      return `The I/O manager ends the request with ${step.status.name}, information ${step.information}`;
  }
}

/** Ms with as many digits as tell steps apart: the model's steps are microseconds, a wait is seconds. */
export function millisecondsText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 100 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(3)} ms`;
}

export function clockText(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  const milliseconds = String(Math.floor(time) % 1000).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
