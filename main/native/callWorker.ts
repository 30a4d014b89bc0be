/** The call thread's own script: waits for a call in the shared memory, makes it, and waits for the next. */
import { parentPort, workerData } from "node:worker_threads";
import { callMemory, callState } from "./callThread";
import { deviceFunctions } from "./deviceFunctions";

const { cells, parameters } = callMemory(workerData as SharedArrayBuffer);
const functions = Object.values(deviceFunctions);

function answer(): void {
  const call = functions[cells[1] ?? 0];
  if (call === undefined) throw new RangeError(`There is no function ${cells[1]}.`);
  const status = call(...parameters.slice(0, cells[2]));
  cells[3] = status;
  if (Atomics.compareExchange(cells, 0, callState.asked, callState.answered) === callState.asked) {
    Atomics.notify(cells, 0);
    return;
  }
  // Nobody waits there any more. `ended` stays what it is.
  Atomics.compareExchange(cells, 0, callState.late, callState.ready);
  parentPort?.postMessage(status);
}

parentPort?.postMessage("ready");
for (let state = 0; state !== callState.ended; state = Atomics.load(cells, 0)) {
  // Late already where this thread was slow to wake.
  if (state === callState.asked || state === callState.late) answer();
  else Atomics.wait(cells, 0, state);
}
