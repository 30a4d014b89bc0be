/** Bugchecks and reports of the kernel in the port's words. */

import type { LogPrint } from "../../log/logRecord";
import { hex32 } from "../../machine/fieldValues";
import type { Bugcheck, MachineReport } from "../../machine/machine";
import { ntscopeError, type StatusError } from "../../machine/result";
import type { DriverRule } from "../driverRule";
import type { BugcheckInfo, DebugPrintEvent, KernelReport } from "../kernelHost";

export function bugcheckText({ code, name, parameters, rule, driver, stack }: BugcheckInfo): Bugcheck {
  const named = driver === undefined ? {} : { driver };
  return { code: hex32(code), name, parameters: [...parameters], rule, ...named, stack: [...stack] };
}

/** What every call answers once the machine has stopped. */
export function machineStopped({ name }: BugcheckInfo): StatusError {
  return ntscopeError("machine-stopped", `The machine has stopped with ${name}. Restart it to go on.`);
}

interface Advice {
  readonly severity: MachineReport["severity"];
  readonly mend: string;
}

const advice: Readonly<Record<DriverRule, Advice>> = {
  leakedDevice: { severity: "error", mend: "Call IoDeleteDevice for every device before DriverUnload returns." },
  leakedLink: { severity: "error", mend: "Call IoDeleteSymbolicLink for every link before DriverUnload returns." },
  leakedIrp: { severity: "error", mend: "Complete or cancel every IRP before DriverUnload returns." },
  leakedTimer: {
    severity: "error",
    mend: "Call KeCancelTimer, and KeFlushQueuedDpcs after it, before DriverUnload returns.",
  },
  leakedDpc: { severity: "error", mend: "Call KeRemoveQueueDpc or KeFlushQueuedDpcs before DriverUnload returns." },
  leakedThread: {
    severity: "error",
    mend: "Tell the thread to end and wait for its object before DriverUnload returns.",
  },
  leakedPool: { severity: "error", mend: "Free every block with ExFreePoolWithTag before DriverUnload returns." },
  leakedCallback: { severity: "error", mend: "Remove every callback before DriverUnload returns." },
  leakedLookasideList: { severity: "error", mend: "Delete every lookaside list before DriverUnload returns." },
  poolOverrun: { severity: "error", mend: "Write no further than the bytes that were asked for." },
  poolUnderrun: { severity: "error", mend: "Write nothing in front of the address that was answered." },
  poolUseAfterFree: {
    severity: "error",
    mend: "Forget a block's address when it is freed, in every place that keeps it.",
  },
  pendingNotMarked: { severity: "error", mend: "Call IoMarkIrpPending before returning STATUS_PENDING." },
  markedNotReturned: { severity: "error", mend: "Return STATUS_PENDING once the IRP is marked pending." },
  notCompleted: { severity: "error", mend: "Complete the IRP, or mark it pending and return STATUS_PENDING." },
  informationTooLarge: { severity: "error", mend: "Set Information to the bytes written into the buffer." },
  closePended: { severity: "warning", mend: "Complete IRP_MJ_CLOSE in its dispatch routine." },
  completedWithPending: { severity: "error", mend: "Set IoStatus.Status to the final status before completing." },
  completedWithCancelRoutine: { severity: "error", mend: "Clear it with IoSetCancelRoutine(Irp, NULL) first." },
  irpTouched: { severity: "error", mend: "Take what is needed out of the IRP before IoCompleteRequest." },
  irpWritten: { severity: "error", mend: "Forget the IRP, in every place that keeps it, before IoCompleteRequest." },
  driverIrpNotKept: { severity: "error", mend: "Set a completion routine that answers MORE_PROCESSING_REQUIRED." },
  deadlock: { severity: "error", mend: "Acquire locks in the same order everywhere, or hold only one at a time." },
  wrongIrql: {
    severity: "error",
    mend: "Call it at that IRQL: release spin locks first, or leave the work to a DPC or a work item.",
  },
  cancelLockKept: {
    severity: "error",
    mend: "Call IoReleaseCancelSpinLock(Irp->CancelIrql) first thing in the cancel routine.",
  },
  irpTooSmall: { severity: "error", mend: "Allocate IoSizeOfIrp(StackSize) bytes, and give as many." },
  initializedAllocatedIrp: { severity: "error", mend: "Call IoReuseIrp for an IRP from IoAllocateIrp." },
  threadedIrpFreed: { severity: "error", mend: "Leave the IRP to the I/O manager; send it, or complete it." },
  shutdownStillRegistered: {
    severity: "error",
    mend: "Call IoUnregisterShutdownNotification before IoDeleteDevice.",
  },
  deviceQueueIdle: { severity: "error", mend: "Call it once for each KeInsertDeviceQueue, when that request is done." },
  deviceNotStarted: { severity: "error", mend: "Answer STATUS_SUCCESS, or pass the IRP down the device's stack." },
  removeLockOverReleased: {
    severity: "error",
    mend: "Call IoReleaseRemoveLock once for each IoAcquireRemoveLock that succeeded.",
  },
  removeLockLeaked: { severity: "error", mend: "Call IoReleaseRemoveLock on every way out of a request." },
  removeLockTag: { severity: "error", mend: "Release the lock with the tag that it was acquired with." },
  deletedTwice: { severity: "error", mend: "Call IoDeleteDevice once for each device." },
  deletedWhileAttached: { severity: "error", mend: "Call IoDetachDevice on the lower device first." },
  missingPrintArguments: { severity: "warning", mend: "Give an argument for each directive of the format." },
  unicodePrintAtRaisedIrql: { severity: "warning", mend: "Print UTF-16 text only at PASSIVE_LEVEL." },
};

/** Messages begin with the routine where there is one: "DriverUnload: ...". */
const ROUTINE = /^([A-Za-z_]\w*): /;

export function reportText({ rule, message, driver, routine }: KernelReport): MachineReport {
  const { severity, mend } = advice[rule];
  const [module = "", name = ""] = routine?.split("!") ?? [];
  const named = name || (ROUTINE.exec(message)?.[1] ?? "");
  return { severity, driver: driver ?? module, routine: named, rule: message, mend };
}

export function toLogPrint(print: DebugPrintEvent): LogPrint {
  const { text, component, level, processId, threadId, processName: process, time, irp } = print;
  return { source: "kernel", text, component, level, processId, threadId, process, time, irp };
}
