// What bootstrap tells its user. Always on standard error: standard output belongs to the command that
// bootstrap prepares (`ntscope ls --json | jq` must see JSON and nothing else).

/** @param {string} line */
export function say(line) {
  process.stderr.write(`ntscope: ${line}\n`);
}

/** An expected failure: its message is for the user, so no stack is shown. */
export class BootstrapError extends Error {}

/**
 * Shows that long work is alive: one line that is rewritten on a terminal, a line every ten seconds elsewhere
 * (a CI log must neither fill up nor look hung).
 * @param {string} title
 * @param {() => string} measure what to show beside the title, for example "41 of 105 MB"
 * @returns {{ dispose(): void }}
 */
export function showProgress(title, measure) {
  const terminal = process.stderr.isTTY;
  const started = Date.now();
  if (!terminal) say(`${title} ...`);
  const timer = setInterval(
    () => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const line = `${title} ... ${measure()} (${seconds} s)`;
      if (terminal) process.stderr.write(`\r\x1b[Kntscope: ${line}`);
      else say(line);
    },
    terminal ? 250 : 10_000,
  );
  return {
    dispose() {
      clearInterval(timer);
      if (terminal) process.stderr.write("\r\x1b[K");
    },
  };
}

/**
 * Runs a script's main function and turns what it throws into a message and exit code 1.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
