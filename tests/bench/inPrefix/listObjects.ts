// Runs in the prefix: lists a directory of this machine. Prints how many entries and the seconds of the quickest round.
import { NativeMachine } from "../../../main/native/nativeMachine";
import { quickestOf } from "../measure";

async function run([programFolder = "", path = ""]: readonly string[]): Promise<void> {
  const machine = new NativeMachine(programFolder);
  let entries = 0;
  const seconds = await quickestOf(async () => {
    const listed = await machine.list(path);
    if (!listed.ok) throw new Error(listed.error.message);
    entries = listed.value.entries.length;
  });
  machine.dispose();
  process.stdout.write(JSON.stringify({ entries, seconds }));
}

void run(process.argv.slice(2));
