/** Opening by name: the handle, or the status in words. */
import { STATUS_SUCCESS } from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE } from "../../native-bindings/abi/objectAttributes";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import { MAX_STRING_BYTES, objectAttributes } from "../../native-bindings/koffi/nativeStrings";
import { NtClose } from "../../native-bindings/koffi/ntdll";
import { ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";

const STATUS_NAME_TOO_LONG = 0xc0000106;

/** Runs `use` with a handle of `path` and closes it, whatever happens. `access`: the least that the use needs. */
export function withHandle<T>(
  open: NativeFunction,
  path: string,
  access: number,
  use: (handle: bigint) => Result<T>,
): Result<T> {
  const opened = openHandle(open, path, access);
  if (!opened.ok) return opened;
  try {
    return use(opened.value);
  } finally {
    NtClose(opened.value);
  }
}

/**
 * As the name is spelled first, since twins that differ in case may stand side by side; without case where that finds
 * nothing, as all of Windows looks names up.
 */
export function openHandle(open: NativeFunction, path: string, access: number): Result<bigint> {
  if (path.length * 2 > MAX_STRING_BYTES) return failNt(STATUS_NAME_TOO_LONG);
  let status = STATUS_SUCCESS;
  for (const attributes of [0, OBJ_CASE_INSENSITIVE]) {
    const handle = Buffer.alloc(8);
    const name = objectAttributes(path, attributes);
    status = open(handle, access, name.bytes) >>> 0;
    // Until here, so that what the attributes point to outlives the call.
    if (NT_SUCCESS(status) && name.keeps.length > 0) return ok(handle.readBigUInt64LE());
  }
  return failNt(status);
}
