/**
 * The fixed part of an ETW event as ProcessTrace hands it out: EVENT_RECORD, x64, 112 bytes (evntcons.h).
 * Its pointers are not followed here: who has the memory copies UserDataLength bytes from UserData.
 */
import { fileTimeToUnix } from "../fileTime";

export const EVENT_RECORD_SIZE = 112;
/** The process id of ETW's own events, which nobody printed. */
export const HOUSEKEEPING_PROCESS = 0xffff_ffff;

export interface EventRecord {
  readonly threadId: number;
  readonly processId: number;
  /** Unix ms; the session must ask for system time, which ProcessTrace makes of any clock. */
  readonly time: number;
  /** Lower case, without braces. */
  readonly providerId: string;
  readonly opcode: number;
  /** In bytes, at most 65,535. */
  readonly userDataLength: number;
}

/** @returns undefined when there are fewer than 112 bytes */
export function readEventRecord(bytes: Uint8Array): EventRecord | undefined {
  if (bytes.length < EVENT_RECORD_SIZE) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    threadId: view.getUint32(8, true),
    processId: view.getUint32(12, true),
    time: fileTimeToUnix(view.getUint32(16, true), view.getUint32(20, true)),
    providerId: readGuid(view, 24),
    opcode: view.getUint8(45),
    userDataLength: view.getUint16(86, true),
  };
}

/** A GUID's first three parts are numbers, the others bytes in their order. */
function readGuid(view: DataView, at: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const bytes = Array.from({ length: 8 }, (_, index) => hex(view.getUint8(at + 8 + index), 2)).join("");
  const [data1, data2, data3] = [view.getUint32(at, true), view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  return `${hex(data1, 8)}-${hex(data2, 4)}-${hex(data3, 4)}-${bytes.slice(0, 4)}-${bytes.slice(4)}`;
}
