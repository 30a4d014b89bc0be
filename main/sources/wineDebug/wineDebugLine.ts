/**
 * One line of a Wine prefix's standard error, written with `WINEDEBUG=-all,warn+debugstr,+timestamp,+pid`:
 * `2740.206:012c:013c:warn:debugstr:vDbgPrintExWithPrefix 00000000:00000001: text` is seconds : process id : thread id
 * (hex) : class : channel : routine, then the message; vDbgPrintExWithPrefix puts component:level before it, hex too.
 */
import type { AnsiText } from "../ansiText";
import { unquoteWineString } from "./wineString";

export interface WineDebugLine {
  /** `kernel`: DbgPrint. `win32`: OutputDebugString. `text`: anything else that stood there, as it stood. */
  readonly source: "kernel" | "win32" | "text";
  /** Seconds since Wine's own zero, ms resolution; undefined where the line has none. */
  readonly seconds: number | undefined;
  /** 0 where the line has none, as the next one. */
  readonly processId: number;
  readonly threadId: number;
  /** -1 where the line has none, as the next one. */
  readonly component: number;
  /** A level 0 to 31, or a bit field when the caller gave several bits. */
  readonly level: number;
  readonly text: string;
}

const header =
  /^(?: *(\d{1,10}\.\d{3}):)?(?:([0-9a-f]{4,8}):)?([0-9a-f]{4,8}):(?:err|warn|fixme|trace):debugstr:(\w*) (.*)$/s;
const dbgPrint = /^([0-9a-f]{8}):([0-9a-f]{8}): (.*)$/s;

/** Never fails: a line that is nothing else is text. */
export function parseWineDebugLine(line: string, ansi: AnsiText): WineDebugLine {
  const match = header.exec(line);
  if (!match) return textLine(line);
  const [, seconds, process, thread = "0", routine = "", message = ""] = match;
  const from = {
    seconds: seconds === undefined ? undefined : Number(seconds),
    processId: Number.parseInt(process ?? "0", 16),
    threadId: Number.parseInt(thread, 16),
  };
  if (routine.startsWith("OutputDebugString")) {
    const text = unquoteWineString(message, ansi) ?? `${message}\n`;
    return { source: "win32", ...from, component: -1, level: -1, text };
  }
  const print = routine === "vDbgPrintExWithPrefix" ? dbgPrint.exec(message) : null;
  if (!print) return { ...textLine(line), ...from };
  const [, component = "", mask = "", text = ""] = print;
  return {
    source: "kernel",
    ...from,
    component: Number.parseInt(component, 16),
    level: levelOfMask(Number.parseInt(mask, 16)),
    // Wine ends every DbgPrint with a line end, its own where the driver had none: half lines cannot be told apart.
    text: `${text}\n`,
  };
}

function textLine(line: string): WineDebugLine {
  const nobody = { seconds: undefined, processId: 0, threadId: 0, component: -1, level: -1 };
  return { source: "text", ...nobody, text: `${line}\n` };
}

/** Wine prints the bit field even where the caller gave a bit number. */
function levelOfMask(mask: number): number {
  const isOneBit = mask !== 0 && (mask & (mask - 1)) === 0;
  return isOneBit ? 31 - Math.clz32(mask) : mask;
}
