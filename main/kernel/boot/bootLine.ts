/**
 * One object of the boot tables, as a line of text: `PATH  TYPE  [what the type needs]`. Text because a thousand such
 * objects are read, compared and mended far more easily as a table than as code.
 */

export type BootType =
  | "Directory"
  | "SymbolicLink"
  | "Event"
  | "Mutant"
  | "Semaphore"
  | "Section"
  | "Job"
  | "KeyedEvent"
  | "ALPC"
  | "Callback"
  | "Session"
  | "Partition"
  | "WindowStation";

export interface BootObject {
  path: string;
  type: BootType;
  /** A link's target, an event's kind and state, a section's size, a semaphore's `count/limit`; empty where nothing is needed. */
  detail: string;
}

const LINE =
  /^(\\.*?)\s+(Directory|SymbolicLink|Event|Mutant|Semaphore|Section|Job|KeyedEvent|ALPC|Callback|Session|Partition|WindowStation)(?:\s+(.*))?$/;

/** @throws RangeError for a line that is not of the form: the tables are part of the program */
export function parseBootLines(table: string): BootObject[] {
  return linesOf(table).map((line) => {
    const match = LINE.exec(line);
    if (match === null) throw new RangeError(`boot table line not understood: ${line}`);
    return { path: match[1] ?? "", type: match[2] as BootType, detail: match[3] ?? "" };
  });
}

export function linesOf(table: string): string[] {
  return table.split("\n").filter((line) => line.trim() !== "");
}
