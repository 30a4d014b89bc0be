/** Which of the dialogs that open a machine is open, and what they do. */
import { create } from "zustand";
import type { MachineRequest } from "../../../preload/contract";
import { askShell } from "../../api";

interface MachineDialogs {
  open: "wine" | "agent" | undefined;
  /** What "In this tab" says at first. */
  inThisTab: boolean;
}

export const useMachineDialogs = create<MachineDialogs>(() => ({ open: undefined, inThisTab: false }));

export function openMachineDialog(open: "wine" | "agent", inThisTab = false): void {
  useMachineDialogs.setState({ open, inThisTab });
}

export function closeMachineDialog(): void {
  useMachineDialogs.setState({ open: undefined });
}

/** @returns why not, in a sentence; undefined where it is being opened. */
export async function openMachine(machine: MachineRequest, inThisTab: boolean): Promise<string | undefined> {
  const answer = await askShell("machines.open", { machine, place: inThisTab ? "here" : "tab" });
  return answer.ok ? undefined : answer.error.message;
}
