/** Where the machine's log lines come from, for the pane and the status bar. */
import { create } from "zustand";
import type { Result, SourceInfo, StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";

interface SourcesState {
  sources: readonly SourceInfo[];
  /** What failed last, with what was asked. */
  failure: { asked: string; error: StatusError } | undefined;
}

export const useSources = create<SourcesState>(() => ({ sources: [], failure: undefined }));

export async function loadSources(): Promise<void> {
  const answer = await engine.call("sources.list", {});
  useSources.setState({ sources: answer.ok ? answer.value : [] });
}

let isFollowing = false;

/** Once for the page's life: the status bar tells of sources while the pane is closed, too. */
export function followSources(): void {
  if (isFollowing) return;
  isFollowing = true;
  engine.onDidConnect(() => void loadSources());
  engine.onDidDisconnect(() => useSources.setState({ sources: [], failure: undefined }));
  engine.on("sources", (sources) => useSources.setState({ sources }));
}

/** @returns whether it was added; a failure stands in the pane until the next try. */
export async function addSource(spec: string): Promise<boolean> {
  return change(`Add ${spec}`, engine.call("sources.add", { spec }));
}

export async function removeSource({ id, name }: SourceInfo): Promise<boolean> {
  return change(`Remove ${name}`, engine.call("sources.remove", { id }));
}

async function change(asked: string, answered: Promise<Result<unknown>>): Promise<boolean> {
  useSources.setState({ failure: undefined });
  const answer = await answered;
  if (!answer.ok) useSources.setState({ failure: { asked, error: answer.error } });
  await loadSources();
  return answer.ok;
}
