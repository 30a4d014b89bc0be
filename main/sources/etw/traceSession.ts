/**
 * The real-time session of kernel prints: started, asked, ended. Sessions outlive the process that started them, so one
 * that a killed NtScope left is ended first; that no living NtScope has it is told by a named event.
 */
import { ERROR_ALREADY_EXISTS, ERROR_SUCCESS } from "../../../native-bindings/abi/win32/codes";
import {
  CloseTrace,
  ControlTraceW,
  OpenTraceW,
  ProcessTrace,
  StartTraceW,
} from "../../../native-bindings/koffi/advapi32";
import { CloseHandle, CreateEventW, GetLastError } from "../../../native-bindings/koffi/kernel32";
import { addressOf, nativeCallback } from "../../../native-bindings/koffi/library";
import { RtlAdjustPrivilege } from "../../../native-bindings/koffi/ntdll";
import { fail, ntscopeError, ok, type Result, type StatusError } from "../../machine/result";
import { etwFailure } from "./etwFailure";
import { type LostCounters, readLostCounters } from "./lostEvents";
import { SESSION_NAME, traceLogFile, traceProperties } from "./traceStructures";

/** For everybody's session: the trace session is the computer's. Events there take no privilege. */
const OWNER_EVENT = "Global\\NtScopeKernelPrints";
const SE_SYSTEM_PROFILE_PRIVILEGE = 11;
const EVENT_TRACE_CONTROL_QUERY = 0;
const EVENT_TRACE_CONTROL_STOP = 1;
const INVALID_PROCESSTRACE_HANDLE = 0xffff_ffff_ffff_ffffn;

const name = wide(SESSION_NAME);

export interface TraceSession {
  /** Resolves when the session has ended, with the reason where it was not `stop`. */
  readonly ended: Promise<StatusError | undefined>;
  /** What was lost since the session's start; undefined where it cannot be asked. */
  lost(): LostCounters | undefined;
  /** Ends it; events that are under way still come. */
  stop(): void;
}

/** @param take is given the address of each EVENT_RECORD, valid during the call; it must not throw */
export function startTraceSession(take: (record: bigint) => void): Result<TraceSession> {
  const owner = BigInt(CreateEventW(null, 1, 0, wide(OWNER_EVENT)));
  const isOthers = GetLastError() === ERROR_ALREADY_EXISTS;
  const giveUp = (error: StatusError) => {
    if (owner !== 0n) CloseHandle(owner);
    return fail(error);
  };
  // Where it cannot even be made, another user's NtScope has it.
  if (owner === 0n || isOthers)
    return giveUp(ntscopeError("etw-taken", "Another NtScope captures kernel prints already."));
  // An administrator has it, switched off. Where it is not there, StartTrace says so.
  RtlAdjustPrivilege(SE_SYSTEM_PROFILE_PRIVILEGE, 1, 0, Buffer.alloc(1));
  const started = startAnew();
  if (started !== ERROR_SUCCESS) return giveUp(etwFailure("StartTrace", started));
  const callback = nativeCallback("void EventRecordCallback(uint64 Record)", (record = 0) => take(BigInt(record)));
  const logFile = traceLogFile(addressOf(name), callback.address);
  const trace = BigInt(OpenTraceW(logFile));
  if (trace === INVALID_PROCESSTRACE_HANDLE) {
    const error = etwFailure("OpenTrace", GetLastError());
    endTraceSession();
    callback.dispose();
    return giveUp(error);
  }
  let isStopped = false;
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    endTraceSession();
  };
  const ended = processed(trace).then((code) => {
    const wasAsked = isStopped;
    stop();
    CloseTrace(trace);
    callback.dispose();
    CloseHandle(owner);
    if (wasAsked) return undefined;
    return code === ERROR_SUCCESS
      ? ntscopeError("etw-ended", "Another program has ended NtScope's trace session.")
      : etwFailure("ProcessTrace", code);
  });
  return ok({ ended, stop, lost: () => queryLost() });
}

/** An orphan is ended, not taken over: it may be another version's, with other buffers. */
function startAnew(): number {
  const start = () => StartTraceW(Buffer.alloc(8), name, traceProperties());
  const code = start();
  if (code !== ERROR_ALREADY_EXISTS) return code;
  endTraceSession();
  return start();
}

async function processed(trace: bigint): Promise<number> {
  const handles = Buffer.alloc(8);
  handles.writeBigUInt64LE(trace);
  return await ProcessTrace.later(handles, 1, null, null);
}

/** Whoever started it: call it where it is known to be ours, or nobody's any more. */
export function endTraceSession(): void {
  ControlTraceW(0n, name, traceProperties(), EVENT_TRACE_CONTROL_STOP);
}

function queryLost(): LostCounters | undefined {
  const properties = traceProperties();
  const code = ControlTraceW(0n, name, properties, EVENT_TRACE_CONTROL_QUERY);
  return code === ERROR_SUCCESS ? readLostCounters(properties) : undefined;
}

function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}
