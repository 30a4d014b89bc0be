/** Processes and threads, and who wants to be told of them (ntddk.h, ntifs.h, wdm.h). */
import type { Address } from "../../../native-bindings/abi/address";
import type { NtStatus } from "./ddk";

export interface DdkProcesses {
  /** `PsGetProcessId`: of an EPROCESS. */
  PsGetProcessId(process: Address): number;
  /** `PsGetProcessImageFileName`: address of at most 14 ANSI characters and a NUL. */
  PsGetProcessImageFileName(process: Address): Address;
  /** `PsGetProcessInheritedFromUniqueProcessId`: the id of the parent. */
  PsGetProcessInheritedFromUniqueProcessId(process: Address): number;
  /** `PsGetCurrentProcess`: the EPROCESS in whose address space the driver runs. */
  PsGetCurrentProcess(): Address;
  /** `PsGetCurrentThread`: the ETHREAD that runs. */
  PsGetCurrentThread(): Address;
  /** `KeGetCurrentThread`: the same. */
  KeGetCurrentThread(): Address;
  /** `PsGetCurrentThreadId`. */
  PsGetCurrentThreadId(): number;
  /** `PsGetThreadId`. */
  PsGetThreadId(thread: Address): number;
  /** `PsGetThreadProcessId`. */
  PsGetThreadProcessId(thread: Address): number;
  /** `PsGetThreadProcess`: its EPROCESS. */
  PsGetThreadProcess(thread: Address): Address;
  /** `IoThreadToProcess`: the same. */
  IoThreadToProcess(thread: Address): Address;
  /** `PsLookupProcessByProcessId`: with a reference that the driver drops; STATUS_INVALID_CID when there is none. */
  PsLookupProcessByProcessId(id: number): { status: NtStatus; process: Address };
  /** `PsLookupThreadByThreadId`: with a reference that the driver drops; STATUS_INVALID_CID when there is none. */
  PsLookupThreadByThreadId(id: number): { status: NtStatus; thread: Address };
  /** `ExGetPreviousMode`: 0 when the kernel called, 1 when a program did. */
  ExGetPreviousMode(): number;
  /** `KeStackAttachProcess`: into another process's address space; fills a KAPC_STATE for the way back. */
  KeStackAttachProcess(process: Address, apcState: Address): void;
  /** `KeUnstackDetachProcess`: back to where KeStackAttachProcess began; without it, a bugcheck. */
  KeUnstackDetachProcess(apcState: Address): void;
}

/** At most 64 of each kind. What a driver has not removed when it goes is reported; on Windows it crashes the next call. */
export interface DdkNotifications {
  /**
   * `PsSetCreateProcessNotifyRoutine`: `routine(parentId, id, create)`. STATUS_INVALID_PARAMETER when it is there already
   * or there are 64, STATUS_PROCEDURE_NOT_FOUND when there is none to remove.
   */
  PsSetCreateProcessNotifyRoutine(routine: Address, remove: boolean): NtStatus;
  /** `PsSetCreateProcessNotifyRoutineEx`: `routine(process, id, info)`, info 0 when the process ends. */
  PsSetCreateProcessNotifyRoutineEx(routine: Address, remove: boolean): NtStatus;
  /** `PsSetCreateProcessNotifyRoutineEx2`: type 0; the same otherwise. */
  PsSetCreateProcessNotifyRoutineEx2(type: number, routine: Address, remove: boolean): NtStatus;
  /** `PsSetCreateThreadNotifyRoutine`: `routine(processId, threadId, create)`. */
  PsSetCreateThreadNotifyRoutine(routine: Address): NtStatus;
  /** `PsRemoveCreateThreadNotifyRoutine`. */
  PsRemoveCreateThreadNotifyRoutine(routine: Address): NtStatus;
  /** `PsSetLoadImageNotifyRoutine`: `routine(fullImageName, processId, imageInfo)`; drivers' images have process 0. */
  PsSetLoadImageNotifyRoutine(routine: Address): NtStatus;
  /** `PsRemoveLoadImageNotifyRoutine`. */
  PsRemoveLoadImageNotifyRoutine(routine: Address): NtStatus;
  /**
   * `ObRegisterCallbacks`: OB_CALLBACK_REGISTRATION for processes and threads. STATUS_INVALID_PARAMETER for anything
   * else, STATUS_FLT_INSTANCE_ALTITUDE_COLLISION when the altitude is taken.
   */
  ObRegisterCallbacks(registration: Address): { status: NtStatus; registrationHandle: number };
  /** `ObUnRegisterCallbacks`. */
  ObUnRegisterCallbacks(registrationHandle: number): void;
  /** `&PsProcessType`: address of the variable. */
  PsProcessTypeVariable(): Address;
  /** `&PsThreadType`: address of the variable. */
  PsThreadTypeVariable(): Address;
}

/** Exceptions, user buffers and MDLs. What raises throws a value that the driver can catch; uncaught it is a bugcheck. */
export interface DdkBuffers {
  /** `ExRaiseStatus`. */
  ExRaiseStatus(status: NtStatus): never;
  /** `ExRaiseAccessViolation`. */
  ExRaiseAccessViolation(): never;
  /** `ExRaiseDatatypeMisalignment`. */
  ExRaiseDatatypeMisalignment(): never;
  /** `GetExceptionCode` of what a `catch` got; undefined for what __except could not catch. */
  GetExceptionCode(error: unknown): NtStatus | undefined;
  /** `ProbeForRead`: raises STATUS_DATATYPE_MISALIGNMENT, or STATUS_ACCESS_VIOLATION for what is no user address. */
  ProbeForRead(address: Address, length: number, alignment: number): void;
  /** `ProbeForWrite`: the same, and STATUS_ACCESS_VIOLATION where a page can't be written. */
  ProbeForWrite(address: Address, length: number, alignment: number): void;
  /** `MmIsAddressValid`: whether reading the byte would not fault. */
  MmIsAddressValid(address: Address): boolean;
  /** `IoAllocateMdl`: for a buffer, and as `Irp->MdlAddress` or behind it when an IRP is given. 0: no pool. */
  IoAllocateMdl(address: Address, length: number, secondary: boolean, quota: boolean, irp: Address): Address;
  /** `IoFreeMdl`. */
  IoFreeMdl(mdl: Address): void;
  /** `MmProbeAndLockPages`: mode 0 kernel, 1 user; operation 0 read, 1 write, 2 modify. Raises STATUS_ACCESS_VIOLATION. */
  MmProbeAndLockPages(mdl: Address, mode: number, operation: number): void;
  /** `MmUnlockPages`. */
  MmUnlockPages(mdl: Address): void;
  /** `MmBuildMdlForNonPagedPool`. */
  MmBuildMdlForNonPagedPool(mdl: Address): void;
  /** `MmMapLockedPagesSpecifyCache`: into kernel space; 0 for mode 1, which the model does not map, or without room. */
  MmMapLockedPagesSpecifyCache(
    mdl: Address,
    mode: number,
    cacheType: number,
    requested: Address,
    bugCheckOnFailure: number,
    priority: number,
  ): Address;
  /** `MmGetMdlVirtualAddress`. */
  MmGetMdlVirtualAddress(mdl: Address): Address;
}
