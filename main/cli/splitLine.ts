/** Splits one line of a shell script into words; a line that starts with `#` has none. */
import { type CommandWords, splitWords } from "../machine/commandWords";

export function splitLine(line: string): CommandWords {
  return /^[ \t\r]*#/.test(line) ? { words: [] } : splitWords(line);
}
