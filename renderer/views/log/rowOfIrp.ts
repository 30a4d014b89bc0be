/** Finds the line of a log view that shows what a driver printed for an IRP. */
import { type EngineClient, visibleLine } from "../../../preload/shared";
import { rowText } from "./rowPainter";
import type { WantedLine } from "./showInLog";

/** Rows read at a time, and at most, behind the IRP's first: prints of others lie between, but hardly this many. */
const PAGE_ROWS = 512;
const MOST_ROWS = 16 * PAGE_ROWS;

/** @returns the row of the wanted line, else of the IRP's first one; -1 when the view has none of its lines */
export async function rowOfIrp(engine: Pick<EngineClient, "call">, view: number, wanted: WantedLine): Promise<number> {
  const first = await engine.call("log.rowOfIrp", { view, irp: wanted.irp });
  if (!first.ok || first.value < 0) return -1;
  if (!wanted.print) return first.value;
  // A line that was printed in parts, or in a call with others, holds the text but is not the same.
  const text = visibleLine(wanted.print.text.split(/\r?\n/, 1)[0] ?? "");
  let before = wanted.print.nth;
  for (let from = first.value; from < first.value + MOST_ROWS; from += PAGE_ROWS) {
    const rows = await engine.call("log.rows", { view, from, count: PAGE_ROWS });
    if (!rows.ok) break;
    for (let index = 0; index < rows.value.count; index += 1) {
      if (rows.value.irp?.[index] !== wanted.irp || !rowText(rows.value, index).includes(text)) continue;
      if (before === 0) return from + index;
      before -= 1;
    }
    if (rows.value.count < PAGE_ROWS) break;
  }
  return first.value;
}
