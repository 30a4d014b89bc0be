/** Copying and saving lines of a log view. The engine formats them and writes the file; the page only names the rows. */
import type { LogFormat } from "../../../preload/shared";
import { askShell } from "../../api";
import type { EngineLink } from "../../engine/engineLink";
import { showNotice } from "../../frame/notices";
import type { RowRange } from "./logSelection";

/** What one `log.text` call gives at most (main/engine/protocol.ts). */
const MOST_COPIED = 100_000;

export async function copyRows(engine: EngineLink, view: number, rows: RowRange, format: LogFormat): Promise<void> {
  const count = Math.min(rows.to - rows.from, MOST_COPIED);
  const text = await engine.call("log.text", { view, from: rows.from, count, format });
  if (!text.ok) {
    showNotice("error", "The lines could not be copied", text.error.message);
    return;
  }
  const copied = await askShell("clipboard.write", { text: text.value });
  if (!copied.ok) {
    showNotice("error", "The lines could not be copied", copied.error.message);
  } else if (count < rows.to - rows.from) {
    showNotice(
      "warning",
      `Only the first ${MOST_COPIED.toLocaleString()} lines were copied`,
      "Save the log to get all of them.",
    );
  }
}

export async function saveLog(engine: EngineLink, view: number): Promise<void> {
  const chosen = await askShell("dialog.save", { suggestedName: "ntscope.log", format: "debugview" });
  if (!chosen.ok) {
    showNotice("error", "The log could not be saved", chosen.error.message);
    return;
  }
  if (chosen.value === null) {
    return;
  }
  const { path } = chosen.value;
  const saved = await engine.call("log.save", { view, path, format: formatOf(path) });
  if (saved.ok) {
    showNotice("info", `${saved.value.lines.toLocaleString()} lines saved`, path);
  } else {
    showNotice("error", "The log could not be saved", `${path}: ${saved.error.message}`);
  }
}

/** The name's ending says what is written, as people expect of a save dialog. */
export function formatOf(path: string): LogFormat {
  const ending = /\.([^.\\/]+)$/.exec(path)?.[1]?.toLowerCase();
  switch (ending) {
    case "csv":
      return "csv";
    case "json":
    case "jsonl":
      return "jsonl";
    case "txt":
      return "text";
    default:
      return "debugview";
  }
}
