/**
 * The page's engine. Asks the shell for a port at start and again whenever a new engine process runs; drops the
 * old client as soon as its process is known to be gone, so that calls fail at once instead of waiting for ever.
 */
import type { EngineStatus } from "../../preload/contract";
import { engineClientOverPort } from "../../preload/engineClient";
import { askShell, onEnginePort, onShell, requestEnginePort } from "../api";
import { createEngineLink } from "./engineLink";
import { useEngineStatus } from "./engineStatus";

export const engine = createEngineLink();

let processId: number | undefined;

function follow(status: EngineStatus) {
  useEngineStatus.setState({ status });
  if (status.kind === "crashed" || status.kind === "starting") {
    processId = undefined;
    engine.detach();
  }
  if (status.kind === "running" && status.processId !== processId) {
    processId = status.processId;
    requestEnginePort();
  }
}

/** Starts following the engine; called once by main.tsx. */
export async function startEngineConnection(): Promise<void> {
  onEnginePort((port) => engine.attach(engineClientOverPort(port)));
  onShell("engineStatus", follow);
  const answer = await askShell("engine.status", null);
  if (answer.ok) follow(answer.value);
}
