/**
 * System calls and object routines as drivers make them (wdm.h, ntifs.h): from kernel mode, with kernel handles. Those that
 * wait for a driver answer a `Call` and are `yield*`ed.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { Call } from "../ke/call";
import type { EndParameters } from "../nt/endParameters";
import type { FileParameters } from "../nt/fileParameters";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { NtStatus } from "./ddk";

export interface ZwResult {
  /** STATUS_PENDING for a file that is not synchronous: `end` says how the driver hears of it. */
  readonly status: NtStatus;
  /** IO_STATUS_BLOCK.Information. */
  readonly information: number;
}

/** Files and handles from kernel mode. */
export interface DdkZw {
  /** `ZwCreateFile`: opens a device or a file; give OBJ_KERNEL_HANDLE. Waits for the driver. */
  ZwCreateFile(
    attributes: ObjectAttributes,
    parameters: FileParameters,
  ): Call<{ status: NtStatus; handle: number; information: number }>;
  /** `ZwReadFile`: into a buffer of the driver's. Waits when the file is synchronous. */
  ZwReadFile(
    handle: number,
    buffer: Address,
    length: number,
    byteOffset?: number | bigint,
    end?: EndParameters,
  ): Call<ZwResult>;
  /** `ZwWriteFile`: as ZwReadFile. */
  ZwWriteFile(
    handle: number,
    buffer: Address,
    length: number,
    byteOffset?: number | bigint,
    end?: EndParameters,
  ): Call<ZwResult>;
  /** `ZwDeviceIoControlFile`: as ZwReadFile. */
  ZwDeviceIoControlFile(
    handle: number,
    ioControlCode: number,
    inputBuffer: Address,
    inputLength: number,
    outputBuffer: Address,
    outputLength: number,
    end?: EndParameters,
  ): Call<ZwResult>;
  /** `ZwWaitForSingleObject`: an event, mutant, semaphore, timer, thread, process, or the last request of a file. */
  ZwWaitForSingleObject(handle: number, alertable: boolean, timeout?: bigint): Call<NtStatus>;
  /** `ZwClose`: closes a handle. */
  ZwClose(handle: number): NtStatus;
}

/** Objects by handle, by name and by pointer. Types are the addresses below; 0 takes any. */
export interface DdkObjects {
  /** `*IoFileObjectType`: the type of files. */
  readonly IoFileObjectType: Address;
  /** `*IoDriverObjectType`: the type of drivers. */
  readonly IoDriverObjectType: Address;
  /** `*IoDeviceObjectType`: the type of devices. */
  readonly IoDeviceObjectType: Address;
  /** `*ExEventObjectType`: the type of events. */
  readonly ExEventObjectType: Address;
  /** `*ExSemaphoreObjectType`: the type of semaphores. */
  readonly ExSemaphoreObjectType: Address;
  /** `*PsProcessType`: the type of processes. */
  readonly PsProcessType: Address;
  /** `*PsThreadType`: the type of threads. */
  readonly PsThreadType: Address;
  /** `ObReferenceObjectByHandle`: the object of a handle, referenced. `accessMode` 1 checks the handle's access. */
  ObReferenceObjectByHandle(
    handle: number,
    desiredAccess: number,
    objectType: Address,
    accessMode: 0 | 1,
  ): { status: NtStatus; object: Address };
  /** `ObReferenceObjectByName`: the object of a name, referenced; a type is required. */
  ObReferenceObjectByName(
    objectName: string,
    attributes: number,
    objectType: Address,
  ): { status: NtStatus; object: Address };
  /** `ObReferenceObjectByPointer`: one more reference if the object has the type. */
  ObReferenceObjectByPointer(object: Address, desiredAccess: number, objectType: Address, accessMode: 0 | 1): NtStatus;
  /** `ObOpenObjectByPointer`: a handle of an object. */
  ObOpenObjectByPointer(
    object: Address,
    attributes: number,
    desiredAccess: number,
    objectType: Address,
  ): { status: NtStatus; handle: number };
  /** `IoCreateNotificationEvent`: makes a named event or opens it; signalled when new. Closed with ZwClose. */
  IoCreateNotificationEvent(eventName: string): { event: Address; handle: number };
  /** `IoCreateSynchronizationEvent`: the same with an event that releases one waiter. */
  IoCreateSynchronizationEvent(eventName: string): { event: Address; handle: number };
}
