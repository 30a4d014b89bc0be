/**
 * What a driver written in TypeScript is given: the kernel's routines under their DDK names. Each is a thin layer over
 * the model's own routine.
 *
 * Differences from C, the same for all routines: names are JavaScript strings (raw UTF-16) where C takes a
 * UNICODE_STRING that is only read; what C hands back through pointers comes back in an object beside the status;
 * structures stay in kernel memory, at the addresses and with the layouts that Windows has, and are read through the
 * views of `native-bindings/abi`. What may wait is `yield*`ed; see ddkDispatcher.ts.
 * Source: wdm.h and ntddk.h of the Windows Driver Kit, and its reference pages.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { ByteMemory } from "../../../native-bindings/abi/byteMemory";
import type { Call, MayWait } from "../ke/call";
import type { DdkDispatcher, DdkThreads, DdkTime } from "./ddkDispatcher";
import type { DdkInterlocked } from "./ddkInterlocked";
import type { DdkIo } from "./ddkIo";
import type { DdkInterlockedLists, DdkLinkedLists, DdkLookaside } from "./ddkLists";
import type { DdkPool } from "./ddkPool";
import type { DdkBuffers, DdkNotifications, DdkProcesses } from "./ddkProcesses";
import type { DdkRegistry } from "./ddkRegistry";
import type { DdkSafeStrings, DdkStrings } from "./ddkRtl";
import type { DdkBitmaps, DdkGenericTables, DdkRtlMemory } from "./ddkRtlData";

/** Unsigned 32-bit. */
export type NtStatus = number;

/** DRIVER_INITIALIZE: what a driver exports. `registryPath` is the address of a UNICODE_STRING that is freed on return. */
export type DriverEntry = (ddk: Ddk, driverObject: Address, registryPath: Address) => MayWait<NtStatus>;

/** DRIVER_DISPATCH. */
export type DispatchRoutine = (deviceObject: Address, irp: Address) => MayWait<NtStatus>;
/** DRIVER_UNLOAD. */
export type UnloadRoutine = (driverObject: Address) => MayWait<undefined>;
/** IO_COMPLETION_ROUTINE. */
export type CompletionRoutine = (deviceObject: Address, irp: Address, context: Address) => NtStatus;
/** Any routine that can have an address: pointers in, a status, an address or nothing out. */
export type CodeRoutine = (...parameters: number[]) => MayWait<number | undefined>;

/** What DbgPrint takes after its format: a string stands for a pointer to it, null for a null pointer. */
export type PrintArgument = number | bigint | string | boolean | null;

/** The part of the kit that has no DDK name: memory, and addresses for functions. */
export interface DdkBasics {
  /** The kernel's memory, for structure views and for bytes. A wrong address is a page fault, which ends in a bugcheck. */
  readonly memory: ByteMemory;
  /**
   * Gives a function an address inside the driver's image, so that it can stand in a structure as a pointer. The name is
   * what stacks and the major-function table show: `example!dispatchDevice`. Each call gives a new address.
   */
  routine(name: string, code: CodeRoutine): Address;
  /** Calls the routine at an address, as an indirect call does. An address without code is a bugcheck. */
  call(address: Address, first?: number, second?: number, third?: number): MayWait<number>;
  /** The text of a UNICODE_STRING. */
  unicodeString(address: Address): string;
}

/** Debug output. */
export interface DdkDebug {
  /** `DbgPrint`: prints with component DEFAULT at level INFO, so the default filter mask of Windows hides it. At most 512 bytes a call. */
  DbgPrint(format: string, ...args: PrintArgument[]): NtStatus;
  /** `DbgPrintEx`: prints with a component (DPFLTR_xxx_ID) and a level 0..31, or a mask of levels. */
  DbgPrintEx(componentId: number, level: number, format: string, ...args: PrintArgument[]): NtStatus;
  /** `KeBugCheckEx`: stops the machine. Never returns. */
  KeBugCheckEx(code: number, p1: number, p2: number, p3: number, p4: number): never;
}

/** Devices, links and the stacks they form. */
export interface DdkDevices {
  /** `IoCreateDevice`: makes a device object; `name` undefined makes it unnamed. The extension is zeroed. */
  IoCreateDevice(
    driverObject: Address,
    deviceExtensionSize: number,
    name: string | undefined,
    deviceType: number,
    characteristics: number,
    exclusive: boolean,
  ): { status: NtStatus; deviceObject: Address };
  /**
   * `IoCreateDeviceSecure`: as IoCreateDevice, for a device with a name, with who may open it in SDDL (SDDL_DEVOBJ_...), unless
   * the registry says otherwise for the class GUID. Text that is no SDDL: STATUS_INVALID_PARAMETER.
   */
  IoCreateDeviceSecure(
    driverObject: Address,
    deviceExtensionSize: number,
    name: string | undefined,
    deviceType: number,
    characteristics: number,
    exclusive: boolean,
    defaultSddl: string,
    deviceClassGuid?: string,
  ): { status: NtStatus; deviceObject: Address };
  /** `IoDeleteDevice`: takes the name away at once, and frees the device when its last reference goes. */
  IoDeleteDevice(deviceObject: Address): void;
  /** `IoCreateSymbolicLink`: makes a permanent link; the target need not exist. */
  IoCreateSymbolicLink(linkName: string, target: string): NtStatus;
  /** `IoDeleteSymbolicLink`: removes a link. */
  IoDeleteSymbolicLink(linkName: string): NtStatus;
  /** `IoAttachDeviceToDeviceStack`: puts a device on top of the target's stack; answers what was on top before, or 0. */
  IoAttachDeviceToDeviceStack(sourceDevice: Address, targetDevice: Address): Address;
  /** `IoDetachDevice`: takes away whatever is attached directly above a device. */
  IoDetachDevice(targetDevice: Address): void;
  /** `IoGetDeviceObjectPointer`: opens a device by name; answers the top of its stack and the file object to dereference. */
  IoGetDeviceObjectPointer(
    name: string,
    desiredAccess: number,
  ): Call<{ status: NtStatus; fileObject: Address; deviceObject: Address }>;
  /** `ObReferenceObject`: one more reference to an object. */
  ObReferenceObject(object: Address): void;
  /** `ObDereferenceObject`: one reference less; the last one deletes the object. */
  ObDereferenceObject(object: Address): void;
}

