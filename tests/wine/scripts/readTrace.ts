// Runs in the prefix: the etw source with its worker over fakeTrace.dll (the argument), until all has come. Prints what
// came, and what a query of the session answers after the source's end, as one JSON document.
import path from "node:path";
import { nodeScheduler } from "../../../main/engine/nodeScheduler";
import { EtwSource } from "../../../main/sources/etw/etwSource";
import { endTraceSession } from "../../../main/sources/etw/traceSession";
import { SESSION_NAME, traceProperties } from "../../../main/sources/etw/traceStructures";
import { WorkerEtwReader } from "../../../main/sources/etw/workerEtwReader";
import { processName } from "../../../main/sources/processName";
import { TestSink } from "../../../main/sources/testSink";
import { ControlTraceW } from "../../../native-bindings/koffi/advapi32";

/** What fakeTrace.c prints. */
const PRINTS = 1000;
/** EVENT_TRACE_CONTROL_QUERY */
const QUERY = 0;

async function run(): Promise<void> {
  process.env.NTSCOPE_FAKE_TRACE = process.argv[2] ?? "";
  // The scheduler's timers keep no process alive, as an engine lives as long as its clients.
  const alive = setInterval(() => undefined, 1000);
  const reader = new WorkerEtwReader(path.join(__dirname, "etwWorker.js"), endTraceSession);
  const source = new EtwSource({ reader, scheduler: nodeScheduler, findProcessName: processName });
  const sink = new TestSink();
  const failed = new Promise<void>((resolve) => {
    source.onDidChangeHealth(({ state }) => {
      if (state === "failed") resolve();
    });
  });
  source.start(sink);
  await Promise.race([failed, sink.until(() => sink.prints.length >= PRINTS && sink.notes.length > 0)]);
  const health = source.health();
  source.dispose();
  const afterwards = ControlTraceW(0n, Buffer.from(`${SESSION_NAME}\0`, "utf16le"), traceProperties(), QUERY);
  process.stdout.write(JSON.stringify({ health, prints: sink.prints, notes: sink.notes, afterwards }));
  clearInterval(alive);
}

void run();
