/** When the engine does not answer or is gone: what happened, and the way out. The window lives on meanwhile. */
import type { ReactNode } from "react";
import { runCommand } from "../../commands/registry";
import { useEngineStatus } from "../../engine/engineStatus";
import { useMachine } from "../../engine/machineState";
import { Button } from "../../ui/Button";
import { Glyph } from "../../ui/Glyph";

function restart(): void {
  runCommand("engine.restart");
}

export function EngineNotice(): ReactNode {
  const status = useEngineStatus((store) => store.status);
  const pending = useMachine((store) => store.pending);
  if (status.kind === "crashed") {
    return (
      <div className="engineNotice" role="alert" data-kind="error">
        <Glyph name="error" />
        <span className="engineNoticeText selectable">
          The engine stopped (exit code {status.exitCode}
          {status.reason ? `, ${status.reason}` : ""}). The machine's state and its log are gone; the window can start a
          new engine.
        </span>
        <Button isDefault onPress={restart}>
          Restart engine
        </Button>
      </div>
    );
  }
  if (status.kind !== "hung") return null;
  const driver = pending[0]?.driver;
  return (
    <div className="engineNotice" role="alert" data-kind="warning">
      <Glyph name="warning" />
      <span className="engineNoticeText">
        The engine has not answered for {Math.round(status.seconds)} seconds.{" "}
        {driver ? `A request in ${driver} is under way: the driver may be looping.` : "A driver may be looping."} Wait
        for it, or stop it.
      </span>
      <Button isDanger onPress={restart}>
        Stop and restart
      </Button>
    </div>
  );
}
