/**
 * Where an object's header and its optional headers lie, going down from the body's address:
 * OBJECT_HEADER, then those of CREATOR_INFO, NAME_INFO, HANDLE_INFO, QUOTA_INFO, PROCESS_INFO that InfoMask
 * names, in this order (Windows 7 and later).
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  OB_INFOMASK_CREATOR_INFO,
  OB_INFOMASK_HANDLE,
  OB_INFOMASK_NAME,
  OB_INFOMASK_PROCESS_INFO,
  OB_INFOMASK_QUOTA,
} from "../../../native-bindings/abi/objectHeaderFlags";
import {
  OBJECT_HEADER,
  OBJECT_HEADER_CREATOR_INFO,
  OBJECT_HEADER_HANDLE_INFO,
  OBJECT_HEADER_NAME_INFO,
  OBJECT_HEADER_PROCESS_INFO,
  OBJECT_HEADER_QUOTA_INFO,
} from "../../../native-bindings/abi/structures/objectManager";
import type { KernelMemory } from "../mem/kernelMemory";

const offset = OBJECT_HEADER.offset;

/** From the header to the body. */
export const HEADER_BYTES = offset.Body;

/** Relative to the body, for hot paths. */
export const POINTER_COUNT = offset.PointerCount - HEADER_BYTES;
export const HANDLE_COUNT = offset.HandleCount - HEADER_BYTES;
export const TYPE_INDEX = offset.TypeIndex - HEADER_BYTES;
export const INFO_MASK = offset.InfoMask - HEADER_BYTES;
export const FLAGS = offset.Flags - HEADER_BYTES;
export const SECURITY_DESCRIPTOR = offset.SecurityDescriptor - HEADER_BYTES;

const optionalHeaders: readonly (readonly [bit: number, bytes: number])[] = [
  [OB_INFOMASK_CREATOR_INFO, OBJECT_HEADER_CREATOR_INFO.size],
  [OB_INFOMASK_NAME, OBJECT_HEADER_NAME_INFO.size],
  [OB_INFOMASK_HANDLE, OBJECT_HEADER_HANDLE_INFO.size],
  [OB_INFOMASK_QUOTA, OBJECT_HEADER_QUOTA_INFO.size],
  [OB_INFOMASK_PROCESS_INFO, OBJECT_HEADER_PROCESS_INFO.size],
];

/** ObpInfoMaskToOffset: bytes of the optional headers that `mask` names. */
const bytesOfMask = Uint8Array.from({ length: 0x20 }, (_, mask) =>
  optionalHeaders.reduce((sum, [bit, bytes]) => ((mask & bit) !== 0 ? sum + bytes : sum), 0),
);

export function optionalBytes(mask: number): number {
  return bytesOfMask[mask & 0x1f] as number;
}

/** The optional header of `bit`, 0 when the object has none. */
export function optionalHeader(memory: KernelMemory, object: Address, bit: number): Address {
  const mask = memory.readU8(object + INFO_MASK);
  if ((mask & bit) === 0) return 0;
  return object - HEADER_BYTES - optionalBytes(mask & (bit | (bit - 1)));
}

/** OBJECT_HEADER_NAME_INFO, 0 for an object made without a name. */
export function nameInfoOf(memory: KernelMemory, object: Address): Address {
  return optionalHeader(memory, object, OB_INFOMASK_NAME);
}

export const NAME_DIRECTORY = OBJECT_HEADER_NAME_INFO.offset.Directory;
export const NAME_LENGTH = OBJECT_HEADER_NAME_INFO.offset["Name.Length"];
export const NAME_BUFFER = OBJECT_HEADER_NAME_INFO.offset["Name.Buffer"];
export const NAME_STRING = OBJECT_HEADER_NAME_INFO.offset.Name;

export function hasFlag(memory: KernelMemory, object: Address, flag: number): boolean {
  return (memory.readU8(object + FLAGS) & flag) !== 0;
}

export function setFlag(memory: KernelMemory, object: Address, flag: number, on: boolean): void {
  const flags = memory.readU8(object + FLAGS);
  memory.writeU8(object + FLAGS, on ? flags | flag : flags & ~flag);
}
