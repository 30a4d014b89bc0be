/**
 * Every handle of the system, as NtQuerySystemInformation(SystemExtendedHandleInformation) answers, and who else holds
 * the object of one of ours. Pure: the query and the comparing of two handles are the caller's.
 */
import {
  SYSTEM_HANDLE_INFORMATION_EX,
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX,
} from "../../../native-bindings/abi/structures/nativeQueries";

export interface SystemHandle {
  /** 0 where it is withheld: since Windows 11 24H2 without the debug privilege, and in Wine. */
  readonly object: bigint;
  readonly processId: number;
  readonly handle: bigint;
  readonly access: number;
  readonly type: number;
}

const entry = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
/** The entries follow the header at once. */
const HEADER = SYSTEM_HANDLE_INFORMATION_EX.size;

/** As many as the buffer has, whatever its count says. */
export function* readHandleTable(buffer: Buffer): Generator<SystemHandle> {
  if (buffer.length < HEADER) return;
  const told = buffer.readBigUInt64LE(SYSTEM_HANDLE_INFORMATION_EX.offset.NumberOfHandles);
  const room = Math.floor((buffer.length - HEADER) / entry.size);
  const count = told < BigInt(room) ? Number(told) : room;
  for (let index = 0; index < count; index += 1) {
    const at = HEADER + index * entry.size;
    yield {
      object: buffer.readBigUInt64LE(at + entry.offset.Object),
      processId: Number(buffer.readBigUInt64LE(at + entry.offset.UniqueProcessId)),
      handle: buffer.readBigUInt64LE(at + entry.offset.HandleValue),
      access: buffer.readUInt32LE(at + entry.offset.GrantedAccess),
      type: buffer.readUInt16LE(at + entry.offset.ObjectTypeIndex),
    };
  }
}

export interface HolderQuestion {
  /** The handle of ours, and the process it is in. */
  readonly handle: bigint;
  readonly processId: number;
  /** Rights that only a holder of the wanted kind has: all of these. */
  readonly access: number;
  /** Whether the handle of another process is one of the same object; asked where addresses are withheld. */
  isSame(other: SystemHandle): boolean;
}

/** The process id of another handle to the object, one of another process first; undefined where none is seen. */
export function findHolder(table: Iterable<SystemHandle>, question: HolderQuestion): number | undefined {
  const handles = [...table];
  const own = handles.find((each) => each.processId === question.processId && each.handle === question.handle);
  if (own === undefined) return undefined;
  const others = handles.filter(
    (each) => each !== own && each.type === own.type && (each.access & question.access) === question.access,
  );
  const isSame = (other: SystemHandle) => (own.object === 0n ? question.isSame(other) : other.object === own.object);
  const foreign = others.find((each) => each.processId !== question.processId && isSame(each));
  return (foreign ?? others.find((each) => each.processId === question.processId && isSame(each)))?.processId;
}
