/**
 * The security descriptor slot of an object header. The model keeps self-relative descriptors as they are and
 * judges no ACLs: who may do what is a hook of the object manager.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import { SECURITY_DESCRIPTOR } from "./objectHeader";

const SECURITY_TAG = "ObSc";
/** As NT's SECURITY_DESCRIPTOR_HEADER takes; the model keeps the length in its last eight bytes. */
const HEADER_BYTES = 0x20;
const LENGTH = 0x18;
/** NT keeps a fast reference count in the low four bits of the slot. */
const FAST_REFERENCES = 0xf;

function descriptorAt(memory: KernelMemory, object: Address): Address {
  const slot = memory.readPointer(object + SECURITY_DESCRIPTOR);
  return slot - (slot & FAST_REFERENCES);
}

/** Undefined when the object has none. */
export function readSecurity(memory: KernelMemory, object: Address): Uint8Array | undefined {
  const descriptor = descriptorAt(memory, object);
  if (descriptor === 0) return undefined;
  return memory.readBytes(descriptor, memory.readU32(descriptor - HEADER_BYTES + LENGTH));
}

/** @returns false when there is no pool for it; the old one stays then */
export function writeSecurity(
  memory: KernelMemory,
  pool: Pool,
  object: Address,
  descriptor: Uint8Array | undefined,
): boolean {
  if (descriptor === undefined) {
    freeSecurity(memory, pool, object);
    return true;
  }
  const block = pool.ExAllocatePoolWithTag(PagedPool, HEADER_BYTES + descriptor.length, SECURITY_TAG);
  if (block === 0) return false;
  freeSecurity(memory, pool, object);
  memory.fill(block, HEADER_BYTES, 0);
  memory.writeU32(block + LENGTH, descriptor.length);
  memory.writeBytes(block + HEADER_BYTES, descriptor);
  memory.writePointer(object + SECURITY_DESCRIPTOR, block + HEADER_BYTES);
  return true;
}

export function freeSecurity(memory: KernelMemory, pool: Pool, object: Address): void {
  const descriptor = descriptorAt(memory, object);
  if (descriptor === 0) return;
  memory.writePointer(object + SECURITY_DESCRIPTOR, 0);
  pool.ExFreePoolWithTag(descriptor - HEADER_BYTES, SECURITY_TAG);
}
