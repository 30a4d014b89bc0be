/** Event tracing: what starting, opening and reading a session takes (evntrace.h, evntcons.h). */
import { flagTable } from "../flags";
import { structure } from "../structure";

export const GUID = structure("GUID", 0x10, {
  Data1: [0x0, "u32", "first group of digits"],
  Data2: [0x4, "u16", "second"],
  Data3: [0x6, "u16", "third"],
  Data4: [0x8, ["u8", 8], "the rest"],
});

export const traceEnableFlags = flagTable({
  EVENT_TRACE_FLAG_PROCESS: [0x1, "processes"],
  EVENT_TRACE_FLAG_THREAD: [0x2, "threads"],
  EVENT_TRACE_FLAG_IMAGE_LOAD: [0x4, "images"],
  EVENT_TRACE_FLAG_DBGPRINT: [0x40000, "DbgPrint"],
  EVENT_TRACE_FLAG_NO_SYSCONFIG: [0x10000000, "no description of the machine at the end"],
});

export const traceLogFileModes = flagTable({
  EVENT_TRACE_REAL_TIME_MODE: [0x100, "events go to a consumer at once"],
  EVENT_TRACE_SYSTEM_LOGGER_MODE: [0x2000000, "may receive the kernel's events"],
});

export const WNODE_FLAG_TRACED_GUID = 0x20000;
export const PROCESS_TRACE_MODE_REAL_TIME = 0x100;
export const PROCESS_TRACE_MODE_EVENT_RECORD = 0x10000000;

export const EVENT_TRACE_PROPERTIES = structure("EVENT_TRACE_PROPERTIES", 0x78, {
  "Wnode.BufferSize": [0x0, "u32", "bytes of the structure with the names behind it"],
  "Wnode.ProviderId": [0x4, "u32", "unused here"],
  "Wnode.HistoricalContext": [0x8, "u64", "handle of the session"],
  "Wnode.TimeStamp": [0x10, "i64", "100 ns since 1601, UTC"],
  "Wnode.Guid": [0x18, GUID, "of the session"],
  "Wnode.ClientContext": [0x28, "u32", "clock: 1 performance counter, 2 system time, 3 cycles"],
  "Wnode.Flags": [0x2c, "u32", "WNODE_FLAG_TRACED_GUID"],
  BufferSize: [0x30, "u32", "kilobytes of one buffer"],
  MinimumBuffers: [0x34, "u32", "buffers at the start"],
  MaximumBuffers: [0x38, "u32", "buffers at most"],
  MaximumFileSize: [0x3c, "u32", "megabytes"],
  LogFileMode: [0x40, "u32", "kind of session", traceLogFileModes],
  FlushTimer: [0x44, "u32", "seconds between flushes"],
  EnableFlags: [0x48, "u32", "kernel events that are wanted", traceEnableFlags],
  AgeLimit: [0x4c, "i32", "unused"],
  NumberOfBuffers: [0x50, "u32", "buffers now"],
  FreeBuffers: [0x54, "u32", "of those, unused"],
  EventsLost: [0x58, "u32", "events that found no room"],
  BuffersWritten: [0x5c, "u32", "buffers delivered"],
  LogBuffersLost: [0x60, "u32", "buffers that could not be written"],
  RealTimeBuffersLost: [0x64, "u32", "buffers that could not be delivered"],
  LoggerThreadId: [0x68, "pointer", "thread of the session"],
  LogFileNameOffset: [0x70, "u32", "where the file's name goes"],
  LoggerNameOffset: [0x74, "u32", "where the session's name goes"],
});

export const EVENT_TRACE_LOGFILEW = structure("EVENT_TRACE_LOGFILEW", 0x1c0, {
  LogFileName: [0x0, "pointer", "name of a file, or NULL"],
  LoggerName: [0x8, "pointer", "name of a session, or NULL"],
  CurrentTime: [0x10, "i64", "of the current event"],
  BuffersRead: [0x18, "u32", "buffers so far"],
  ProcessTraceMode: [0x1c, "u32", "PROCESS_TRACE_MODE_ flags"],
  BufferCallback: [0x190, "pointer", "called for each buffer, or NULL"],
  BufferSize: [0x198, "u32", "bytes of a buffer"],
  Filled: [0x19c, "u32", "bytes used of it"],
  EventsLost: [0x1a0, "u32", "unused"],
  EventRecordCallback: [0x1a8, "pointer", "called for each event"],
  IsKernelTrace: [0x1b0, "u32", "the events are the kernel's"],
  Context: [0x1b8, "pointer", "goes to the callbacks"],
});

export const EVENT_RECORD = structure("EVENT_RECORD", 0x70, {
  Size: [0x0, "u16", "bytes of the header"],
  HeaderType: [0x2, "u16", "reserved"],
  Flags: [0x4, "u16", "EVENT_HEADER_FLAG_ flags"],
  EventProperty: [0x6, "u16", "how to decode it"],
  ThreadId: [0x8, "u32", "thread"],
  ProcessId: [0xc, "u32", "process"],
  TimeStamp: [0x10, "i64", "by the clock of the session, or 100 ns since 1601"],
  ProviderId: [0x18, GUID, "who wrote it"],
  Id: [0x28, "u16", "kind of event"],
  Version: [0x2a, "u8", "its version"],
  Channel: [0x2b, "u8", "channel"],
  Level: [0x2c, "u8", "severity"],
  Opcode: [0x2d, "u8", "operation; 32 for DbgPrint"],
  Task: [0x2e, "u16", "task"],
  Keyword: [0x30, "u64", "keywords"],
  KernelTime: [0x38, "u32", "processor time"],
  UserTime: [0x3c, "u32", "processor time"],
  ActivityId: [0x40, GUID, "activity"],
  BufferContext: [0x50, "u32", "processor and session"],
  ExtendedDataCount: [0x54, "u16", "extended items"],
  UserDataLength: [0x56, "u16", "bytes of UserData"],
  ExtendedData: [0x58, "pointer", "extended items"],
  UserData: [0x60, "pointer", "the event's own data"],
  UserContext: [0x68, "pointer", "Context of the log file structure"],
});
