/** The way to the log from other panes: the log takes up which line is wanted, and selects it. */
import { create } from "zustand";
import { openPane } from "../../frame/dock";

export interface WantedLine {
  /** Number of the IRP that its driver worked on when it printed. */
  irp: number;
  /** Which of its lines: the text as it was printed, and how many with the same text come before. Left out, the first. */
  print?: { text: string; nth: number };
}

export const useWantedLine = create<{ wanted: WantedLine | undefined }>(() => ({ wanted: undefined }));

export function showInLog(irp: number, print?: WantedLine["print"]): void {
  openPane("log");
  useWantedLine.setState({ wanted: print ? { irp, print } : { irp } });
}
