/** The log's counters, kept for the status bar and the Capture menu even while the log pane is closed. */
import { create } from "zustand";
import type { LogState } from "../../preload/shared";
import { commandsChanged } from "../commands/registry";
import { engine } from "./connection";

export const useLogState = create<{ state: LogState | undefined }>(() => ({ state: undefined }));

function show(state: LogState): void {
  const before = useLogState.getState().state;
  useLogState.setState({ state });
  if (before?.capturing !== state.capturing || (before.lines === 0) !== (state.lines === 0)) commandsChanged();
}

async function load(): Promise<void> {
  const answer = await engine.call("log.state", {});
  if (answer.ok) show(answer.value);
}

export function followLog(): void {
  engine.onDidConnect(() => void load());
  engine.onDidDisconnect(() => useLogState.setState({ state: undefined }));
  engine.on("log", show);
}
