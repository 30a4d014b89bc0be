// Runs in the prefix: the etw source with its worker over fakeTrace.dll (the argument), until all has come. Prints what
// came as one JSON document and ends by itself, which takes that the session has ended.
import path from "node:path";
import { nodeScheduler } from "../../../main/engine/nodeScheduler";
import { processName } from "../../../main/native/processName";
import { EtwSource } from "../../../main/sources/etw/etwSource";
import { WorkerEtwReader } from "../../../main/sources/etw/workerEtwReader";
import { TestSink } from "../../../main/sources/testSink";

/** What fakeTrace.c prints. */
const PRINTS = 1000;

async function run(): Promise<void> {
  process.env.NTSCOPE_FAKE_TRACE = process.argv[2] ?? "";
  // The scheduler's timers keep no process alive, as an engine lives as long as its clients.
  const alive = setInterval(() => undefined, 1000);
  const reader = new WorkerEtwReader(path.join(__dirname, "etwWorker.js"));
  const source = new EtwSource({ reader, scheduler: nodeScheduler, findProcessName: processName });
  const sink = new TestSink();
  const failed = new Promise<void>((resolve) => {
    source.onDidChangeHealth(({ state }) => {
      if (state === "failed") resolve();
    });
  });
  source.start(sink);
  await Promise.race([failed, sink.until(() => sink.prints.length >= PRINTS && sink.notes.length > 0)]);
  process.stdout.write(JSON.stringify({ health: source.health(), prints: sink.prints, notes: sink.notes }));
  source.dispose();
  clearInterval(alive);
}

void run();
