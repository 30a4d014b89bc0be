/**
 * IoGetDeviceObjectPointer (wdm.h): opens the device, so that its driver sees IRP_MJ_CREATE, keeps the file object, and
 * closes the handle, so that the driver sees IRP_MJ_CLEANUP. The caller dereferences the file object in the end.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { FILE_NON_DIRECTORY_FILE } from "../../../native-bindings/abi/createOptions";
import { STATUS_NO_SUCH_DEVICE, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import type { Kernel } from "../kernel";
import { KernelMode } from "../ob/caller";

const FILE_SHARE_ALL = 0x7;

export interface DeviceObjectPointer {
  readonly status: number;
  readonly fileObject: Address;
  /** The top of the device's stack. */
  readonly deviceObject: Address;
}

export function getDeviceObjectPointer(kernel: Kernel, name: string, desiredAccess: number): DeviceObjectPointer {
  const { ps, files, ob, io } = kernel;
  return ps.asKernel(() => {
    const opened = files.NtCreateFile(
      { name, attributes: OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE },
      { desiredAccess, shareAccess: FILE_SHARE_ALL, options: FILE_NON_DIRECTORY_FILE },
    );
    // A create that pends would have to be waited for; the model has no thread to wait with here.
    if (opened.pending) return { status: STATUS_NO_SUCH_DEVICE, fileObject: 0, deviceObject: 0 };
    if (opened.status !== STATUS_SUCCESS) return { status: opened.status, fileObject: 0, deviceObject: 0 };
    const { object } = ob.ObReferenceObjectByHandle(opened.handle, 0, io.types.file, KernelMode);
    files.NtClose(opened.handle);
    return { status: STATUS_SUCCESS, fileObject: object, deviceObject: io.files.relatedDevice(object) };
  });
}
