/**
 * What starting and reading the session of kernel prints takes, as bytes: EVENT_TRACE_PROPERTIES and
 * EVENT_TRACE_LOGFILEW (evntrace.h, x64). The session is NtScope's own system logger, of which Windows 8 and later have
 * eight; "NT Kernel Logger" is other programs'. Source: "System providers", "Configuring and starting a SystemTraceProvider
 * session", Microsoft.
 */
import {
  EVENT_TRACE_LOGFILEW,
  EVENT_TRACE_PROPERTIES,
  PROCESS_TRACE_MODE_EVENT_RECORD,
  PROCESS_TRACE_MODE_REAL_TIME,
  traceEnableFlags,
  traceLogFileModes,
  WNODE_FLAG_TRACED_GUID,
} from "../../../native-bindings/abi/structures/etw";

export const SESSION_NAME = "NtScope kernel prints";

/** UTF-16 units that the session's name may have, with its NUL; ETW's own limit is 1,024. */
const NAME_UNITS = 1024;
/** The performance counter; ProcessTrace makes system time of it. */
const CLOCK_QPC = 1;
/** Kilobytes. */
const BUFFER_SIZE = 128;
/**
 * Prints come at raised IRQL, where no buffer can be added, so there are as many from the start as at most: 8 MB, about
 * three seconds of the 26,000 prints a second that were seen at most.
 */
const BUFFERS = 64;
/** Seconds; the reorder window waits for more than this. */
const FLUSH_TIMER = 1;
/** {6F2B1D5C-3A57-4E0B-9C38-5D0F7A914E26}, made for NtScope. */
const SESSION_GUID = [0x6f2b1d5c, 0x3a57, 0x4e0b, 0x9c, 0x38, 0x5d, 0x0f, 0x7a, 0x91, 0x4e, 0x26] as const;

/** For StartTrace; ControlTrace takes the same and writes the counters into it. */
export function traceProperties(): Buffer {
  const { offset, size } = EVENT_TRACE_PROPERTIES;
  const bytes = Buffer.alloc(size + NAME_UNITS * 2);
  bytes.writeUInt32LE(bytes.length, offset["Wnode.BufferSize"]);
  writeGuid(bytes, offset["Wnode.Guid"]);
  bytes.writeUInt32LE(CLOCK_QPC, offset["Wnode.ClientContext"]);
  bytes.writeUInt32LE(WNODE_FLAG_TRACED_GUID, offset["Wnode.Flags"]);
  bytes.writeUInt32LE(BUFFER_SIZE, offset.BufferSize);
  bytes.writeUInt32LE(BUFFERS, offset.MinimumBuffers);
  bytes.writeUInt32LE(BUFFERS, offset.MaximumBuffers);
  const { EVENT_TRACE_REAL_TIME_MODE, EVENT_TRACE_SYSTEM_LOGGER_MODE } = traceLogFileModes.bit;
  bytes.writeUInt32LE(EVENT_TRACE_REAL_TIME_MODE + EVENT_TRACE_SYSTEM_LOGGER_MODE, offset.LogFileMode);
  bytes.writeUInt32LE(FLUSH_TIMER, offset.FlushTimer);
  const { EVENT_TRACE_FLAG_DBGPRINT, EVENT_TRACE_FLAG_NO_SYSCONFIG } = traceEnableFlags.bit;
  bytes.writeUInt32LE(EVENT_TRACE_FLAG_DBGPRINT + EVENT_TRACE_FLAG_NO_SYSCONFIG, offset.EnableFlags);
  bytes.writeUInt32LE(size, offset.LoggerNameOffset);
  return bytes;
}

/** For OpenTrace. @param name address of the session's name, @param callback of the function called for each event */
export function traceLogFile(name: bigint, callback: bigint): Buffer {
  const { offset, size } = EVENT_TRACE_LOGFILEW;
  const bytes = Buffer.alloc(size);
  bytes.writeBigUInt64LE(name, offset.LoggerName);
  bytes.writeUInt32LE(PROCESS_TRACE_MODE_REAL_TIME + PROCESS_TRACE_MODE_EVENT_RECORD, offset.ProcessTraceMode);
  bytes.writeBigUInt64LE(callback, offset.EventRecordCallback);
  return bytes;
}

function writeGuid(bytes: Buffer, at: number): void {
  const [data1, data2, data3, ...data4] = SESSION_GUID;
  bytes.writeUInt32LE(data1, at);
  bytes.writeUInt16LE(data2, at + 4);
  bytes.writeUInt16LE(data3, at + 6);
  bytes.set(data4, at + 8);
}
