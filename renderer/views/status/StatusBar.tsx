/** The status bar: machine, objects and selection, full path, capture, lines, losses, engine. */
import type { ReactNode } from "react";
import { type CommandId, commands } from "../../../preload/commands";
import { type LogState, type MachineInfo, visibleText } from "../../../preload/shared";
import { runCommand } from "../../commands/registry";
import { useEngineStatus } from "../../engine/engineStatus";
import { useLogState } from "../../engine/logState";
import { useMachine } from "../../engine/machineState";
import { Glyph, type GlyphName } from "../../ui/Glyph";
import { countText } from "../objects/countText";
import { useObjects } from "../objects/objectsStore";
import "./statusBar.css";

interface PartProps {
  title: string;
  glyph?: GlyphName;
  kind?: "warning" | "error";
  command?: CommandId;
  children: ReactNode;
}

/** A part that does something is a button; one that only tells has a title. */
function Part({ title, glyph, kind, command, children }: PartProps): ReactNode {
  const content = (
    <>
      {glyph ? <Glyph name={glyph} /> : null}
      <span>{children}</span>
    </>
  );
  if (!command) {
    return (
      <span className="statusPart" title={title} data-kind={kind}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="statusPart"
      title={title}
      data-kind={kind}
      data-command={command}
      onClick={() => runCommand(command)}
    >
      {content}
    </button>
  );
}

function MachinePart({ info }: { info: MachineInfo | undefined }): ReactNode {
  if (!info) return <Part title="No machine is connected">No machine</Part>;
  const { state } = info;
  const words = { running: "running", bugchecked: "stopped", disconnected: "disconnected" }[state.kind];
  return (
    <Part
      glyph="machine"
      title={`${info.name}: presents itself as ${info.system}`}
      {...(state.kind === "running" ? {} : { kind: "error" as const })}
    >
      {visibleText(info.name)} · {words}
    </Part>
  );
}

function LogParts({ log }: { log: LogState }): ReactNode {
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
      <Part
        title={
          log.droppedByMask > 0
            ? "Messages that the debug print filter held back; click to see and change its masks"
            : "No message was held back by the debug print filter"
        }
        command="view.debugFilter"
        {...(log.droppedByMask > 0 ? { kind: "warning" as const, glyph: "mask" as const } : {})}
      >
        {count(log.droppedByMask)} masked
      </Part>
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

function EnginePart(): ReactNode {
  const status = useEngineStatus((store) => store.status);
  switch (status.kind) {
    case "starting":
      return <Part title="The engine process is starting">Engine starting…</Part>;
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
      <Part title="Objects in this directory, and how many are selected">{count}</Part>
      <button
        type="button"
        className="statusPart statusPath"
        title={`${visibleText(path)} (click to copy)`}
        onClick={() => runCommand("edit.copyPath")}
      >
        <span className="mono">{visibleText(path)}</span>
      </button>
      {log ? <LogParts log={log} /> : null}
      <EnginePart />
    </footer>
  );
}
