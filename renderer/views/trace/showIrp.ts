/** The way to the trace from other panes, whose code is not loaded for it: the pane takes up what is wanted when it is there. */
import { create } from "zustand";
import { openPane } from "../../frame/dock";

/** A new object for each wish, so that the same IRP can be asked for again. */
export const useWantedIrp = create<{ wanted: { number: number } | undefined }>(() => ({ wanted: undefined }));

export function showIrp(number: number): void {
  openPane("trace");
  useWantedIrp.setState({ wanted: { number } });
}
