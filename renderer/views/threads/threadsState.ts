/** The machine's threads and what they wait for, as the pane shows them. */
import { create } from "zustand";
import type { StatusError, WaitGraph } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { pacedLoad } from "../../engine/pacedLoad";

interface ThreadsState {
  graph: WaitGraph;
  error: StatusError | undefined;
}

const none: WaitGraph = { threads: [], deadlocks: [] };

export const useThreads = create<ThreadsState>(() => ({ graph: none, error: undefined }));

export const loadThreads = pacedLoad(async () => {
  const answer = await engine.call("threads.graph", {});
  useThreads.setState(answer.ok ? { graph: answer.value, error: undefined } : { graph: none, error: answer.error });
});

/** Loads now and whenever a thread or the machine changes. */
export function followThreads(): { dispose(): void } {
  const connected = engine.onDidConnect(loadThreads);
  const changed = engine.on("machine", ({ kind }) => {
    if (kind === "threadsChanged" || kind === "stateChanged" || kind === "clockChanged") loadThreads();
  });
  return {
    dispose() {
      connected.dispose();
      changed.dispose();
    },
  };
}
