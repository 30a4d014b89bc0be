/**
 * What programs wrote while a client was slow to listen: one event for what a program wrote in one go, and of that the
 * latest part. Who misses something asks for it (`programs.output`).
 */
import type { ProgramEvent } from "../machine/programs";

/** UTF-16 code units that wait for a client of each program. */
const WAITING_OUTPUT = 2 ** 18;

export function mergeProgramEvents(waiting: readonly ProgramEvent[], event: ProgramEvent): ProgramEvent[] {
  if (event.kind === "programEnded") return [...waiting, event];
  const { processId } = event;
  const before = waiting.find((each) => each.kind === "programOutput" && each.processId === processId);
  if (before?.kind !== "programOutput") return [...waiting, event];
  const all = before.text + event.text;
  const text = all.slice(-WAITING_OUTPUT);
  const from = event.from + event.text.length - text.length;
  return waiting.map((each) => (each === before ? { ...before, from, text } : each));
}
