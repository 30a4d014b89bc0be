/** Which process reads a section that we have a handle of. Takes a look at every handle of the system: milliseconds. */
import { SystemExtendedHandleInformation } from "../../../native-bindings/abi/informationClasses";
import { STATUS_INFO_LENGTH_MISMATCH, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { CloseHandle, DuplicateHandle, OpenProcess } from "../../../native-bindings/koffi/kernel32";
import { NtCompareObjects, NtQuerySystemInformation } from "../../../native-bindings/koffi/ntdll";
import { findHolder, readHandleTable, type SystemHandle } from "./handleTable";

const PROCESS_DUP_HANDLE = 0x40;
const DUPLICATE_SAME_ACCESS = 2;
const CURRENT_PROCESS = 0xffff_ffff_ffff_ffffn;
/** A reader has it; a writer of debug output maps the section for writing alone. */
const SECTION_MAP_READ = 0x4;
/** Bytes to begin with, and at most: about 100,000 handles are usual, and a million is a leak somewhere. */
const FIRST_SIZE = 1 << 20;
const MOST_SIZE = 1 << 26;

/** @returns undefined where no process is seen: it may be one whose handles we may not look at */
export function sectionHolder(section: bigint): number | undefined {
  const table = queryHandles();
  if (table === undefined) return undefined;
  const processes = new OpenedProcesses();
  try {
    return findHolder(readHandleTable(table), {
      handle: section,
      processId: process.pid,
      access: SECTION_MAP_READ,
      isSame: (other) => isSameObject(section, other, processes),
    });
  } finally {
    processes.close();
  }
}

function queryHandles(): Buffer | undefined {
  for (let size = FIRST_SIZE; size <= MOST_SIZE; size *= 2) {
    const buffer = Buffer.alloc(size);
    const status = NtQuerySystemInformation(SystemExtendedHandleInformation, buffer, size, Buffer.alloc(4)) >>> 0;
    if (status === STATUS_SUCCESS) return buffer;
    if (status !== STATUS_INFO_LENGTH_MISMATCH) return undefined;
  }
  return undefined;
}

function isSameObject(section: bigint, other: SystemHandle, processes: OpenedProcesses): boolean {
  const from = processes.open(other.processId);
  const copy = Buffer.alloc(8);
  if (from === 0n) return false;
  if (DuplicateHandle(from, other.handle, CURRENT_PROCESS, copy, 0, 0, DUPLICATE_SAME_ACCESS) === 0) return false;
  try {
    return NtCompareObjects(section, copy.readBigUInt64LE()) === STATUS_SUCCESS;
  } finally {
    CloseHandle(copy.readBigUInt64LE());
  }
}

/** Each process opened once, whatever number of handles it has. */
class OpenedProcesses {
  private readonly opened = new Map<number, bigint>();

  /** 0 where it may not be opened. */
  open(processId: number): bigint {
    const known = this.opened.get(processId);
    if (known !== undefined) return known;
    const handle = BigInt(OpenProcess(PROCESS_DUP_HANDLE, 0, processId));
    this.opened.set(processId, handle);
    return handle;
  }

  close(): void {
    for (const handle of this.opened.values()) if (handle !== 0n) CloseHandle(handle);
  }
}
