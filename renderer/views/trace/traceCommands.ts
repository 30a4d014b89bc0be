/** What the trace's commands do. Recording, clearing and saving count everywhere; the filters mean the selected IRP. */
import type { IrpFilter, IrpRow } from "../../../preload/shared";
import { askShell } from "../../api";
import { type CommandHandler, windowScope } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { engine } from "../../engine/connection";
import { showNotice } from "../../frame/notices";
import { showInLog } from "../log/showInLog";
import { showStructure } from "../structure/showStructure";
import { withPart } from "./TraceToolbar";
import type { TraceController } from "./traceController";

export function useTraceCommands(paneId: string, controller: TraceController, focusFilter: () => void): void {
  const state = () => controller.store.getState();
  const row = () => controller.source.row(state().selection.focus);
  const only = (key: keyof IrpFilter, partOf: (row: IrpRow) => string): CommandHandler => ({
    run() {
      const selected = row();
      if (selected) controller.setFilter(withPart(state().filter, key, partOf(selected)));
    },
    isEnabled: () => row() !== undefined,
  });
  useCommands(windowScope, {
    "trace.record": {
      run: () => controller.record(!(state().trace?.isRecording ?? false)),
      isChecked: () => state().trace?.isRecording ?? false,
      isEnabled: () => state().trace !== undefined,
    },
    "trace.clear": { run: () => controller.clear(), isEnabled: () => state().trace !== undefined },
    "trace.save": { run: () => saveTrace(state().filter), isEnabled: () => state().total > 0 },
  });
  useCommands(paneId, {
    "edit.quickFilter": { run: focusFilter },
    "trace.showInLog": {
      run() {
        const selected = row();
        if (selected) showInLog(selected.number);
      },
      isEnabled: () => row() !== undefined,
    },
    "trace.showStructure": {
      run() {
        const selected = row();
        if (selected) showStructure({ type: "IRP", where: selected.irp });
      },
      isEnabled: () => row() !== undefined,
    },
    "trace.onlyDevice": only("device", (selected) => selected.device),
    "trace.onlyProcess": only("process", (selected) => selected.process),
    "trace.onlyFunction": only("major", (selected) => selected.major),
    "trace.onlyStatus": only("status", (selected) => selected.status?.name ?? "pending"),
    "trace.allRows": {
      run: () => controller.setFilter({}),
      isEnabled: () => Object.keys(state().filter).length > 0,
    },
  });
}

async function saveTrace(filter: IrpFilter): Promise<void> {
  const chosen = await askShell("dialog.save", { suggestedName: "ntscope-irps.jsonl", format: "irpTrace" });
  if (!chosen.ok) return showNotice("error", "The IRP trace could not be saved", chosen.error.message);
  if (chosen.value === null) return;
  const { path } = chosen.value;
  const saved = await engine.call("trace.save", { path, filter });
  if (saved.ok) showNotice("info", "The IRP trace was saved", path);
  else showNotice("error", "The IRP trace could not be saved", `${path}: ${saved.error.message}`);
}
