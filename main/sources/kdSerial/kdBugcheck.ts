/**
 * The stop of a target, which it prints before it halts: `*** Fatal System Error: 0x000000d1` and its four parameters
 * in parentheses (KeBugCheckEx, Windows and ReactOS).
 */
import { describeBugcheck } from "../../../native-bindings/abi/bugchecks";

const stop = /\*\*\* Fatal System Error: 0x([0-9a-f]{8})\s{0,80}(\((?:0x[0-9a-f]{8,16},?){4}\))?/i;

/** @returns the stop in words, as a note of the log, or undefined when the text tells of none */
export function bugcheckNote(text: string): string | undefined {
  const match = stop.exec(text);
  if (!match) return undefined;
  const [, code = "", parameters] = match;
  const { hex, name, message } = describeBugcheck(Number.parseInt(code, 16));
  const shown = parameters === undefined ? "" : ` ${parameters.replaceAll(",", ", ")}`;
  return `*** STOP: ${hex}${shown} ${name}\n${message}`;
}
