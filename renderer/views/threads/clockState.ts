/** The machine's clock as the window knows it, and what can be done with it from anywhere. */
import { create } from "zustand";
import type { ClockCommand, ClockState } from "../../../preload/shared";
import { commandsChanged, provideCommands, windowScope } from "../../commands/registry";
import { engine } from "../../engine/connection";
import { useMachine } from "../../engine/machineState";
import { showNotice } from "../../frame/notices";

/** Undefined while the machine has no clock that can be stopped, or does not answer. */
export const useClock = create<{ state: ClockState | undefined }>(() => ({ state: undefined }));

function show(state: ClockState | undefined): void {
  useClock.setState({ state });
  commandsChanged();
}

function hasClock(): boolean {
  return useMachine.getState().info?.capabilities.includes("clock") ?? false;
}

/** Called once at the start: a clock that stands must be seen wherever one looks. */
export function followClock(): void {
  engine.onDidDisconnect(() => show(undefined));
  engine.on("machine", (event) => {
    if (event.kind === "clockChanged") show(event.state);
  });
  // Another client of the engine may have stopped it before this page came.
  useMachine.subscribe(({ info }, before) => {
    if (info === before.info || !hasClock()) return;
    void engine.call("clock.get", {}).then((answer) => show(answer.ok ? answer.value : undefined));
  });
}

export async function setClock(command: ClockCommand): Promise<void> {
  const answer = await engine.call("clock.set", command);
  if (answer.ok) show(answer.value);
  else showNotice("error", "The clock could not be set", answer.error.message);
}

export function provideClockCommands(): void {
  const isPaused = () => useClock.getState().state?.isPaused ?? false;
  provideCommands(windowScope, {
    "machine.pauseClock": { run: () => setClock({ action: "pause" }), isEnabled: () => hasClock() && !isPaused() },
    "machine.runClock": { run: () => setClock({ action: "run" }), isEnabled: isPaused },
    "machine.step": { run: () => setClock({ action: "step", count: 1 }), isEnabled: isPaused },
  });
}
