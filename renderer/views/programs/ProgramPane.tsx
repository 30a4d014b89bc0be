/**
 * A running program: what it wrote and was given, a line to type into it, and how it ended. Enter sends the line, arrow keys
 * bring earlier ones back, Ctrl+Z ends the input, Ctrl+C stops the program.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { exitCodeText, type StatusError, visibleLine, visibleText } from "../../../preload/shared";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { runIn } from "./programCommands";
import {
  commandLineOf,
  endInput,
  findAgain,
  giveLine,
  type ShownProgram,
  stopProgram,
  type TranscriptPart,
  usePrograms,
} from "./programsState";
import "./programs.css";

export default function ProgramPane({ paneId, params, setTitle }: PaneProps): ReactNode {
  const program = usePrograms((store) => store.programs[paneId]);
  const { name, args, processId } = params;
  useEffect(() => {
    if (typeof name !== "string" || typeof processId !== "number") return;
    void findAgain(paneId, name, Array.isArray(args) ? args.filter((word) => typeof word === "string") : [], processId);
  }, [paneId, name, args, processId]);
  const title = program && titleOf(program);
  useEffect(() => {
    if (title !== undefined) setTitle(title);
  }, [title, setTitle]);
  if (program === undefined) return <EmptyState title="This program is not known here any more" />;
  return <Program program={program} />;
}

function titleOf({ processId, ...program }: ShownProgram): string {
  return visibleText(`${commandLineOf(program)} (${processId ?? (program.state === "gone" ? "gone" : "ended")})`);
}

function Program({ program }: { program: ShownProgram }): ReactNode {
  const { paneId, transcript, processId } = program;
  const [refusal, setRefusal] = useState<StatusError>();
  const isLive = processId !== undefined;
  const again = async () => setRefusal(await runIn(paneId, program.name, program.args));
  return (
    <div className="programPane">
      <div className="programBar">
        <output className={program.exitCode === undefined || isLive ? "programState" : "programState programEnded"}>
          {stateText(program)}
        </output>
        {isLive ? (
          <>
            <Button onPress={() => void endInput(paneId)}>End Input</Button>
            <Button onPress={() => void stopProgram(paneId)}>Stop</Button>
          </>
        ) : (
          <Button onPress={() => void again()}>Run Again</Button>
        )}
      </div>
      {refusal ? <ErrorText error={refusal} /> : null}
      <Transcript label={`Output of ${visibleText(commandLineOf(program))}`} parts={transcript} />
      {isLive ? <InputLine program={program} /> : null}
    </div>
  );
}

function stateText({ state, exitCode }: ShownProgram): string {
  if (state === "gone") return "Gone with its machine";
  if (state === "ended") return `Ended with exit code ${exitCodeText(exitCode ?? 0)}`;
  return state === "ending" ? "Is to end; a driver keeps one of its requests" : "Running";
}

function Transcript({ label, parts }: { label: string; parts: readonly TranscriptPart[] }): ReactNode {
  const view = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new parts that make it scroll
  useLayoutEffect(() => {
    if (view.current && isAtEnd.current) view.current.scrollTop = view.current.scrollHeight;
  }, [parts]);
  return (
    <div
      ref={view}
      className="programText mono selectable"
      role="log"
      aria-label={label}
      // Scrolled by keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        isAtEnd.current = at.scrollTop + at.clientHeight >= at.scrollHeight - 2;
      }}
    >
      {parts.map((part) => (
        <span key={part.id} className={partClass[part.kind]}>
          {part.kind === "input" ? "> " : ""}
          {part.text.split("\n").map(visibleLine).join("\n")}
        </span>
      ))}
    </div>
  );
}

const partClass = { output: undefined, input: "programInput", note: "programNote" } as const;

function InputLine({ program: { paneId, history } }: { program: ShownProgram }): ReactNode {
  const [line, setLine] = useState("");
  /** How far back in the history; 0 is the line being typed. */
  const [back, setBack] = useState(0);
  const recall = (to: number) => {
    if (to < 0 || to > history.length) return;
    setBack(to);
    setLine(to === 0 ? "" : (history.at(-to) ?? ""));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const key = event.ctrlKey ? `Ctrl+${event.key.toLowerCase()}` : event.key;
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (key === "ArrowUp") recall(back + 1);
    else if (key === "ArrowDown") recall(back - 1);
    else if ((key === "Ctrl+z" || key === "Ctrl+d") && line === "") void endInput(paneId);
    else if (key === "Ctrl+c" && selectionStart === selectionEnd) void stopProgram(paneId);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className="programLine"
      onSubmit={(event) => {
        event.preventDefault();
        setLine("");
        setBack(0);
        void giveLine(paneId, line);
      }}
    >
      <span aria-hidden="true">&gt;</span>
      <input
        className="input mono"
        aria-label="Line to type"
        data-pane-focus
        value={line}
        spellCheck={false}
        autoComplete="off"
        placeholder="Enter sends the line"
        onChange={(event) => setLine(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </form>
  );
}
