// Runs in the prefix: opens a device, writes 64 bytes, reads them back and closes. Prints the seconds of the quickest
// round of so many cycles.
import { NativeMachine } from "../../../main/native/nativeMachine";
import { quickestOf } from "../measure";

const BYTES = 64;

async function run([programFolder = "", path = "", cycles = "0"]: readonly string[]): Promise<void> {
  const machine = new NativeMachine(programFolder);
  const data = new Uint8Array(BYTES).fill(0x41);
  const cycle = async () => {
    const opened = await machine.open({ path, access: "rw" });
    if (!opened.ok) throw new Error(opened.error.message);
    const { handle } = opened.value;
    const written = await machine.write(handle, data, 0);
    const read = await machine.read(handle, BYTES, 0);
    const closed = await machine.close(handle);
    if (!written.ok || !read.ok || !closed.ok) throw new Error("a call failed");
    if (written.value.information !== BYTES || read.value.data?.length !== BYTES) throw new Error("bytes are missing");
  };
  const seconds = await quickestOf(async () => {
    for (let done = 0; done < Number(cycles); done += 1) await cycle();
  });
  machine.dispose();
  process.stdout.write(JSON.stringify({ seconds }));
}

void run(process.argv.slice(2));
