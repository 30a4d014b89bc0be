/**
 * The rest of the I/O manager as drivers call it (wdm.h, ntddk.h, ntifs.h): queues of requests, requests of their own,
 * stacks of devices, locks for removal. What may wait answers a `Call` and is `yield*`ed.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { CsqRoutines } from "../io/csqRoutines";
import type { Call } from "../ke/call";
import type { NtStatus } from "./ddk";
import type { DdkObjects, DdkZw } from "./ddkZw";

/** Device queues, StartIo, timers and DPCs of devices. */
export interface DdkQueues {
  /** `KeInitializeDeviceQueue`: makes a KDEVICE_QUEUE (0x28 bytes) that is idle. */
  KeInitializeDeviceQueue(queue: Address): void;
  /** `KeInsertDeviceQueue`: false when the queue was idle: it is busy now, the entry is not in it, and the work can begin. */
  KeInsertDeviceQueue(queue: Address, entry: Address): boolean;
  /** `KeInsertByKeyDeviceQueue`: as KeInsertDeviceQueue, in the order of the keys. */
  KeInsertByKeyDeviceQueue(queue: Address, entry: Address, sortKey: number): boolean;
  /** `KeRemoveDeviceQueue`: the next entry; 0 when there is none, and the queue is idle. */
  KeRemoveDeviceQueue(queue: Address): Address;
  /** `KeRemoveByKeyDeviceQueue`: the first entry with at least this key, else the first of all. */
  KeRemoveByKeyDeviceQueue(queue: Address, sortKey: number): Address;
  /** `KeRemoveEntryDeviceQueue`: takes an entry out wherever it stands; answers whether it was in the queue. */
  KeRemoveEntryDeviceQueue(queue: Address, entry: Address): boolean;
  /** `IoSetStartIoAttributes`: `deferred` keeps StartIo from calling itself, `nonCancelable` clears cancel routines before it. */
  IoSetStartIoAttributes(deviceObject: Address, deferred: boolean, nonCancelable: boolean): void;
  /** `IoStartPacket`: calls DriverStartIo with the IRP, or queues it while the device is busy. `key` undefined: at the end. */
  IoStartPacket(deviceObject: Address, irp: Address, key?: number, cancelFunction?: Address): void;
  /** `IoStartNextPacket`: calls DriverStartIo with the next IRP; at DISPATCH_LEVEL. */
  IoStartNextPacket(deviceObject: Address, cancelable: boolean): void;
  /** `IoStartNextPacketByKey`: with the next IRP whose key is at least `key`. */
  IoStartNextPacketByKey(deviceObject: Address, cancelable: boolean, key: number): void;
  /** `IoInitializeTimer`: `routine` is called with the device and `context` at DISPATCH_LEVEL once a second, when started. */
  IoInitializeTimer(deviceObject: Address, routine: Address, context: Address): NtStatus;
  /** `IoStartTimer`. */
  IoStartTimer(deviceObject: Address): void;
  /** `IoStopTimer`: not to be called by the routine itself. */
  IoStopTimer(deviceObject: Address): void;
  /** `IoInitializeDpcRequest`: `routine` is what IoRequestDpc queues. */
  IoInitializeDpcRequest(deviceObject: Address, routine: Address): void;
  /** `IoRequestDpc`: the routine gets the KDPC, the device, the IRP and `context`. */
  IoRequestDpc(deviceObject: Address, irp: Address, context: Address): void;
}

