/**
 * Stops of the target and how to let it go on. Source: DBGKD_ANY_WAIT_STATE_CHANGE, DBGKD_MANIPULATE_STATE64 and
 * DBGKD_FILE_IO in windbgkd.h; CONTEXT in winnt.h.
 */
import { DbgKdContinueApi, DbgKdExceptionStateChange } from "./kdProtocol";

/** STATUS_BREAKPOINT */
const BREAKPOINT = 0x8000_0003;
/** The stop is dealt with. */
export const DBG_CONTINUE = 0x0001_0002;
/** It is not: the kernel looks for a handler, as if no debugger were there. */
export const DBG_EXCEPTION_NOT_HANDLED = 0x8001_0001;
const STATUS_UNSUCCESSFUL = 0xc000_0001;

/** DBGKD_MANIPULATE_STATE64: u32 api, u16 processor level, u16 processor, u32 status, and a union at 16. */
export const MANIPULATE_SIZE = 56;
/** DBGKD_FILE_IO: u32 api, u32 status, and a union of 56 bytes. */
const FILE_IO_SIZE = 64;

export interface KdStop {
  readonly reason: number;
  readonly processorLevel: number;
  readonly processor: number;
  /** Where it stopped; undefined where the packet is too short to say. */
  readonly programCounter: bigint | undefined;
  /** An exception's code. */
  readonly exceptionCode: number | undefined;
}

/** @param payload of a 64-bit state change. @returns undefined when it is too short to be answered */
export function readStop(payload: Uint8Array): KdStop | undefined {
  if (payload.length < 8) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const reason = view.getUint32(0, true);
  const isException = reason === DbgKdExceptionStateChange;
  return {
    reason,
    processorLevel: view.getUint16(4, true),
    processor: view.getUint16(6, true),
    programCounter: payload.length >= 32 ? view.getBigUint64(24, true) : undefined,
    exceptionCode: isException && payload.length >= 36 ? view.getUint32(32, true) : undefined,
  };
}

/** A breakpoint instruction in the code: continuing there would only run into it again. */
export function isBreakpoint(stop: KdStop): boolean {
  return stop.exceptionCode === BREAKPOINT;
}

/** What to continue with: only exceptions have handlers of their own. */
export function continueStatus(stop: KdStop): number {
  return stop.exceptionCode === undefined || isBreakpoint(stop) ? DBG_CONTINUE : DBG_EXCEPTION_NOT_HANDLED;
}

/** A request to the stopped target, with nothing in its union. */
export function manipulateRequest(api: number, stop: KdStop, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(MANIPULATE_SIZE + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, api, true);
  view.setUint16(4, stop.processorLevel, true);
  view.setUint16(6, stop.processor, true);
  bytes.set(data, MANIPULATE_SIZE);
  return bytes;
}

export function continueRequest(stop: KdStop, status: number): Uint8Array {
  const bytes = manipulateRequest(DbgKdContinueApi, stop);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, status, true);
  view.setUint32(16, status, true);
  return bytes;
}

interface ContextLayout {
  readonly pcOffset: number;
  readonly pcSize: 4 | 8;
  readonly breakpointSize: number;
}

/** By the size of the machine's CONTEXT, which nothing else in the protocol's answer tells. */
const contexts: ReadonlyMap<number, ContextLayout> = new Map([
  // x64: Rip, int3
  [1232, { pcOffset: 0xf8, pcSize: 8, breakpointSize: 1 }],
  // x86: Eip, int3
  [716, { pcOffset: 0xb8, pcSize: 4, breakpointSize: 1 }],
  // ARM64: Pc, brk
  [912, { pcOffset: 0x108, pcSize: 8, breakpointSize: 4 }],
]);

/** @returns the context behind the breakpoint, or undefined when the machine is none we know or has moved already */
export function contextBehindBreakpoint(stop: KdStop, answer: Uint8Array): Uint8Array | undefined {
  const context = answer.slice(MANIPULATE_SIZE);
  const layout = contexts.get(context.length);
  if (layout === undefined || stop.programCounter === undefined) return undefined;
  const view = new DataView(context.buffer);
  if (layout.pcSize === 8) {
    const pc = view.getBigUint64(layout.pcOffset, true);
    if (pc !== stop.programCounter) return undefined;
    view.setBigUint64(layout.pcOffset, pc + BigInt(layout.breakpointSize), true);
  } else {
    const pc = view.getUint32(layout.pcOffset, true);
    if (BigInt(pc) !== BigInt.asUintN(32, stop.programCounter)) return undefined;
    view.setUint32(layout.pcOffset, pc + layout.breakpointSize, true);
  }
  return context;
}

/** The target wants to read or write a file of ours. It may not. */
export function fileRefusal(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FILE_IO_SIZE);
  bytes.set(payload.subarray(0, FILE_IO_SIZE));
  new DataView(bytes.buffer).setUint32(4, STATUS_UNSUCCESSFUL, true);
  return bytes;
}
