/**
 * What drivers do that NT leaves undefined, in words. Nothing stops: the reports stand beside the driver's messages.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { findNamedValue } from "../../../native-bindings/abi/flags";
import { irpMajorFunctions } from "../../../native-bindings/abi/irpFunctions";
import { ntStatusHex, ntStatusName } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { DriverRule } from "../driverRule";
import type { Ke } from "../ke/ke";

function statusText(status: number): string {
  return ntStatusName(status) ?? ntStatusHex(status);
}

function majorText(major: number): string {
  return findNamedValue(irpMajorFunctions, major)?.name ?? `major function ${major}`;
}

export class IoReports {
  constructor(
    private readonly ke: Ke,
    /** "\Driver\Example" of the driver that owns a device. */
    private readonly driverOf: (device: Address) => string | undefined,
  ) {}

  report(rule: DriverRule, message: string, driver?: string): void {
    this.ke.report(driver === undefined ? { rule, message } : { rule, message, driver });
  }

  completedWithPending(irp: Address): void {
    this.report("completedWithPending", `IRP ${addressToHex(irp)} was completed with STATUS_PENDING as its status.`);
  }

  completedWithCancelRoutine(irp: Address): void {
    const message = `IRP ${addressToHex(irp)} was completed with its cancel routine still set.`;
    this.report("completedWithCancelRoutine", message);
  }

  cancelLockKept(device: Address, major: number): void {
    const message =
      `${majorText(major)}: the cancel routine returned without IoReleaseCancelSpinLock(Irp->CancelIrql); ` +
      "on Windows no request can be cancelled any more.";
    this.report("cancelLockKept", message, this.driverOf(device));
  }

  atWrongIrql(routine: string, irql: number, wanted: string, device?: Address): void {
    const message = `${routine} was called at IRQL ${irql}; it is for ${wanted}.`;
    this.report("wrongIrql", message, device === undefined ? undefined : this.driverOf(device));
  }

  driverIrpNotKept(irp: Address): void {
    const message =
      `IRP ${addressToHex(irp)} was made with IoAllocateIrp and completed without a completion routine that ` +
      "returns STATUS_MORE_PROCESSING_REQUIRED.";
    this.report("driverIrpNotKept", message);
  }

  /** @param routine that was called for it: "IoMarkIrpPending" */
  irpTouched(irp: Address, routine: string): void {
    const message =
      `${routine} was called for IRP ${addressToHex(irp)}, which has been completed. It belongs to the I/O manager since ` +
      "then, and on Windows may be another request by now. The model answers and changes nothing.";
    this.report("irpTouched", message);
  }

  /** @param completedBy address of the driver routine that completed it; 0 for none */
  irpWritten(irp: Address, completedBy: Address, field: string, value: number): void {
    const routine = this.ke.routines.nameOf(completedBy) ?? this.ke.routines.unloadedName(completedBy);
    const message =
      `IRP ${addressToHex(irp)} was written to after ${routine ?? "it"} ${routine ? "had completed it" : "was completed"}: ` +
      `${field} was set to ${field === "IoStatus.Status" ? statusText(value) : `0x${value.toString(16)}`}.`;
    this.ke.report({ rule: "irpWritten", message, ...(routine === undefined ? {} : { routine }) });
  }

  /** Case 76: undefined on Windows, and often a hang. */
  pendingNotMarked(device: Address, major: number): void {
    const message = `${majorText(major)}: the dispatch routine returned STATUS_PENDING without IoMarkIrpPending.`;
    this.report("pendingNotMarked", message, this.driverOf(device));
  }

  markedNotReturned(device: Address, major: number, status: number): void {
    const message =
      `${majorText(major)}: the IRP was marked pending, but the dispatch routine returned ` +
      `${statusText(status)} instead of STATUS_PENDING.`;
    this.report("markedNotReturned", message, this.driverOf(device));
  }

  notCompleted(device: Address, major: number, status: number): void {
    const message =
      `${majorText(major)}: the dispatch routine returned ${statusText(status)} without completing the IRP; ` +
      "the request never ends.";
    this.report("notCompleted", message, this.driverOf(device));
  }

  informationTooLarge(device: Address, information: number, length: number): void {
    const message =
      `The IRP was completed with Information ${information} for a buffer of ${length} bytes; Windows copies that ` +
      "much and discloses kernel memory. The model copies the buffer.";
    this.report("informationTooLarge", message, this.driverOf(device));
  }

  closePended(device: Address): void {
    const message =
      "IRP_MJ_CLOSE: the dispatch routine returned STATUS_PENDING. The file object stays until the driver completes " +
      "the IRP.";
    this.report("closePended", message, this.driverOf(device));
  }
}
