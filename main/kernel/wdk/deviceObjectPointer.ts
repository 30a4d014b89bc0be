/**
 * IoGetDeviceObjectPointer (wdm.h): opens the device, so that its driver sees IRP_MJ_CREATE, keeps the file object, and
 * closes the handle, so that the driver sees IRP_MJ_CLEANUP. The caller dereferences the file object in the end.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { FILE_NON_DIRECTORY_FILE } from "../../../native-bindings/abi/createOptions";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import type { Coroutine, MayWait } from "../ke/call";
import type { Kernel } from "../kernel";
import type { CreateDone } from "../nt/filesCreate";
import { type IoPending, requestDone } from "../nt/ioOutcome";
import { KernelMode } from "../ob/caller";

const FILE_SHARE_ALL = 0x7;

export interface DeviceObjectPointer {
  readonly status: number;
  readonly fileObject: Address;
  /** The top of the device's stack. */
  readonly deviceObject: Address;
}

export function getDeviceObjectPointer(
  kernel: Kernel,
  name: string,
  desiredAccess: number,
  attaching = false,
): MayWait<DeviceObjectPointer> {
  const { ps, files, ke } = kernel;
  const opened = ps.asKernel(() =>
    files.NtCreateFile(
      { name, attributes: OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE },
      { desiredAccess, shareAccess: FILE_SHARE_ALL, options: FILE_NON_DIRECTORY_FILE, attaching },
    ),
  );
  return opened.pending ? ke.awaiting(pointerLater(kernel, opened, name)) : pointerOf(kernel, opened);
}

function* pointerLater(kernel: Kernel, opened: IoPending<CreateDone>, name: string): Coroutine<DeviceObjectPointer> {
  return pointerOf(kernel, yield* requestDone(opened, KernelMode, `IRP_MJ_CREATE of ${name}`));
}

function pointerOf({ ps, ob, io, files }: Kernel, { status, handle }: CreateDone): DeviceObjectPointer {
  if (status !== STATUS_SUCCESS) return { status, fileObject: 0, deviceObject: 0 };
  return ps.asKernel(() => {
    const { object } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, KernelMode);
    files.NtClose(handle);
    return { status: STATUS_SUCCESS, fileObject: object, deviceObject: io.files.relatedDevice(object) };
  });
}
