/**
 * The page's engine. Asks the shell for a port at start and again for each new engine process, without waiting until it
 * runs: what is called meanwhile is answered as soon as the machine has booted. The old client is dropped as soon as its
 * process is known to be gone, so that calls fail at once instead of waiting for ever.
 */
import type { EngineStatus } from "../../preload/contract";
import { engineClientOverPort } from "../../preload/engineClient";
import { askShell, onEnginePort, onShell, requestEnginePort } from "../api";
import { createEngineLink } from "./engineLink";
import { useEngineStatus } from "./engineStatus";

export const engine = createEngineLink();

function follow(status: EngineStatus) {
  useEngineStatus.setState({ status });
  if (status.kind === "crashed" || status.kind === "failed" || status.kind === "starting") engine.detach();
  if (status.kind === "starting") requestEnginePort();
}

/** Starts following the engine; called once by main.tsx. */
export async function startEngineConnection(): Promise<void> {
  onEnginePort((port) => engine.attach(engineClientOverPort(port)));
  onShell("engineStatus", follow);
  // Before anything is drawn, so that the tree's first directories are on their way meanwhile.
  requestEnginePort();
  const answer = await askShell("engine.status", null);
  if (answer.ok) useEngineStatus.setState({ status: answer.value });
}
