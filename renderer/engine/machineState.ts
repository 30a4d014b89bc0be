/** What the window as a whole knows of its machine: who it is, whether it runs, what hangs, what was done wrong. */
import { create } from "zustand";
import {
  type ClientIdentity,
  type ClientToken,
  type MachineInfo,
  type MachineReport,
  type PendingRequest,
  visibleText,
} from "../../preload/shared";
import { askShell } from "../api";
import { commandsChanged } from "../commands/registry";
import { showNotice } from "../frame/notices";
import { engine } from "./connection";

interface MachineStore {
  info: MachineInfo | undefined;
  /** As whom NtScope acts on the machine, where that can be chosen. */
  client: ClientIdentity | undefined;
  pending: PendingRequest[];
  /** When the lost connection is tried again, on `performance.now()`'s clock. */
  retryAt: number | undefined;
  /** Newest last. */
  reports: MachineReport[];
}

/** A driver that breaks a rule in a loop reports without end; the log has them all. */
const mostReports = 200;

export const useMachine = create<MachineStore>(() => ({
  info: undefined,
  client: undefined,
  pending: [],
  retryAt: undefined,
  reports: [],
}));

async function load(): Promise<void> {
  const [info, pending] = await Promise.all([engine.call("machine.info", {}), engine.call("requests.pending", {})]);
  if (info.ok) showInfo(info.value);
  const client = info.ok && info.value.capabilities.includes("runAs") ? await engine.call("client.get", {}) : undefined;
  useMachine.setState({ client: client?.ok ? client.value : undefined });
  if (pending.ok) useMachine.setState({ pending: pending.value });
  commandsChanged();
}

const tabStates = { running: "running", bugchecked: "stopped", disconnected: "lost" } as const;

function showInfo(info: MachineInfo): void {
  const wasLost = useMachine.getState().info?.state.kind === "disconnected";
  const { state } = info;
  const retryIn = state.kind === "disconnected" ? state.retryIn : undefined;
  useMachine.setState({ info, retryAt: retryIn === undefined ? undefined : performance.now() + retryIn });
  void askShell("machines.describe", { name: visibleText(info.name), state: tabStates[state.kind] });
  if (state.kind === "disconnected") askAgain();
  else if (wasLost) showNotice("info", `Connected to ${visibleText(info.name)} again`);
}

/** Ms. Attempts to connect again come at intervals that grow; each sets a new time, of which nothing tells. */
const lostPause = 1_000;
let askingAgain: ReturnType<typeof setTimeout> | undefined;

function askAgain(): void {
  clearTimeout(askingAgain);
  askingAgain = setTimeout(() => void load(), lostPause);
}

function showReport(report: MachineReport): void {
  useMachine.setState(({ reports }) => ({ reports: [...reports, report].slice(-mostReports) }));
  const where = [report.driver, report.routine].filter((word) => word !== "").join("!");
  showNotice(report.severity, where === "" ? report.rule : `${where}: ${report.rule}`, report.mend);
}

export function followMachine(): void {
  engine.onDidConnect(() => void load());
  engine.onDidDisconnect(() =>
    useMachine.setState({ info: undefined, client: undefined, pending: [], retryAt: undefined }),
  );
  engine.on("bugcheck", () => void load());
  engine.on("machine", (event) => {
    if (event.kind === "pendingChanged") useMachine.setState({ pending: event.pending });
    else if (event.kind === "report") showReport(event.report);
    else if (event.kind === "stateChanged") void load();
  });
}

/** From the next open on; what is open stays open. */
export async function runAs(token: ClientToken): Promise<void> {
  const answer = await engine.call("client.set", { token });
  if (answer.ok) useMachine.setState({ client: answer.value });
  else showNotice("error", "The process acts as before", answer.error.message);
}

/** Restarts the machine (the model kernel boots anew); its namespace, services and handles are as after a boot. */
export async function restartMachine(): Promise<void> {
  const answer = await engine.call("machine.restart", {});
  if (!answer.ok) showNotice("error", "The machine could not be restarted", answer.error.message);
  await load();
}
