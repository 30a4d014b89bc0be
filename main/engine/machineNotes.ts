/** What the machine tells of itself, as lines of the log beside what its drivers printed. */
import type { Log } from "../log/log";
import type { Bugcheck, MachineEvent, MachineReport } from "../machine/machine";

export function noteMachineEvent(log: Log, event: MachineEvent, time: number): void {
  if (event.kind === "report") {
    log.note("report", reportText(event.report), time);
  } else if (event.kind === "stateChanged" && event.state.kind === "bugchecked") {
    // Half a line that was printed before the stop belongs before it.
    log.flush();
    log.note("bugcheck", bugcheckText(event.state.bugcheck), time);
  } else if (event.kind === "stateChanged" && event.state.kind === "disconnected") {
    log.note("loss", `The machine was disconnected: ${event.state.reason}`, time);
  }
}

function reportText({ severity, driver, routine, rule, mend }: MachineReport): string {
  const where = [driver, routine].filter((word) => word !== "").join("!");
  return `${severity}: ${where === "" ? "" : `${where}: `}${rule} ${mend}`.trim();
}

/** Like WinDbg's: code and parameters, then the rule that was broken, then who. */
function bugcheckText({ code, name, parameters, rule, driver, stack }: Bugcheck): string {
  const lines = [`*** STOP: ${code} (${parameters.join(", ")}) ${name}`, rule];
  if (driver !== undefined) lines.push(`Driver: ${driver}`);
  if (stack.length > 0) lines.push(`Stack: ${stack.join(" < ")}`);
  return lines.join("\n");
}
