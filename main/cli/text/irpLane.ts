/** An IRP's way as text: its hops, then what happened in order, indented by the depth of the driver it happened in. */
import type { IrpDetail, IrpHop, IrpRow, IrpStep } from "../../machine/irpTrace";
import { visibleLine, visibleText } from "../../machine/visibleText";
import { textTable } from "./textTable";

const TIME_WIDTH = 10;
const INDENT = "  ";

export function irpLanes({ row, hops, steps, lost }: IrpDetail): string {
  const begin = row.time;
  return [
    headOf(row),
    "",
    textTable(["Lane", "Location", "Driver", "Device", "Routine", "Verdict", "Returned"], hops.map(hopCells)),
    "",
    ...(lost === 0 ? [] : [`${lost} earlier steps were dropped to stay within the trace's limit of memory`]),
    ...steps.map((step) => stepLine(step, hops, begin)),
  ].join("\n");
}

function headOf(row: IrpRow): string {
  const what = `${row.major} for ${visibleText(row.device)}${visibleText(row.fileName)}`;
  const who = `${visibleText(row.process)} (${row.processId}), thread ${row.threadId}`;
  const end = row.status === undefined ? "under way" : `${row.status.name}, information ${row.information}`;
  return `IRP ${row.number} at ${row.irp}: ${what} by ${who}: ${end}${row.wasCancelled ? ", cancelled" : ""}`;
}

function hopCells(hop: IrpHop, lane: number): string[] {
  return [
    String(lane),
    String(hop.location),
    visibleText(hop.driver),
    visibleText(hop.device),
    visibleText(hop.routine),
    hop.verdict,
    hop.returned?.name ?? "",
  ];
}

/** Milliseconds since the issue, then the step in its lane; the I/O manager's lane is the margin. */
function stepLine(step: IrpStep, hops: readonly IrpHop[], begin: number): string {
  const time = (step.time - begin).toFixed(3).padStart(TIME_WIDTH);
  return `${time}  ${INDENT.repeat(step.lane + 1)}${wordsOf(step, hops[step.lane])}`;
}

function wordsOf(step: IrpStep, hop: IrpHop | undefined): string {
  switch (step.kind) {
    case "call":
      return `call ${visibleText(hop?.routine ?? "")} (${step.major}, location ${step.location})`;
    case "return":
      return `return ${step.status.name}`;
    case "pend":
      return "IoMarkIrpPending";
    case "complete":
      return `IoCompleteRequest ${step.status.name}, information ${step.information}`;
    case "completionRoutine":
      return `completion routine ${visibleText(step.routine)} -> ${step.status.name}`;
    case "cancel":
      return step.routine === "" ? "cancelled; no cancel routine" : `cancel routine ${visibleText(step.routine)}`;
    case "wait":
      return `waits: ${visibleText(step.reason)}`;
    case "resume":
      return "goes on";
    case "print":
      return `"${visibleLine(step.text.replace(/\r?\n$/, ""))}"`;
    case "end":
      return `end ${step.status.name}, information ${step.information}`;
  }
}
