/** The status bar: machine, connection, rights, objects and selection, full path, sources, capture, lines, losses, engine. */
import { lazy, type ReactNode, Suspense } from "react";
import { commands } from "../../../preload/commands";
import { type LogState, type MachineInfo, type MachineKind, visibleText } from "../../../preload/shared";
import { runCommand } from "../../commands/registry";
import { useEngineStatus } from "../../engine/engineStatus";
import { useLogState } from "../../engine/logState";
import { useMachine } from "../../engine/machineState";
import { afterFirstLook } from "../../frame/afterFirstLook";
import { countText } from "../objects/countText";
import { useObjects } from "../objects/objectsStore";
import { useRetrySeconds } from "./retrySeconds";
import { Part } from "./StatusPart";
import "./statusBar.css";

/** Loaded late: nothing of it is in the first look. */
const SourcesPart = lazy(() => afterFirstLook().then(() => import("../sources/SourcesPart")));

const ClockPart = lazy(() => afterFirstLook().then(() => import("../threads/ClockPart")));

/** Left out where the name says it. */
const kindWords: Partial<Record<MachineKind, string>> = { wine: "Wine", agent: "agent", snapshot: "snapshot" };

function stateWords({ kind, state }: MachineInfo): string {
  if (state.kind === "bugchecked") return "stopped";
  if (state.kind === "disconnected") return "connection lost";
  return kind === "agent" ? "connected" : "running";
}

function MachinePart({ info }: { info: MachineInfo | undefined }): ReactNode {
  const seconds = useRetrySeconds();
  if (!info) return <Part title="No machine is connected">No machine</Part>;
  const { state } = info;
  const words = [visibleText(info.name), kindWords[info.kind], stateWords(info)].filter((word) => word !== undefined);
  const title = `${info.name}: presents itself as ${info.system}`;
  return (
    <Part
      glyph="machine"
      title={visibleText(state.kind === "disconnected" ? `${title}. ${state.reason}` : title)}
      {...(state.kind === "running" ? {} : { kind: "error" as const })}
    >
      {words.join(" · ")}
      {seconds === undefined ? "" : seconds === 0 ? ", trying again…" : `, retrying in ${seconds} s`}
    </Part>
  );
}

function ElevationPart({ elevation }: Pick<MachineInfo, "elevation">): ReactNode {
  if (!elevation) return null;
  return (
    <Part title={visibleText(elevation.message)} {...(elevation.isElevated ? {} : { kind: "warning" as const })}>
      {elevation.isElevated ? "Administrator" : "Not elevated"}
    </Part>
  );
}

function LogParts({ log, hasMasks }: { log: LogState; hasMasks: boolean }): ReactNode {
  const count = (value: number) => value.toLocaleString("en-US");
  return (
    <>
      {log.unfinished > 0 ? (
        <Part title="Printed text that still waits for the end of its line">{count(log.unfinished)} unfinished</Part>
      ) : null}
      {log.lost > 0 ? (
        <Part kind="error" glyph="warning" title="Lines that a source reported as lost">
          {count(log.lost)} lost
        </Part>
      ) : null}
      {log.discarded > 0 ? (
        <Part title="Lines that a discard rule dropped at capture" command="log.filter">
          {count(log.discarded)} discarded
        </Part>
      ) : null}
      {log.droppedByHistory > 0 ? (
        <Part title="Older lines given up because of the history depth" command="log.history">
          {count(log.droppedByHistory)} aged out
        </Part>
      ) : null}
      {hasMasks ? <MaskPart dropped={log.droppedByMask} /> : null}
      <Part title={`${count(log.total)} lines since the start, ${count(log.bytes)} bytes held`} command="view.log">
        {count(log.lines)} {log.lines === 1 ? "line" : "lines"}
      </Part>
      <Part
        title={`${commands["log.capture"].accelerator.replace("CommandOrControl", "Ctrl")}: ${log.capturing ? "pause" : "resume"} capturing`}
        glyph={log.capturing ? "play" : "pause"}
        command="log.capture"
        {...(log.capturing ? {} : { kind: "warning" as const })}
      >
        {log.capturing ? "Capturing" : "Paused"}
      </Part>
    </>
  );
}

function MaskPart({ dropped }: { dropped: number }): ReactNode {
  return (
    <Part
      title={
        dropped > 0
          ? "Messages that the debug print filter held back; click to see and change its masks"
          : "No message was held back by the debug print filter"
      }
      command="view.debugFilter"
      {...(dropped > 0 ? { kind: "warning" as const, glyph: "mask" as const } : {})}
    >
      {dropped.toLocaleString("en-US")} masked
    </Part>
  );
}

function EnginePart(): ReactNode {
  const status = useEngineStatus((store) => store.status);
  switch (status.kind) {
    case "starting":
      return <Part title="The engine process is starting">Engine starting…</Part>;
    case "opening":
      return <Part title={status.sentence}>Attaching…</Part>;
    case "failed":
      return (
        <Part
          kind="error"
          glyph="error"
          title={`${status.error.message} Click to try again.`}
          command="machine.reconnect"
        >
          Not attached
        </Part>
      );
    case "running":
      return <Part title={`Engine process ${status.processId}`}>Engine ready</Part>;
    case "hung":
      return (
        <Part kind="warning" glyph="warning" title="Restart the engine" command="engine.restart">
          Engine busy for {Math.round(status.seconds)} s
        </Part>
      );
    case "crashed":
      return (
        <Part kind="error" glyph="error" title="Restart the engine" command="engine.restart">
          Engine stopped
        </Part>
      );
  }
}

export function StatusBar(): ReactNode {
  const info = useMachine((store) => store.info);
  const log = useLogState((store) => store.state);
  const count = useObjects(countText);
  const path = useObjects((store) => store.selectedPath ?? store.path);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a footer of the page itself is its contentinfo landmark
    <footer className="statusBar" aria-label="Status">
      <MachinePart info={info} />
      <ElevationPart {...(info?.elevation ? { elevation: info.elevation } : {})} />
      <Part title="Objects in this directory, and how many are selected">{count}</Part>
      <button
        type="button"
        className="statusPart statusPath"
        title={`${visibleText(path)} (click to copy)`}
        onClick={() => runCommand("edit.copyPath")}
      >
        <span className="mono">{visibleText(path)}</span>
      </button>
      <Suspense fallback={null}>
        <ClockPart />
        <SourcesPart />
      </Suspense>
      {log ? <LogParts log={log} hasMasks={info?.capabilities.includes("debugFilter") ?? false} /> : null}
      <EnginePart />
    </footer>
  );
}
