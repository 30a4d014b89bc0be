/**
 * The programs that this window has started on its machine: what each wrote and was given. They live outside their panes,
 * which are drawn anew whenever their tab is shown. As with a console window, closing the pane stops the program; a pane
 * that the window brings back shows what its program wrote, if the machine still knows.
 */
import { create } from "zustand";
import { joinWords, type ProgramOutput, type ProgramState, type StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { onDidClosePane } from "../../frame/dock";

/** A piece of the transcript: what the program wrote, what it was given, what NtScope has to say. Hostile text. */
export interface TranscriptPart {
  id: number;
  kind: "output" | "input" | "note";
  text: string;
}

export interface ShownProgram {
  paneId: string;
  name: string;
  args: readonly string[];
  /** Undefined when it does not run any more. */
  processId: number | undefined;
  /** `gone`: with its machine or its engine. */
  state: ProgramState | "gone";
  exitCode?: number;
  /** Code units of its output that are in the transcript, or were. */
  seen: number;
  transcript: readonly TranscriptPart[];
  /** Lines given, oldest first. */
  history: readonly string[];
}

interface ProgramsState {
  programs: Readonly<Record<string, ShownProgram>>;
  /** The dialog that asks which program is open. */
  isChoosing: boolean;
}

export const usePrograms = create<ProgramsState>(() => ({ programs: {}, isChoosing: false }));

/** UTF-16 code units of a transcript: what a pane can hold without getting slow. */
const MOST_TEXT = 2 ** 17;
const MOST_HISTORY = 100;

let nextPart = 1;

export function programOf(paneId: string): ShownProgram | undefined {
  return usePrograms.getState().programs[paneId];
}

function change(paneId: string, changes: Partial<ShownProgram>): void {
  usePrograms.setState(({ programs }) => {
    const program = programs[paneId];
    return program === undefined ? {} : { programs: { ...programs, [paneId]: { ...program, ...changes } } };
  });
}

/** Words as a command line shows them. */
export function commandLineOf({ name, args }: Pick<ShownProgram, "name" | "args">): string {
  return joinWords([name, ...args]);
}

/** @returns why not; undefined when it runs in that pane now */
export async function startProgram(
  paneId: string,
  name: string,
  args: readonly string[],
): Promise<StatusError | undefined> {
  const answer = await engine.call("programs.run", { name, args: [...args] });
  if (!answer.ok) return answer.error;
  const { processId } = answer.value;
  const history = programOf(paneId)?.history ?? [];
  show({ paneId, name, args, processId, state: "running", seen: 0, transcript: [], history });
  await catchUp(paneId);
  return undefined;
}

function show(program: ShownProgram): void {
  usePrograms.setState(({ programs }) => ({ programs: { ...programs, [program.paneId]: program } }));
}

/** A pane that the window has kept: its program may still run. */
export async function findAgain(
  paneId: string,
  name: string,
  args: readonly string[],
  processId: number,
): Promise<void> {
  if (programOf(paneId) !== undefined) return;
  show({ paneId, name, args, processId, state: "running", seen: 0, transcript: [], history: [] });
  await catchUp(paneId);
}

/** Asks for what was not told, or was told before anybody listened. */
async function catchUp(paneId: string): Promise<void> {
  const program = programOf(paneId);
  if (program?.processId === undefined) return;
  const { processId, seen } = program;
  const answer = await engine.call("programs.output", { processId, from: seen, wait: false });
  if (programOf(paneId)?.processId !== processId) return;
  if (answer.ok) take(paneId, answer.value);
  else if (answer.error.name === "no-program") change(paneId, { processId: undefined, state: "gone" });
  else note(paneId, `${answer.error.name}: ${answer.error.message}`);
}

function take(paneId: string, { text, from, state, exitCode }: ProgramOutput): void {
  accept(paneId, from, text);
  if (state === "ended")
    change(paneId, { state, processId: undefined, ...(exitCode === undefined ? {} : { exitCode }) });
  else change(paneId, { state });
}

/** Output from `from` on; what is in the transcript already is left out. */
function accept(paneId: string, from: number, text: string): void {
  const program = programOf(paneId);
  if (program === undefined) return;
  const { seen } = program;
  const fresh = text.slice(Math.max(0, seen - from));
  change(paneId, { seen: Math.max(seen, from + text.length) });
  if (from > seen) note(paneId, `${from - seen} characters of output are not kept any more`);
  append(paneId, "output", fresh);
}

function note(paneId: string, text: string): void {
  append(paneId, "note", `${text}\n`);
}

function append(paneId: string, kind: TranscriptPart["kind"], text: string): void {
  const program = programOf(paneId);
  if (program === undefined || text === "") return;
  const { transcript } = program;
  const last = transcript.at(-1);
  const joined =
    last?.kind === kind && kind === "output"
      ? [...transcript.slice(0, -1), { ...last, text: last.text + text }]
      : [...transcript, { id: nextPart++, kind, text }];
  change(paneId, { transcript: shortened(joined) });
}

/** The latest part of it. */
function shortened(transcript: TranscriptPart[]): TranscriptPart[] {
  let room = MOST_TEXT;
  const kept: TranscriptPart[] = [];
  for (const part of transcript.reverse()) {
    if (room <= 0) break;
    kept.push(part.text.length > room ? { ...part, text: part.text.slice(-room) } : part);
    room -= part.text.length;
  }
  return kept.reverse();
}

export async function giveLine(paneId: string, line: string): Promise<void> {
  const program = programOf(paneId);
  if (program?.processId === undefined) return;
  const { processId, history } = program;
  append(paneId, "input", `${line}\n`);
  const isNew = line !== "" && line !== history.at(-1);
  if (isNew) change(paneId, { history: [...history, line].slice(-MOST_HISTORY) });
  tellFailure(paneId, await engine.call("programs.input", { processId, line }));
}

/** Ctrl+Z: there is no more input. */
export async function endInput(paneId: string): Promise<void> {
  const processId = programOf(paneId)?.processId;
  if (processId === undefined) return;
  append(paneId, "note", "end of input\n");
  tellFailure(paneId, await engine.call("programs.input", { processId }));
}

/** Ctrl+C. A driver may keep it from ending. */
export async function stopProgram(paneId: string): Promise<void> {
  const processId = programOf(paneId)?.processId;
  if (processId === undefined) return;
  tellFailure(paneId, await engine.call("programs.kill", { processId }));
  await catchUp(paneId);
}

function tellFailure(paneId: string, answer: { ok: true } | { ok: false; error: StatusError }): void {
  if (!answer.ok) note(paneId, `${answer.error.name}: ${answer.error.message}`);
}

/** Its pane was closed. */
async function leaveProgram(paneId: string): Promise<void> {
  await stopProgram(paneId);
  usePrograms.setState(({ programs }) => {
    const { [paneId]: _, ...others } = programs;
    return { programs: others };
  });
}

function paneOf(processId: number): string | undefined {
  return Object.values(usePrograms.getState().programs).find((program) => program.processId === processId)?.paneId;
}

/** Follows what the machine tells of its programs, for as long as the window lives. */
export function followPrograms(): void {
  engine.onDidDisconnect(() => {
    for (const { paneId, processId } of Object.values(usePrograms.getState().programs)) {
      if (processId !== undefined) change(paneId, { processId: undefined, state: "gone" });
    }
  });
  engine.on("machine", (event) => {
    if (event.kind !== "stateChanged") return;
    // What happened while a connection was lost, nobody told.
    for (const { paneId } of Object.values(usePrograms.getState().programs)) void catchUp(paneId);
  });
  onDidClosePane((paneId) => {
    if (programOf(paneId) !== undefined) void leaveProgram(paneId);
  });
  engine.on("program", (event) => {
    const paneId = paneOf(event.processId);
    if (paneId === undefined) return;
    if (event.kind === "programEnded")
      change(paneId, { processId: undefined, state: "ended", exitCode: event.exitCode });
    else if (event.from > (programOf(paneId)?.seen ?? 0)) void catchUp(paneId);
    else accept(paneId, event.from, event.text);
  });
}
