/**
 * The worker that waits for DBWIN_DATA_READY. While it works every writer of the session waits, so it copies the block,
 * frees it at once, and only then looks at what it has. It blocks its thread: the shared flag ends it.
 * Source: "Understanding Win32 OutputDebugString" (unixwiz.net).
 */
import { parentPort, workerData } from "node:worker_threads";
import { RtlMoveMemory, SetEvent, WaitForSingleObject } from "../../../native-bindings/koffi/kernel32";
import { processName } from "../processName";
import { DbwinBatchWriter } from "./dbwinBatch";
import { DBWIN_BUFFER_SIZE } from "./dbwinBlock";
import { type DbwinObjects, openDbwin } from "./dbwinObjects";
import type { DbwinReport } from "./dbwinReader";
import type { DbwinWorkerData } from "./workerDbwinReader";

const WAIT_OBJECT_0 = 0;
/** Ms until the flag is looked at again while nothing comes. */
const IDLE = 200;
/** Ms that messages wait for more before they are posted: the eye sees no difference. */
const GATHERING = 16;
/**
 * Ms between two looks whether another monitor has gone. Nothing tells of it: it may stop to capture and live on, so
 * that its process cannot be waited for.
 */
const RETRY = 1000;
/** Looks until it is asked anew who the other monitor is. */
const LOOKS_A_HOLDER = 10;

/** Ms that a process's name is believed: ids are used again. */
const BELIEVED = 10_000;
/** Processes that are remembered. */
const MOST_SEEN = 2048;

const { namespace, stop } = workerData as DbwinWorkerData;
const flag = new Int32Array(stop);

function post(report: DbwinReport): void {
  const transfer = report.kind === "batch" ? Object.values(report.batch).map(({ buffer }) => buffer) : [];
  parentPort?.postMessage(report, transfer);
}

const seen = new Map<number, number>();

/** A program may print a line and end, so its name is asked for at its first message, as soon as the block is free. */
function nameWriter(block: DataView, now: number): void {
  const processId = block.getUint32(0, true);
  if (now < (seen.get(processId) ?? 0)) return;
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(processId, now + BELIEVED);
  const name = processName(processId);
  if (name !== undefined) post({ kind: "process", processId, name, time: now });
}

/** Until it is told to end, or cannot go on. */
function run(): void {
  let told: number | undefined;
  for (let looks = 0; Atomics.load(flag, 0) === 0; looks += 1) {
    const looksForHolder = looks % LOOKS_A_HOLDER === 0;
    const opening = openDbwin(namespace, looksForHolder);
    if (opening.kind === "open") capture(opening.objects);
    if (opening.kind === "failed") post(opening);
    if (opening.kind !== "taken") return;
    if (looks === 0 || (looksForHolder && opening.holder !== told)) post(opening);
    if (looksForHolder) told = opening.holder;
    Atomics.wait(flag, 0, 0, RETRY);
  }
}

function capture(objects: DbwinObjects): void {
  try {
    listen(objects);
  } finally {
    objects.close();
  }
}

function listen({ view, free, ready }: DbwinObjects): void {
  const writer = new DbwinBatchWriter();
  const block = new Uint8Array(DBWIN_BUFFER_SIZE);
  const header = new DataView(block.buffer);
  const bytes = BigInt(DBWIN_BUFFER_SIZE);
  let oldest = 0;
  const give = () => post({ kind: "batch", batch: writer.take() });
  // Who created the events before us may have left the first one unset: then nobody would ever write.
  SetEvent(free);
  post({ kind: "running" });
  while (Atomics.load(flag, 0) === 0) {
    const waited = WaitForSingleObject(ready, writer.isEmpty ? IDLE : GATHERING);
    const now = performance.timeOrigin + performance.now();
    if (waited === WAIT_OBJECT_0) {
      RtlMoveMemory(block, view, bytes);
      SetEvent(free);
      nameWriter(header, now);
      if (writer.isEmpty) oldest = now;
      if (!writer.add(block, now)) {
        give();
        oldest = now;
        writer.add(block, now);
      }
    }
    if (!writer.isEmpty && now - oldest >= GATHERING) give();
  }
  if (!writer.isEmpty) give();
}

run();
