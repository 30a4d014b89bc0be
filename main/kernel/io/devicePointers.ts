/** IoGetDeviceObjectPointer (wdm.h): a device by its name, through an open file so that it stays. */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_NON_DIRECTORY_FILE, FILE_OPEN } from "../../../native-bindings/abi/createOptions";
import {
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import { KernelMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import type { DeviceParse } from "./deviceParse";
import type { FileObjects } from "./fileObjects";
import { OpenPacket } from "./openPacket";
import type { IoTypes } from "./types";

export interface DevicePointer {
  readonly status: number;
  /** Referenced; the device goes with it. */
  readonly file: Address;
  /** The top of the stack. */
  readonly device: Address;
}

function refuse(status: number): DevicePointer {
  return { status, file: 0, device: 0 };
}

/** The driver sees IRP_MJ_CREATE and, since the handle is closed again, IRP_MJ_CLEANUP. */
export function IoGetDeviceObjectPointer(
  ob: ObjectManager,
  types: IoTypes,
  files: FileObjects,
  parse: DeviceParse,
  name: string,
  desiredAccess: number,
): DevicePointer {
  const packet = new OpenPacket({
    desiredAccess: types.file.mapAccess(desiredAccess),
    shareAccess: 0,
    disposition: FILE_OPEN,
    options: FILE_NON_DIRECTORY_FILE,
    fileAttributes: 0,
  });
  const attributes = { name, attributes: OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE };
  const { parameters } = packet;
  const opened = ob.ObOpenObjectByName(attributes, types.file, parameters.desiredAccess, KernelMode, packet);
  if (packet.pending !== undefined) {
    // NT waits for the driver. When it decides, nobody wants the file any more.
    const record = packet.pending;
    const release = record.finish;
    record.finish = () => {
      release?.(record);
      const { object } = parse.finish(packet, record, record.status) as { object?: Address };
      if (object !== undefined) ob.ObDereferenceObject(object);
    };
    return refuse(STATUS_PENDING);
  }
  if (opened.status !== STATUS_SUCCESS) return refuse(opened.status);
  const file = packet.file;
  if (file !== 0) ob.ObReferenceObject(file);
  ob.handles.close(opened.handle, KernelMode);
  if (file === 0) return refuse(STATUS_OBJECT_TYPE_MISMATCH);
  return { status: STATUS_SUCCESS, file, device: files.relatedDevice(file) };
}
