/**
 * The worker that waits for DBWIN_DATA_READY. While it works every writer of the session waits, so it copies the block,
 * frees it at once, and only then looks at what it has. It blocks its thread: the shared flag ends it.
 * Source: "Understanding Win32 OutputDebugString" (unixwiz.net).
 */
import { parentPort, workerData } from "node:worker_threads";
import { describeWin32Error } from "../../../native-bindings/abi/win32/win32Error";
import {
  CloseHandle,
  CreateEventW,
  CreateFileMappingW,
  GetLastError,
  MapViewOfFile,
  RtlMoveMemory,
  SetEvent,
  UnmapViewOfFile,
  WaitForSingleObject,
} from "../../../native-bindings/koffi/kernel32";
import { DbwinBatchWriter } from "./dbwinBatch";
import { DBWIN_BUFFER_SIZE } from "./dbwinBlock";
import type { DbwinReport } from "./dbwinReader";
import type { DbwinWorkerData } from "./workerDbwinReader";

const ERROR_ALREADY_EXISTS = 183;
const PAGE_READWRITE = 0x4;
const FILE_MAP_READ = 0x4;
const WAIT_OBJECT_0 = 0;
const INVALID_HANDLE_VALUE = 0xffff_ffff_ffff_ffffn;
/** Ms until the flag is looked at again while nothing comes. */
const IDLE = 200;
/** Ms that messages wait for more before they are posted: the eye sees no difference. */
const GATHERING = 16;

const { namespace, stop } = workerData as DbwinWorkerData;
const flag = new Int32Array(stop);

function name(object: string): Buffer {
  return Buffer.from(`${namespace === "Global" ? "Global\\" : ""}${object}\0`, "utf16le");
}

function post(report: DbwinReport): void {
  const transfer = report.kind === "batch" ? Object.values(report.batch).map(({ buffer }) => buffer) : [];
  parentPort?.postMessage(report, transfer);
}

function failure(call: string): DbwinReport {
  const code = GetLastError();
  const { name: errorName, message } = describeWin32Error(code);
  const error = {
    domain: "win32",
    code,
    status: String(code),
    name: errorName,
    message: `${call}: ${message}`,
  } as const;
  return { kind: "failed", error };
}

/** Until it is told to end, or at once with the reason why it cannot. */
function run(): DbwinReport | undefined {
  const opened: bigint[] = [];
  const keep = (handle: number): bigint => {
    if (BigInt(handle) !== 0n) opened.push(BigInt(handle));
    return BigInt(handle);
  };
  try {
    const mapping = keep(
      CreateFileMappingW(INVALID_HANDLE_VALUE, null, PAGE_READWRITE, 0, DBWIN_BUFFER_SIZE, name("DBWIN_BUFFER")),
    );
    if (mapping === 0n) return failure("CreateFileMapping");
    if (GetLastError() === ERROR_ALREADY_EXISTS) return { kind: "taken", holder: undefined };
    const free = keep(CreateEventW(null, 0, 1, name("DBWIN_BUFFER_READY")));
    const ready = keep(CreateEventW(null, 0, 0, name("DBWIN_DATA_READY")));
    if (free === 0n || ready === 0n) return failure("CreateEvent");
    const view = BigInt(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, BigInt(DBWIN_BUFFER_SIZE)));
    if (view === 0n) return failure("MapViewOfFile");
    try {
      listen(view, free, ready);
    } finally {
      UnmapViewOfFile(view);
    }
    return undefined;
  } finally {
    for (const handle of opened) CloseHandle(handle);
  }
}

function listen(view: bigint, free: bigint, ready: bigint): void {
  const writer = new DbwinBatchWriter();
  const block = new Uint8Array(DBWIN_BUFFER_SIZE);
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

const why = run();
if (why !== undefined) post(why);
