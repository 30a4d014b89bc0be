/** DdkProcesses and DdkNotifications over the kernel. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INVALID_CID,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { EPROCESS, ETHREAD, KAPC_STATE, KTHREAD } from "../../../native-bindings/abi/structures/process";
import { DISPATCH_LEVEL } from "../ke/ke";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import type { NotifyKind } from "../ps/notifyRoutines";
import type { DdkNotifications, DdkProcesses } from "./ddkProcesses";

const INVALID_PROCESS_ATTACH_ATTEMPT = 0x05;
const INVALID_PROCESS_DETACH_ATTEMPT = 0x06;

export function processesDdk({ mem, ke, ps, ob }: Kernel): DdkProcesses {
  const threadProcess = (thread: Address) => mem.readPointer(thread + KTHREAD.offset.Process);
  const currentThread = () => ps.current.thread.object;
  const referenced = (object: Address | undefined) => {
    if (object === undefined) return { status: STATUS_INVALID_CID, object: 0 };
    ob.ObReferenceObject(object);
    return { status: STATUS_SUCCESS, object };
  };
  return {
    PsGetProcessId: (process) => mem.readPointer(process + EPROCESS.offset.UniqueProcessId),
    PsGetProcessImageFileName: (process) => process + EPROCESS.offset.ImageFileName,
    PsGetProcessInheritedFromUniqueProcessId: (process) =>
      mem.readPointer(process + EPROCESS.offset.InheritedFromUniqueProcessId),
    PsGetCurrentProcess: () => ps.current.process.object,
    PsGetCurrentThread: currentThread,
    KeGetCurrentThread: currentThread,
    PsGetCurrentThreadId: () => ps.current.thread.id,
    PsGetThreadId: (thread) => mem.readPointer(thread + ETHREAD.offset["Cid.UniqueThread"]),
    PsGetThreadProcessId: (thread) => mem.readPointer(thread + ETHREAD.offset["Cid.UniqueProcess"]),
    PsGetThreadProcess: threadProcess,
    IoThreadToProcess: threadProcess,
    PsLookupProcessByProcessId: (id) => {
      const { status, object } = referenced(ps.processById(id)?.object);
      return { status, process: object };
    },
    PsLookupThreadByThreadId: (id) => {
      const { status, object } = referenced(ps.threadById(id)?.object);
      return { status, thread: object };
    },
    ExGetPreviousMode: () => ps.current.mode,
    KeStackAttachProcess: (object, apcState) => {
      const process = ps.processAt(object);
      if (process === undefined || ke.irql > DISPATCH_LEVEL) {
        const rule = "KeStackAttachProcess was called for what is no process, or above DISPATCH_LEVEL.";
        return ke.bugCheck(INVALID_PROCESS_ATTACH_ATTEMPT, [object, ps.current.process.object, ke.irql], {
          rule,
          routine: "KeStackAttachProcess",
        });
      }
      mem.fill(apcState, KAPC_STATE.size, 0);
      mem.writePointer(apcState + KAPC_STATE.offset.Process, ps.current.process.object);
      ps.attach(process);
    },
    KeUnstackDetachProcess: (apcState) => {
      const before = ps.processAt(mem.readPointer(apcState + KAPC_STATE.offset.Process));
      if (before === undefined) {
        return ke.bugCheck(INVALID_PROCESS_DETACH_ATTEMPT, [apcState], {
          rule: "KeUnstackDetachProcess was called with a state that KeStackAttachProcess did not fill in.",
          routine: "KeUnstackDetachProcess",
        });
      }
      ps.attach(before);
    },
  };
}

export function notificationsDdk(
  { notify, obCallbacks, typeVariables }: Kernel,
  module: KernelModule,
): DdkNotifications {
  const set = (kind: NotifyKind, routine: Address, remove: boolean) =>
    remove ? notify.remove(kind, routine) : notify.register(module, kind, routine);
  return {
    PsSetCreateProcessNotifyRoutine: (routine, remove) => set("process", routine, remove),
    PsSetCreateProcessNotifyRoutineEx: (routine, remove) => set("processEx", routine, remove),
    PsSetCreateProcessNotifyRoutineEx2: (type, routine, remove) =>
      type === 0 ? set("processEx", routine, remove) : STATUS_INVALID_PARAMETER,
    PsSetCreateThreadNotifyRoutine: (routine) => set("thread", routine, false),
    PsRemoveCreateThreadNotifyRoutine: (routine) => set("thread", routine, true),
    PsSetLoadImageNotifyRoutine: (routine) => set("image", routine, false),
    PsRemoveLoadImageNotifyRoutine: (routine) => set("image", routine, true),
    ObRegisterCallbacks: (registration) => {
      const { status, handle } = obCallbacks.register(module, registration);
      return { status, registrationHandle: handle };
    },
    ObUnRegisterCallbacks: (handle) => obCallbacks.unregister(handle),
    PsProcessTypeVariable: () => typeVariables.process,
    PsThreadTypeVariable: () => typeVariables.thread,
  };
}
