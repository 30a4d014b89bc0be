/** Waits until a file that another program writes holds a whole line that fits. */
import fs from "node:fs";

/** Only bounds a hang; the file's changes are what is waited for. */
const LIMIT_MS = 60_000;

/**
 * @param file exists already
 * @param ended rejects or resolves when its writer can write no more
 * @returns the pattern's first group; rejects where the line does not come
 */
export function waitForLine(file: string, pattern: RegExp, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const look = (): boolean => {
      // The file may be gone with what it was waited for.
      if (isOver) return true;
      const text = fs.readFileSync(file, "utf8");
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const match = whole
        .split(/\r?\n/)
        .map((line) => pattern.exec(line))
        .find((found) => found !== null);
      if (match?.[1] === undefined) return false;
      finish(() => resolve(match[1] ?? ""));
      return true;
    };
    const fail = (why: string): void => finish(() => reject(new Error(why)));
    const watcher = fs.watch(file, () => void look());
    const timer = setTimeout(() => fail("It did not come up within a minute."), LIMIT_MS);
    const finish = (then: () => void): void => {
      isOver = true;
      clearTimeout(timer);
      watcher.close();
      then();
    };
    // What it wrote last counts still.
    const atEnd = (why: string) => () => look() || fail(why);
    ended.then(atEnd("It ended."), (error: Error) => fail(error.message));
    look();
  });
}
