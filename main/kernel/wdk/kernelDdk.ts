/**
 * The Ddk over a kernel: each routine hands on to the model's own, in the context of whoever runs. One Ddk a loaded
 * driver, since functions get their addresses in its image.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  IoCopyCurrentIrpStackLocationToNext,
  IoGetCurrentIrpStackLocation,
  IoGetNextIrpStackLocation,
  IoSetCompletionRoutine,
  IoSkipCurrentIrpStackLocation,
} from "../io/irpStack";
import { asCall, type Coroutine, isCoroutine } from "../ke/call";
import { initializeListHead } from "../ke/dispatcherObjects";
import { InsertTailList, RemoveEntryList } from "../ke/linkedLists";
import type { KernelModule } from "../ke/routines";
import { KeAcquireSpinLock, KeInitializeSpinLock, KeReleaseSpinLock } from "../ke/spinLocks";
import type { Kernel } from "../kernel";
import { buffersDdk } from "./buffersDdk";
import type {
  CodeRoutine,
  Ddk,
  DdkBasics,
  DdkCancel,
  DdkDebug,
  DdkDevices,
  DdkExecutive,
  DdkLists,
  DdkMemory,
  DdkRequests,
} from "./ddk";
import { getDeviceObjectPointer } from "./deviceObjectPointer";
import { dispatcherDdk, threadsDdk, timeDdk } from "./dispatcherDdk";
import { interlockedDdk } from "./interlockedDdk";
import { ioDdk } from "./ioDdk";
import { interlockedListsDdk, linkedListsDdk, lookasideDdk } from "./listsDdk";
import { poolDdk } from "./poolDdk";
import { notificationsDdk, processesDdk } from "./processesDdk";
import { registryDdk } from "./registryDdk";
import { bitmapsDdk, genericTablesDdk, rtlMemoryDdk } from "./rtlDataDdk";
import { safeStringsDdk, stringsDdk } from "./rtlDdk";

/** What a called routine throws is its caller's to handle, as with any call in C++. */
function passOn(error: unknown): never {
  throw error;
}

function basics({ mem, ke }: Kernel, module: KernelModule): DdkBasics {
  return {
    memory: mem,
    routine: (name: string, code: CodeRoutine) => ke.routines.define(module, name, code),
    call: (address, first = 0, second = 0, third = 0) => {
      const result = ke.routines.call3(address, first, second, third, passOn);
      if (typeof result === "number") return result;
      return isCoroutine(result) ? (result as Coroutine<number>) : 0;
    },
    unicodeString: (address) => mem.readUnicodeString(address),
  };
}

function debug({ dbg, ke }: Kernel): DdkDebug {
  return {
    DbgPrint: (format, ...args) => dbg.DbgPrint(format, ...args),
    DbgPrintEx: (component, level, format, ...args) => dbg.DbgPrintEx(component, level, format, ...args),
    KeBugCheckEx: (code, p1, p2, p3, p4) =>
      ke.bugCheck(code, [p1, p2, p3, p4], { rule: "The driver stopped the machine itself.", routine: "KeBugCheckEx" }),
  };
}

function devices(kernel: Kernel): DdkDevices {
  const { io, ob } = kernel;
  return {
    IoCreateDevice: (driver, extensionSize, name, type, characteristics, exclusive) => {
      const made = io.devices.IoCreateDevice(driver, extensionSize, name, type, characteristics, exclusive);
      return { status: made.status, deviceObject: made.device };
    },
    IoCreateDeviceSecure: (driver, extensionSize, name, type, characteristics, exclusive, sddl, classGuid) => {
      const shape = { extensionSize, name, type, characteristics, exclusive };
      const made = io.secureDevices.IoCreateDeviceSecure(driver, shape, sddl, classGuid);
      return { status: made.status, deviceObject: made.device };
    },
    IoDeleteDevice: (device) => io.devices.IoDeleteDevice(device),
    IoCreateSymbolicLink: (link, target) => io.links.IoCreateSymbolicLink(link, target),
    IoDeleteSymbolicLink: (link) => io.links.IoDeleteSymbolicLink(link),
    IoAttachDeviceToDeviceStack: (source, target) => io.stacks.IoAttachDeviceToDeviceStack(source, target),
    IoDetachDevice: (target) => io.stacks.IoDetachDevice(target),
    IoGetDeviceObjectPointer: (name, access) => asCall(getDeviceObjectPointer(kernel, name, access)),
    ObReferenceObject: (object) => {
      ob.ObReferenceObject(object);
    },
    ObDereferenceObject: (object) => {
      ob.ObDereferenceObject(object);
    },
  };
}

/** Whether a driver may have an IRP changed: one that it has completed is reported, and left alone. */
function isOwn({ io }: Kernel, irp: Address, routine: string): boolean {
  if (!io.irps.isFreed(irp)) return true;
  io.reports.irpTouched(irp, routine);
  return false;
}

