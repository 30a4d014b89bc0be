/** In the place of the panes while a machine is being attached, and when it could not be: what is done, and the ways out. */
import type { ReactNode } from "react";
import { askShell } from "../../api";
import { runCommand } from "../../commands/registry";
import { useEngineStatus } from "../../engine/engineStatus";
import { showNotice } from "../../frame/notices";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Glyph } from "../../ui/Glyph";
import { openMachine, openMachineDialog } from "../machines/machineDialogs";
import "./openingPanel.css";

async function openModelHere(): Promise<void> {
  const refusal = await openMachine({ kind: "model" }, true);
  if (refusal !== undefined) showNotice("error", "The machine was not opened", refusal);
}

export default function OpeningPanel(): ReactNode {
  const status = useEngineStatus((store) => store.status);
  if (status.kind === "opening") {
    return (
      <div className="openingPanel" role="status">
        <EmptyState
          title="Attaching the machine"
          actions={<Button onPress={() => void askShell("engine.cancel", null)}>Cancel</Button>}
        >
          {status.sentence}
          <div className="openingBar" aria-hidden="true" />
        </EmptyState>
      </div>
    );
  }
  if (status.kind !== "failed") return null;
  const isGivenUp = status.error.name === "cancelled";
  return (
    <div className="openingPanel" role="alert">
      <EmptyState
        title={isGivenUp ? "Attaching the machine was given up" : "The machine could not be attached"}
        actions={
          <>
            <Button isDefault onPress={() => runCommand("machine.reconnect")}>
              Retry
            </Button>
            <Button onPress={() => openMachineDialog("agent", true)}>Agent…</Button>
            {navigator.platform.startsWith("Win") ? null : (
              <Button onPress={() => openMachineDialog("wine", true)}>Wine prefix…</Button>
            )}
            <Button onPress={() => void openModelHere()}>Model kernel</Button>
          </>
        }
      >
        {isGivenUp ? null : (
          <p className="openingFailure selectable">
            <Glyph name="error" />
            {status.error.message}
          </p>
        )}
        <p>Try it again, or choose another machine for this tab.</p>
      </EmptyState>
    </div>
  );
}
