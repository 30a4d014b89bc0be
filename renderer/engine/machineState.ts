/** What the window as a whole knows of its machine: who it is, whether it runs, what hangs, what was done wrong. */
import { create } from "zustand";
import { type MachineInfo, type MachineReport, type PendingRequest, visibleText } from "../../preload/shared";
import { askShell } from "../api";
import { commandsChanged } from "../commands/registry";
import { showNotice } from "../frame/notices";
import { engine } from "./connection";

interface MachineStore {
  info: MachineInfo | undefined;
  pending: PendingRequest[];
  /** Newest last. */
  reports: MachineReport[];
}

/** A driver that breaks a rule in a loop reports without end; the log has them all. */
const mostReports = 200;

export const useMachine = create<MachineStore>(() => ({ info: undefined, pending: [], reports: [] }));

async function load(): Promise<void> {
  const [info, pending] = await Promise.all([engine.call("machine.info", {}), engine.call("requests.pending", {})]);
  if (info.ok) {
    useMachine.setState({ info: info.value });
    void askShell("window.setTitle", { title: `${visibleText(info.value.name)} - NtScope` });
  }
  if (pending.ok) useMachine.setState({ pending: pending.value });
  commandsChanged();
}

function showReport(report: MachineReport): void {
  useMachine.setState(({ reports }) => ({ reports: [...reports, report].slice(-mostReports) }));
  showNotice(report.severity, `${report.driver}!${report.routine}: ${report.rule}`, report.mend);
}

export function followMachine(): void {
  engine.onDidConnect(() => void load());
  engine.onDidDisconnect(() => useMachine.setState({ info: undefined, pending: [] }));
  engine.on("bugcheck", () => void load());
  engine.on("machine", (event) => {
    if (event.kind === "pendingChanged") useMachine.setState({ pending: event.pending });
    else if (event.kind === "report") showReport(event.report);
    else if (event.kind === "stateChanged") void load();
  });
}

/** Restarts the machine (the model kernel boots anew); its namespace, services and handles are as after a boot. */
export async function restartMachine(): Promise<void> {
  const answer = await engine.call("machine.restart", {});
  if (!answer.ok) showNotice("error", "The machine could not be restarted", answer.error.message);
  await load();
}