function requests(kernel: Kernel): DdkRequests {
  const { io, mem } = kernel;
  return {
    IoGetCurrentIrpStackLocation: (irp) => {
      isOwn(kernel, irp, "IoGetCurrentIrpStackLocation");
      return IoGetCurrentIrpStackLocation(mem, irp);
    },
    IoGetNextIrpStackLocation: (irp) => {
      isOwn(kernel, irp, "IoGetNextIrpStackLocation");
      return IoGetNextIrpStackLocation(mem, irp);
    },
    IoCompleteRequest: (irp) => io.completion.IofCompleteRequest(irp),
    IoMarkIrpPending: (irp) => {
      if (isOwn(kernel, irp, "IoMarkIrpPending")) io.IoMarkIrpPending(irp);
    },
    IoCallDriver: (device, irp) => asCall(io.dispatch.IofCallDriver(device, irp)),
    IoSkipCurrentIrpStackLocation: (irp) => {
      if (isOwn(kernel, irp, "IoSkipCurrentIrpStackLocation")) IoSkipCurrentIrpStackLocation(mem, irp);
    },
    IoCopyCurrentIrpStackLocationToNext: (irp) => {
      if (isOwn(kernel, irp, "IoCopyCurrentIrpStackLocationToNext")) IoCopyCurrentIrpStackLocationToNext(mem, irp);
    },
    IoSetCompletionRoutine: (irp, routine, context, onSuccess, onError, onCancel) => {
      if (isOwn(kernel, irp, "IoSetCompletionRoutine"))
        IoSetCompletionRoutine(mem, irp, routine, context, onSuccess, onError, onCancel);
    },
  };
}

function cancel(kernel: Kernel): DdkCancel {
  const { io } = kernel;
  return {
    IoSetCancelRoutine: (irp, routine) =>
      isOwn(kernel, irp, "IoSetCancelRoutine") ? io.cancel.IoSetCancelRoutine(irp, routine) : 0,
    IoCancelIrp: (irp) => io.cancel.IoCancelIrp(irp),
    IoAcquireCancelSpinLock: () => io.cancel.IoAcquireCancelSpinLock(),
    IoReleaseCancelSpinLock: (irql) => io.cancel.IoReleaseCancelSpinLock(irql),
  };
}

function lists({ mem, ke }: Kernel): DdkLists {
  return {
    InitializeListHead: (head) => initializeListHead(mem, head),
    InsertTailList: (head, entry) => InsertTailList(mem, ke, head, entry),
    RemoveEntryList: (entry) => RemoveEntryList(mem, ke, entry),
    KeInitializeSpinLock: (lock) => KeInitializeSpinLock(mem, lock),
    KeAcquireSpinLock: (lock) => KeAcquireSpinLock(mem, ke, lock),
    KeReleaseSpinLock: (lock, irql) => KeReleaseSpinLock(mem, ke, lock, irql),
  };
}

function memory({ io }: Kernel): DdkMemory {
  return {
    MmGetSystemAddressForMdlSafe: (mdl) => io.mdls.MmGetSystemAddressForMdlSafe(mdl),
    MmGetMdlByteCount: (mdl) => io.mdls.MmGetMdlByteCount(mdl),
    MmGetMdlByteOffset: (mdl) => io.mdls.MmGetMdlByteOffset(mdl),
  };
}

function executive({ ps }: Kernel): DdkExecutive {
  return {
    PsGetCurrentProcessId: () => ps.current.process.id,
    IoGetCurrentProcess: () => ps.current.process.object,
  };
}

/** @param module the driver's image, in which its functions get their addresses */
export function createDdk(kernel: Kernel, module: KernelModule): Ddk {
  return {
    ...basics(kernel, module),
    ...debug(kernel),
    ...devices(kernel),
    ...requests(kernel),
    ...cancel(kernel),
    ...lists(kernel),
    ...dispatcherDdk(kernel),
    ...timeDdk(kernel),
    ...threadsDdk(kernel),
    ...memory(kernel),
    ...poolDdk(kernel, module),
    ...linkedListsDdk(kernel),
    ...interlockedListsDdk(kernel),
    ...lookasideDdk(kernel, module),
    ...interlockedDdk(kernel),
    ...stringsDdk(kernel, module),
    ...safeStringsDdk(kernel),
    ...rtlMemoryDdk(kernel),
    ...bitmapsDdk(kernel),
    ...genericTablesDdk(kernel),
    ...registryDdk(kernel, module),
    ...processesDdk(kernel),
    ...notificationsDdk(kernel, module),
    ...buffersDdk(kernel),
    ...ioDdk(kernel),
    ...executive(kernel),
  };
}
