/** The live log: toolbar, find bar, column titles, the lines in their terminal, and the dialogs that belong to it. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { engine } from "../../engine/connection";
import { showNotice } from "../../frame/notices";
import type { PaneProps } from "../../frame/paneDefinition";
import { changeColumns, changeSettings, useSettings } from "../../settings/settings";
import { FilterDialog } from "./FilterDialog";
import { FindBar, type FindQuery } from "./FindBar";
import { LogHeader } from "./LogHeader";
import { LogLines } from "./LogLines";
import { LogToolbar } from "./LogToolbar";
import { layoutOf, logGrid } from "./logColumns";
import { type LogDialog, useLogCommands } from "./logCommands";
import type { LogController } from "./logController";
import { noQuickFilter, type QuickFilter, rulesOf } from "./quickFilter";
import { CommentDialog, HistoryDialog } from "./SmallDialogs";
import { useWantedLine } from "./showInLog";
import { useLogAppearance, useLogController } from "./useLogPane";
import "./log.css";

export default function LogPane({ paneId }: PaneProps): ReactNode {
  const controller = useLogController();
  const host = useRef<HTMLDivElement>(null);
  const linesRef = useRef<HTMLDivElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const includeRef = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const [quick, setQuick] = useState<QuickFilter>(noQuickFilter);
  const [find, setFind] = useState<FindQuery>();
  const [dialog, setDialog] = useState<LogDialog>();
  const { columns, highlights } = useLogAppearance(controller, host, focused);
  const state = useStore(controller.store);
  const rules = useSettings((settings) => settings.logRules);

  const filterBy = (nextQuick: QuickFilter, nextRules = rules) => {
    setQuick(nextQuick);
    if (nextRules !== rules) changeSettings({ logRules: nextRules });
    void controller.setRules(rulesOf(nextQuick, nextRules));
  };
  const focusLines = () => linesRef.current?.focus();
  const goFind = (backwards: boolean) =>
    controller.find(find?.text ?? "", { regex: false, matchCase: false, ...find, backwards });

  useLogCommands(paneId, {
    controller,
    quick,
    filterBy,
    openDialog: setDialog,
    openFind() {
      setFind((open) => open ?? { text: "", regex: false, matchCase: false });
      requestAnimationFrame(() => findRef.current?.select());
    },
    goFind,
    focusInclude: () => includeRef.current?.select(),
  });

  useWantedLines(controller);
  return (
    <div className="logPane">
      <LogToolbar
        capturing={state.log?.capturing ?? true}
        following={state.scroll.follow}
        quick={quick}
        includeRef={includeRef}
        onQuick={filterBy}
        onLeave={focusLines}
      />
      {find ? (
        <FindBar
          query={find}
          inputRef={findRef}
          onQuery={setFind}
          onFind={goFind}
          onClose={() => {
            setFind(undefined);
            focusLines();
          }}
        />
      ) : null}
      <LogHeader
        columns={columns}
        cellWidth={state.size.cellWidth}
        onChange={(changed) => changeColumns(logGrid, layoutOf(changed))}
      />
      <LogLines controller={controller} host={host} linesRef={linesRef} onFocus={setFocused} />
      {dialog === "filter" ? (
        <FilterDialog
          rules={rules}
          colours={highlights}
          onClose={() => setDialog(undefined)}
          onApply={(applied) => {
            filterBy(quick, applied);
            setDialog(undefined);
          }}
        />
      ) : null}
      <LogDialogs dialog={dialog} onClose={() => setDialog(undefined)} />
    </div>
  );
}

/** What another pane wants to be shown. */
function useWantedLines(controller: LogController): void {
  const wanted = useWantedLine((store) => store.wanted);
  useEffect(() => {
    if (!wanted) return;
    useWantedLine.setState({ wanted: undefined });
    void controller.showIrp(wanted).then((isThere) => {
      if (isThere) return;
      const rest = "Its driver printed nothing, or the lines were cleared or are held back by the log's filter.";
      showNotice("info", `The log shows no line of IRP #${wanted.irp}`, rest);
    });
  }, [wanted, controller]);
}

function LogDialogs({ dialog, onClose }: { dialog: LogDialog | undefined; onClose(): void }): ReactNode {
  const lines = useSettings((settings) => settings.historyLines);
  if (dialog === "history") {
    const apply = (depth: number) => {
      changeSettings({ historyLines: depth });
      void engine.call("log.history", { lines: depth });
      onClose();
    };
    return <HistoryDialog lines={lines} onApply={apply} onClose={onClose} />;
  }
  if (dialog === "comment") {
    const apply = (text: string) => {
      void engine.call("log.comment", { text });
      onClose();
    };
    return <CommentDialog onApply={apply} onClose={onClose} />;
  }
  return null;
}