/** IRPs that the driver makes. */
export interface DdkOwnIrps {
  /** `IoSizeOfIrp`: bytes of an IRP with so many stack locations. */
  IoSizeOfIrp(stackSize: number): number;
  /** `IoAllocateIrp`: the driver's completion routine gets it back and frees it. Answers 0 when the pool is exhausted. */
  IoAllocateIrp(stackSize: number, chargeQuota?: boolean): Address;
  /** `IoInitializeIrp`: makes an IRP in memory of the driver's own. */
  IoInitializeIrp(irp: Address, packetSize: number, stackSize: number): void;
  /** `IoReuseIrp`: makes an IRP from IoAllocateIrp ready to be sent again. */
  IoReuseIrp(irp: Address, status: NtStatus): void;
  /** `IoFreeIrp`: frees an IRP from IoAllocateIrp or IoBuildAsynchronousFsdRequest. */
  IoFreeIrp(irp: Address): void;
  /** `IoMakeAssociatedIrp`: a part of another IRP, whose IrpCount the driver sets; the last part completes that. */
  IoMakeAssociatedIrp(irp: Address, stackSize: number): Address;
  /** `IoBuildDeviceIoControlRequest`: an IRP that sets `event`, fills `ioStatusBlock` and is freed when it is completed. */
  IoBuildDeviceIoControlRequest(
    ioControlCode: number,
    deviceObject: Address,
    inputBuffer: Address,
    inputLength: number,
    outputBuffer: Address,
    outputLength: number,
    internal: boolean,
    event: Address,
    ioStatusBlock: Address,
  ): Address;
  /** `IoBuildSynchronousFsdRequest`: the same for IRP_MJ_READ, WRITE, FLUSH_BUFFERS, SHUTDOWN and PNP. */
  IoBuildSynchronousFsdRequest(
    majorFunction: number,
    deviceObject: Address,
    buffer: Address,
    length: number,
    startingOffset: bigint,
    event: Address,
    ioStatusBlock: Address,
  ): Address;
  /** `IoBuildAsynchronousFsdRequest`: the driver's completion routine frees it, with its buffers. */
  IoBuildAsynchronousFsdRequest(
    majorFunction: number,
    deviceObject: Address,
    buffer: Address,
    length: number,
    startingOffset: bigint,
    ioStatusBlock: Address,
  ): Address;
  /** `IoForwardIrpSynchronously`: sends a copy of the current location down and waits; 0 when there is no location left. */
  IoForwardIrpSynchronously(deviceObject: Address, irp: Address): Call<number>;
  /** `IoSetCompletionRoutineEx`: as IoSetCompletionRoutine, and keeps the device and its driver until the routine has run. */
  IoSetCompletionRoutineEx(
    deviceObject: Address,
    irp: Address,
    routine: Address,
    context: Address,
    onSuccess: boolean,
    onError: boolean,
    onCancel: boolean,
  ): NtStatus;
}

/** Cancel-safe queues. */
export interface DdkCancelSafeQueues {
  /** `IoCsqInitialize`: makes an IO_CSQ (0x40 bytes) of the driver's six routines. */
  IoCsqInitialize(csq: Address, routines: CsqRoutines): NtStatus;
  /** `IoCsqInitializeEx`: the same, and CsqInsertIrp answers an NTSTATUS and may refuse. */
  IoCsqInitializeEx(csq: Address, routines: CsqRoutines): NtStatus;
  /** `IoCsqInsertIrp`: marks the IRP pending and queues it. `context`: an IO_CSQ_IRP_CONTEXT for IoCsqRemoveIrp. */
  IoCsqInsertIrp(csq: Address, irp: Address, context?: Address): void;
  /** `IoCsqInsertIrpEx`: the same; answers what the driver's CsqInsertIrpEx refused it with. */
  IoCsqInsertIrpEx(csq: Address, irp: Address, context: Address, insertContext: Address): NtStatus;
  /** `IoCsqRemoveIrp`: the IRP of a context, or 0 when it was cancelled or has left. */
  IoCsqRemoveIrp(csq: Address, context: Address): Address;
  /** `IoCsqRemoveNextIrp`: the next IRP that fits `peekContext`, or 0. */
  IoCsqRemoveNextIrp(csq: Address, peekContext: Address): Address;
}

