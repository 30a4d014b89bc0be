/** From an IRP of the machine's trace to its first line in a view. */
import type { LogStore } from "../store/logStore";
import type { LogView } from "./logView";

/** @returns the shown row; -1 when no line of the view was printed for the IRP */
export function rowOfIrp(store: LogStore, view: LogView, irp: number): number {
  if (irp === 0) return -1;
  let sequence = store.nextOfIrp(irp, store.first);
  while (sequence !== undefined) {
    const row = view.rowAtOrAfter(sequence);
    if (view.sequenceOf(row) === sequence) return row - view.droppedRows;
    sequence = store.nextOfIrp(irp, sequence + 1);
  }
  return -1;
}