/** I/O request packets. */
export interface DdkRequests {
  /** `IoGetCurrentIrpStackLocation`: the part of an IRP that is meant for this driver. */
  IoGetCurrentIrpStackLocation(irp: Address): Address;
  /** `IoGetNextIrpStackLocation`: the part of an IRP that the next lower driver will see. */
  IoGetNextIrpStackLocation(irp: Address): Address;
  /** `IoCompleteRequest`: hands a finished IRP back. The driver must not touch it afterwards; twice is a bugcheck. */
  IoCompleteRequest(irp: Address, priorityBoost: number): void;
  /** `IoMarkIrpPending`: says that the dispatch routine is going to return STATUS_PENDING. */
  IoMarkIrpPending(irp: Address): void;
  /** `IoCallDriver`: passes an IRP to the next lower device; answers what its dispatch routine returned. */
  IoCallDriver(deviceObject: Address, irp: Address): Call<NtStatus>;
  /** `IoSkipCurrentIrpStackLocation`: lets the next lower driver see this driver's own stack location. */
  IoSkipCurrentIrpStackLocation(irp: Address): void;
  /** `IoCopyCurrentIrpStackLocationToNext`: copies the parameters for the next lower driver, without the completion routine. */
  IoCopyCurrentIrpStackLocationToNext(irp: Address): void;
  /** `IoSetCompletionRoutine`: asks to be called when the drivers below have completed the IRP. */
  IoSetCompletionRoutine(
    irp: Address,
    routine: Address,
    context: Address,
    onSuccess: boolean,
    onError: boolean,
    onCancel: boolean,
  ): void;
}

/** Giving requests up before they are done. */
export interface DdkCancel {
  /** `IoSetCancelRoutine`: sets what IoCancelIrp calls, 0 for nothing; answers what was set. Who gets a routine back owns the IRP. */
  IoSetCancelRoutine(irp: Address, routine: Address): Address;
  /** `IoCancelIrp`: asks for an IRP to be given up; answers whether it had a cancel routine. */
  IoCancelIrp(irp: Address): boolean;
  /** `IoAcquireCancelSpinLock`: answers the IRQL before. */
  IoAcquireCancelSpinLock(): number;
  /** `IoReleaseCancelSpinLock`: a cancel routine begins with it, and `Irp->CancelIrql`. */
  IoReleaseCancelSpinLock(irql: number): void;
}

/** Lists whose links lie in what they hold, and the locks around them. */
export interface DdkLists {
  /** `InitializeListHead`: makes a list empty. */
  InitializeListHead(head: Address): void;
  /** `InsertTailList`: appends an entry. */
  InsertTailList(head: Address, entry: Address): void;
  /** `RemoveEntryList`: takes an entry out of its list; answers whether that is empty now. */
  RemoveEntryList(entry: Address): boolean;
  /** `KeInitializeSpinLock`: makes a lock that nobody holds, 8 bytes. */
  KeInitializeSpinLock(lock: Address): void;
  /** `KeAcquireSpinLock`: raises to DISPATCH_LEVEL; answers the IRQL before. A lock that is held is a bugcheck. */
  KeAcquireSpinLock(lock: Address): number;
  /** `KeReleaseSpinLock`: goes back to the IRQL that acquiring it answered. */
  KeReleaseSpinLock(lock: Address, irql: number): void;
}

/** MDLs. */
export interface DdkMemory {
  /** `MmGetSystemAddressForMdlSafe`: maps the pages of an MDL; answers 0 when that fails. */
  MmGetSystemAddressForMdlSafe(mdl: Address, priority: number): Address;
  /** `MmGetMdlByteCount`: the length in bytes of the buffer that an MDL describes. */
  MmGetMdlByteCount(mdl: Address): number;
  /** `MmGetMdlByteOffset`: where in its first page that buffer begins. */
  MmGetMdlByteOffset(mdl: Address): number;
}

/** Who is calling. */
export interface DdkExecutive {
  /** `PsGetCurrentProcessId`: the process in whose context the driver runs. */
  PsGetCurrentProcessId(): number;
  /** `IoGetCurrentProcess`: its EPROCESS. */
  IoGetCurrentProcess(): Address;
}

export interface Ddk
  extends DdkBasics,
    DdkDebug,
    DdkDevices,
    DdkRequests,
    DdkCancel,
    DdkLists,
    DdkMemory,
    DdkDispatcher,
    DdkTime,
    DdkThreads,
    DdkPool,
    DdkLinkedLists,
    DdkInterlockedLists,
    DdkLookaside,
    DdkInterlocked,
    DdkStrings,
    DdkSafeStrings,
    DdkRtlMemory,
    DdkBitmaps,
    DdkGenericTables,
    DdkRegistry,
    DdkProcesses,
    DdkNotifications,
    DdkBuffers,
    DdkIo,
    DdkExecutive {}