/** Stacks of devices, and locks that keep them while they are used. */
export interface DdkStacks {
  /** `IoGetAttachedDevice`: the top of the stack that a device is in. */
  IoGetAttachedDevice(deviceObject: Address): Address;
  /** `IoGetAttachedDeviceReference`: the same with a reference for the caller. */
  IoGetAttachedDeviceReference(deviceObject: Address): Address;
  /** `IoGetLowerDeviceObject`: the device directly below, with a reference; 0 for none. */
  IoGetLowerDeviceObject(deviceObject: Address): Address;
  /** `IoAttachDeviceToDeviceStackSafe`: as IoAttachDeviceToDeviceStack; the lower device is set before requests come. */
  IoAttachDeviceToDeviceStackSafe(
    sourceDevice: Address,
    targetDevice: Address,
  ): { status: NtStatus; attachedTo: Address };
  /** `IoAttachDevice`: attaches to the top of the stack of a device by its name. */
  IoAttachDevice(sourceDevice: Address, targetName: string): Call<{ status: NtStatus; attachedTo: Address }>;
  /** `IoCreateUnprotectedSymbolicLink`: a link that everybody may change. */
  IoCreateUnprotectedSymbolicLink(linkName: string, target: string): NtStatus;
  /** `IoInitializeRemoveLock`: makes an IO_REMOVE_LOCK (0x20 bytes). */
  IoInitializeRemoveLock(lock: Address, tag?: number, maximumMinutes?: number, highWatermark?: number): void;
  /** `IoAcquireRemoveLock`: STATUS_DELETE_PENDING once the device is going. */
  IoAcquireRemoveLock(lock: Address, tag: Address): NtStatus;
  /** `IoReleaseRemoveLock`: with the tag that it was acquired with. */
  IoReleaseRemoveLock(lock: Address, tag: Address): void;
  /** `IoReleaseRemoveLockAndWait`: lets nobody in any more and waits for those who are. */
  IoReleaseRemoveLockAndWait(lock: Address, tag: Address): Call<NtStatus>;
}

/** The end of the machine. */
export interface DdkShutdown {
  /** `IoRegisterShutdownNotification`: the device gets IRP_MJ_SHUTDOWN before the machine stops; the newest first. */
  IoRegisterShutdownNotification(deviceObject: Address): NtStatus;
  /** `IoRegisterLastChanceShutdownNotification`: after all others, when file systems are flushed. */
  IoRegisterLastChanceShutdownNotification(deviceObject: Address): NtStatus;
  /** `IoUnregisterShutdownNotification`: before the driver unloads. */
  IoUnregisterShutdownNotification(deviceObject: Address): void;
}

/** Plug and Play and power. */
export interface DdkPnp {
  /** `IoInvalidateDeviceRelations`: has the stack asked anew for its relations (IRP_MN_QUERY_DEVICE_RELATIONS), soon. */
  IoInvalidateDeviceRelations(physicalDeviceObject: Address, type: number): void;
  /** `IoRegisterDeviceInterface`: the name of a link for a class of devices, `{GUID}`; enabled later. */
  IoRegisterDeviceInterface(
    physicalDeviceObject: Address,
    interfaceClassGuid: string,
    referenceString?: string,
  ): { status: NtStatus; symbolicLinkName: string };
  /** `IoSetDeviceInterfaceState`: makes the link below \GLOBAL??, or takes it away. */
  IoSetDeviceInterfaceState(symbolicLinkName: string, enable: boolean): NtStatus;
  /** `IoGetDeviceProperty`: description, hardware ids, driver key, PDO name or enumerator of a PDO, with its NUL. */
  IoGetDeviceProperty(
    physicalDeviceObject: Address,
    property: number,
    bufferLength: number,
    buffer: Address,
  ): { status: NtStatus; resultLength: number };
  /** `PoCallDriver`: IoCallDriver, since Windows Vista. */
  PoCallDriver(deviceObject: Address, irp: Address): Call<NtStatus>;
  /** `PoStartNextPowerIrp`: nothing, since Windows Vista. */
  PoStartNextPowerIrp(irp: Address): void;
  /** `PoRequestPowerIrp`: sends an IRP_MJ_POWER to the top of the stack; `completion` is told how it ended. */
  PoRequestPowerIrp(
    deviceObject: Address,
    minorFunction: number,
    powerState: number,
    completion: Address,
    context: Address,
  ): NtStatus;
  /** `PoSetPowerState`: tells the power manager; answers the state before. */
  PoSetPowerState(deviceObject: Address, type: number, state: number): number;
}

export interface DdkIo
  extends DdkQueues,
    DdkOwnIrps,
    DdkCancelSafeQueues,
    DdkStacks,
    DdkShutdown,
    DdkPnp,
    DdkZw,
    DdkObjects {}
