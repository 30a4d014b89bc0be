/**
 * The words of a command and back. Backslashes are ordinary characters, since nearly every word is a path; double
 * quotes group, and `""` inside them is one quote; a single quote groups where it starts a word.
 */

export type CommandWords = { words: string[] } | { error: string };

/** One text that `splitWords` makes the same words of. */
export function joinWords(words: readonly string[]): string {
  const quoted = (word: string) => (/^[^ \t\r"']+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`);
  return words.map(quoted).join(" ");
}

export function splitWords(line: string): CommandWords {
  const words: string[] = [];
  let at = skipBlanks(line, 0);
  while (at < line.length) {
    let word = "";
    if (line[at] === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) {
        return { error: "a single quote is not closed" };
      }
      word = line.slice(at + 1, end);
      at = end + 1;
    }
    while (at < line.length && !isBlank(line, at)) {
      if (line[at] !== '"') {
        word += line[at];
        at += 1;
        continue;
      }
      const quoted = readQuoted(line, at + 1);
      if (quoted === undefined) {
        return { error: "a double quote is not closed" };
      }
      word += quoted.text;
      at = quoted.next;
    }
    words.push(word);
    at = skipBlanks(line, at);
  }
  return { words };
}

function readQuoted(line: string, start: number): { text: string; next: number } | undefined {
  let text = "";
  let at = start;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) {
      return undefined;
    }
    text += line.slice(at, quote);
    if (line[quote + 1] !== '"') {
      return { text, next: quote + 1 };
    }
    text += '"';
    at = quote + 2;
  }
}

/** Only the ASCII blanks: a no-break space may be part of a hostile name and must reach the object manager. */
function isBlank(line: string, at: number): boolean {
  const unit = line.charCodeAt(at);
  return unit === 0x20 || unit === 0x09 || unit === 0x0d;
}

function skipBlanks(line: string, at: number): number {
  let next = at;
  while (next < line.length && isBlank(line, next)) {
    next += 1;
  }
  return next;
}
