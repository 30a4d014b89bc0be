/**
 * What system calls do with the addresses that user mode passes: probing, capturing, and answering
 * STATUS_ACCESS_VIOLATION where they are bad. From kernel mode nothing is probed, and a bad address is a fault
 * like any other.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_ACCESS_VIOLATION, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJECT_ATTRIBUTES, UNICODE_STRING } from "../../../native-bindings/abi/structures/strings";
import { KernelFault } from "../mem/kernelFault";
import type { KernelMemory } from "../mem/kernelMemory";
import { USER_PROBE_ADDRESS } from "../mem/regions";
import { type ProcessorMode, UserMode } from "../ob/caller";
import type { HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";

const at = OBJECT_ATTRIBUTES.offset;

/** Whether a user-mode range may be touched: below the kernel, and mapped so. Kernel mode may always. */
export function canAccess(
  memory: KernelMemory,
  mode: ProcessorMode,
  address: Address,
  length: number,
  operation: "read" | "write",
): boolean {
  if (mode !== UserMode || length === 0) return true;
  const inRange = address > 0 && address + length <= USER_PROBE_ADDRESS;
  return inRange && memory.pages.allows(address, length, operation);
}

/** Runs what touches user memory; a fault in user mode becomes STATUS_ACCESS_VIOLATION. */
export function guardFaults(mode: ProcessorMode, action: () => number): number {
  try {
    return action();
  } catch (error) {
    if (mode === UserMode && error instanceof KernelFault) return STATUS_ACCESS_VIOLATION;
    throw error;
  }
}

/**
 * A system call with a PHANDLE: case 5. The pointer is probed before anything is done; the handle is written
 * when the call succeeds.
 */
export function withHandleOut(
  memory: KernelMemory,
  mode: ProcessorMode,
  out: Address,
  call: () => HandleResult,
): number {
  if (!canAccess(memory, mode, out, 8, "write")) return STATUS_ACCESS_VIOLATION;
  const { status, handle } = call();
  return guardFaults(mode, () => {
    if (NT_SUCCESS(status)) memory.writePointer(out, handle);
    return status;
  });
}

/**
 * OBJECT_ATTRIBUTES from memory, as its caller laid it out.
 * @param address 0: NULL, which is undefined here
 */
export function captureObjectAttributes(
  memory: KernelMemory,
  mode: ProcessorMode,
  address: Address,
): { status: number; attributes: ObjectAttributes | undefined } {
  if (address === 0) return { status: STATUS_SUCCESS, attributes: undefined };
  let attributes: ObjectAttributes | undefined;
  const status = guardFaults(mode, () => {
    if (!canAccess(memory, mode, address, OBJECT_ATTRIBUTES.size, "read")) return STATUS_ACCESS_VIOLATION;
    const nameAt = memory.readPointer(address + at.ObjectName);
    const rest = {
      length: memory.readU32(address + at.Length),
      rootDirectory: memory.readPointer(address + at.RootDirectory),
      attributes: memory.readU32(address + at.Attributes),
    };
    attributes = { ...rest, name: undefined };
    if (nameAt === 0) return STATUS_SUCCESS;
    if (!canAccess(memory, mode, nameAt, UNICODE_STRING.size, "read")) return STATUS_ACCESS_VIOLATION;
    const nameBytes = memory.readU16(nameAt);
    const buffer = memory.readPointer(nameAt + UNICODE_STRING.offset.Buffer);
    if (!canAccess(memory, mode, buffer, nameBytes, "read")) return STATUS_ACCESS_VIOLATION;
    attributes = { ...rest, name: memory.readUtf16(buffer, nameBytes), nameBytes };
    return STATUS_SUCCESS;
  });
  return { status, attributes };
}
