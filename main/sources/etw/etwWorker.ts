/**
 * The worker that reads the trace session. ETW's thread waits while an event is taken, so taking one copies and decodes
 * it and no more; the worker's event loop must stay free, which is why DBWIN has a worker of its own.
 */
import { parentPort } from "node:worker_threads";
import { EVENT_RECORD } from "../../../native-bindings/abi/structures/etw";
import { RtlMoveMemory } from "../../../native-bindings/koffi/kernel32";
import { AnsiText } from "../ansiText";
import type { EtwReport, KernelPrint } from "./etwReader";
import { EVENT_RECORD_SIZE, readEventRecord } from "./eventRecord";
import { kernelPrint } from "./kernelPrint";
import { type LostCounters, lostKind, lostSince } from "./lostEvents";
import { startTraceSession, type TraceSession } from "./traceSession";

/** Ms that prints wait for more before they are posted. */
const GATHERING = 50;
/** Ms between two questions what was lost. */
const QUERY = 2000;
/** UserDataLength has 16 bits. */
const MOST_PAYLOAD = 0xffff;

const ansi = new AnsiText();
const header = Buffer.alloc(EVENT_RECORD_SIZE);
const payload = Buffer.alloc(MOST_PAYLOAD);
let prints: KernelPrint[] = [];
let posting: NodeJS.Timeout | undefined;
/** Asks what was lost; nothing until the session runs. */
let tellLosses = () => {};
let willAsk = false;

function post(report: EtwReport): void {
  parentPort?.postMessage(report);
}

function give(): void {
  clearTimeout(posting);
  posting = undefined;
  if (prints.length > 0) post({ kind: "prints", prints });
  prints = [];
}

function take(address: bigint): void {
  RtlMoveMemory(header, address, BigInt(EVENT_RECORD_SIZE));
  const record = readEventRecord(header);
  if (record === undefined) return;
  if (lostKind(record.providerId, record.opcode) !== undefined) askSoon();
  const data = header.readBigUInt64LE(EVENT_RECORD.offset.UserData);
  const length = data === 0n ? 0 : record.userDataLength;
  if (length > 0) RtlMoveMemory(payload, data, BigInt(length));
  const print = kernelPrint(record, payload.subarray(0, length), ansi);
  if (print === undefined) return;
  prints.push(print);
  posting ??= setTimeout(give, GATHERING);
}

/** The session itself said that something was lost: how much, it is asked once for all such events at hand. */
function askSoon(): void {
  if (willAsk) return;
  willAsk = true;
  setImmediate(() => {
    willAsk = false;
    tellLosses();
  });
}

function watchLosses(session: TraceSession): () => void {
  let before: LostCounters = { events: 0, logBuffers: 0, realTimeBuffers: 0 };
  return () => {
    const now = session.lost();
    if (now === undefined) return;
    const lost = lostSince(before, now);
    before = now;
    if (lost.events + lost.logBuffers + lost.realTimeBuffers > 0) post({ kind: "lost", lost });
  };
}

async function run(): Promise<void> {
  const started = startTraceSession(take);
  if (!started.ok) {
    post({ kind: "failed", error: started.error });
    return;
  }
  const session = started.value;
  tellLosses = watchLosses(session);
  const timer = setInterval(() => tellLosses(), QUERY);
  // Any message: there is but one, to end.
  parentPort?.once("message", () => {
    tellLosses();
    session.stop();
  });
  post({ kind: "running" });
  const error = await session.ended;
  clearInterval(timer);
  give();
  if (error !== undefined) post({ kind: "failed", error });
}

void run().finally(() => parentPort?.close());
