/** The commands of the Machine menu: open, reconnect, close, next, previous. */
import type { MachineRequest } from "../../../preload/contract";
import { askShell } from "../../api";
import { provideCommands, windowScope } from "../../commands/registry";
import { useEngineStatus } from "../../engine/engineStatus";
import { restartMachine, useMachine } from "../../engine/machineState";
import { isFirstPage, ownMachineId } from "../../engine/realm";
import { showNotice } from "../../frame/notices";
import { openMachine, openMachineDialog } from "./machineDialogs";
import { hasOtherMachines, isOwnMachineShown } from "./machineTabs";

async function openInTab(machine: MachineRequest): Promise<void> {
  const refusal = await openMachine(machine, false);
  if (refusal !== undefined) showNotice("error", "The machine was not opened", refusal);
}

/** The model has nothing to reconnect to; its engine can be restarted. */
function canReconnect(): boolean {
  const { kind } = useEngineStatus.getState().status;
  return kind === "failed" || kind === "crashed" || (useMachine.getState().info?.kind ?? "model") !== "model";
}

async function restartEngine(): Promise<void> {
  await askShell("engine.restart", null);
}

const isWindows = (): boolean => navigator.platform.startsWith("Win");

export function provideMachineCommands(): void {
  provideCommands(windowScope, {
    "machine.model": { run: () => openInTab({ kind: "model" }) },
    "machine.local": { run: () => openInTab({ kind: "local" }), isEnabled: isWindows },
    "machine.wine": { run: () => openMachineDialog("wine"), isEnabled: () => !isWindows() },
    "machine.agent": { run: () => openMachineDialog("agent") },
    "machine.reconnect": { run: restartEngine, isEnabled: canReconnect },
    "machine.restart": {
      run: restartMachine,
      isEnabled: () => useMachine.getState().info?.capabilities.includes("restart") ?? false,
    },
    "engine.restart": { run: restartEngine },
    "machine.next": {
      run: async () => void (await askShell("machines.activate", { step: 1 })),
      isEnabled: hasOtherMachines,
    },
    "machine.previous": {
      run: async () => void (await askShell("machines.activate", { step: -1 })),
      isEnabled: hasOtherMachines,
    },
    "machine.close": {
      run: async () => void (await askShell("machines.close", { id: ownMachineId() })),
      isEnabled: () => !isFirstPage() && isOwnMachineShown(),
    },
  });
}
