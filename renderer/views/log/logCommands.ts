/** What the log's commands do. Those of capture count everywhere; find, copy and select only while the log is active. */

import type { ClockMode } from "../../../preload/settings";
import type { LogRule } from "../../../preload/shared";
import { windowScope } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { engine } from "../../engine/connection";
import { copyText } from "../../frame/clipboard";
import { changeSettings, useSettings } from "../../settings/settings";
import { showIrp } from "../trace/showIrp";
import type { LogController } from "./logController";
import { copyRows, saveLog } from "./logFiles";
import { rangeOf, selectAll } from "./logSelection";
import { noQuickFilter, type QuickFilter, wildcardRule, withPattern } from "./quickFilter";

export type LogDialog = "filter" | "history" | "comment";

export interface LogActions {
  controller: LogController;
  quick: QuickFilter;
  filterBy(quick: QuickFilter, rules?: LogRule[]): void;
  openDialog(dialog: LogDialog): void;
  openFind(): void;
  goFind(backwards: boolean): Promise<boolean>;
  focusInclude(): void;
}

const clocks = ["clockMs", "elapsed", "delta"] as const;

export function useLogCommands(paneId: string, actions: LogActions): void {
  const { controller } = actions;
  const state = () => controller.store.getState();
  const hasSelection = () => state().selection !== undefined;
  const withView = (run: (view: number) => Promise<void>) => async () => {
    if (controller.viewId !== undefined) await run(controller.viewId);
  };

  useCommands(windowScope, {
    "log.save": { run: withView((view) => saveLog(engine, view)), isEnabled: () => state().scroll.total > 0 },
    "log.capture": {
      run: async () => void (await engine.call("log.capture", { on: !(state().log?.capturing ?? true) })),
      isChecked: () => state().log?.capturing ?? true,
    },
    "log.follow": {
      run: () => {
        const follow = !state().scroll.follow;
        controller.follow(follow);
        changeSettings({ follow });
      },
      isChecked: () => state().scroll.follow,
    },
    "log.clear": { run: async () => void (await engine.call("log.clear", {})) },
    "log.clock": {
      run: () => {
        const at = (clocks as readonly ClockMode[]).indexOf(useSettings.getState().clock);
        changeSettings({ clock: clocks[(at + 1) % clocks.length] ?? "clockMs" });
      },
    },
    "log.filter": { run: () => actions.openDialog("filter") },
    "log.history": { run: () => actions.openDialog("history") },
    "log.comment": { run: () => actions.openDialog("comment") },
    "log.resetFilter": { run: () => actions.filterBy(noQuickFilter, []) },
  });

  useCommands(paneId, {
    "edit.copy": {
      run: async () => {
        const pointed = controller.pointedText();
        if (pointed !== "") await copyText(pointed);
        else await withView((view) => copyRows(engine, view, rangeOf(state().selection), "debugview"))();
      },
      isEnabled: () => hasSelection() || controller.pointedText() !== "",
    },
    "edit.selectAll": { run: () => controller.select(selectAll(state().scroll.total)) },
    "edit.find": { run: actions.openFind },
    "edit.findNext": { run: async () => void (await actions.goFind(false)) },
    "edit.findPrevious": { run: async () => void (await actions.goFind(true)) },
    "edit.quickFilter": { run: actions.focusInclude },
    "log.mark": { run: () => toggleMark(controller), isEnabled: hasSelection },
    "log.nextMark": { run: async () => void (await controller.findMark(false)) },
    "log.previousMark": { run: async () => void (await controller.findMark(true)) },
    "log.showIrp": {
      run: () => showIrp(irpOf(controller)),
      isEnabled: () => irpOf(controller) > 0,
    },
    ...filterCommands(actions),
  });
}

/** Number of the IRP that the selected line belongs to; 0 for none. */
function irpOf(controller: LogController): number {
  const row = controller.store.getState().selection?.focus;
  return row === undefined ? 0 : controller.irp(row);
}

/** "Only lines with this", from what the pointer marked, else the selected line's own text or process. */
function filterCommands({ controller, quick, filterBy }: LogActions) {
  const row = () => controller.store.getState().selection?.focus;
  const text = (): string => {
    const focus = row();
    return (
      controller.pointedText().trim() || (focus === undefined ? "" : (controller.cell(focus, "text") ?? "")).trim()
    );
  };
  const process = (): string => {
    const focus = row();
    return focus === undefined ? "" : (controller.cell(focus, "process") ?? "");
  };
  const byText = (key: keyof QuickFilter) => ({
    run: () => filterBy({ ...quick, [key]: withPattern(quick[key], text()) }),
    isEnabled: () => text() !== "",
  });
  const byProcess = (action: "include" | "exclude") => ({
    run: () => filterBy(quick, [...useSettings.getState().logRules, wildcardRule(action, "process", process())]),
    isEnabled: () => process() !== "",
  });
  return {
    "log.includeText": byText("include"),
    "log.excludeText": byText("exclude"),
    "log.highlightText": byText("highlight"),
    "log.includeProcess": byProcess("include"),
    "log.excludeProcess": byProcess("exclude"),
  };
}

async function toggleMark(controller: LogController): Promise<void> {
  const row = controller.store.getState().selection?.focus;
  if (row === undefined || controller.viewId === undefined) return;
  await engine.call("log.mark", { view: controller.viewId, row, on: !controller.isMarked(row) });
  controller.reload();
}
