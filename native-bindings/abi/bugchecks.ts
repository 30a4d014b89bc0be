/**
 * What the four parameters of a bug check say ("Bug Check Code Reference" of the Windows driver documentation),
 * and how to describe a stop. Trailing parameters that say nothing are left out.
 */
import { bugcheckCodes } from "./bugcheckCodes";
import { findNamedValue } from "./flags";

const parameterMeanings: Readonly<Partial<Record<keyof typeof bugcheckCodes.value, readonly string[]>>> = {
  APC_INDEX_MISMATCH: ["Address of the system call", "Thread's APC index", "Thread's disable counts", "Kind of call"],
  DEVICE_QUEUE_NOT_BUSY: ["Device queue", "Device"],
  INVALID_PROCESS_ATTACH_ATTEMPT: [
    "Process to attach to",
    "Process it is attached to",
    "Thread's APC index",
    "In a DPC",
  ],
  IRQL_NOT_LESS_OR_EQUAL: ["Address touched", "IRQL", "0 read, 1 write, 8 execute", "Instruction that did it"],
  SPIN_LOCK_ALREADY_OWNED: ["Spin lock"],
  SPIN_LOCK_NOT_OWNED: ["Spin lock"],
  THREAD_NOT_MUTEX_OWNER: ["Thread", "Mutex"],
  TRAP_CAUSE_UNKNOWN: ["Kind of trap"],
  REFERENCE_BY_POINTER: ["Type of the object", "Object", "Kind of fault", "Reference count"],
  BAD_POOL_HEADER: ["What is wrong", "Pool block", "By kind", "By kind"],
  MEMORY_MANAGEMENT: ["Kind of fault", "By kind", "By kind", "By kind"],
  KMODE_EXCEPTION_NOT_HANDLED: [
    "Exception code",
    "Instruction that raised it",
    "First exception argument",
    "Second exception argument",
  ],
  KERNEL_APC_PENDING_DURING_EXIT: ["Pending APC", "Disable count", "IRQL"],
  QUOTA_UNDERFLOW: ["Process", "Kind of quota", "Quota used", "Quota returned"],
  FAT_FILE_SYSTEM: ["Place in its source", "By place", "By place", "By place"],
  NTFS_FILE_SYSTEM: ["Place in its source", "Exception record", "Context record", "By place"],
  NPFS_FILE_SYSTEM: ["Place in its source", "By place", "By place", "By place"],
  CDFS_FILE_SYSTEM: ["Place in its source", "By place", "By place", "By place"],
  RDR_FILE_SYSTEM: ["Place in its source", "Exception record", "Context record", "By place"],
  PANIC_STACK_SWITCH: ["Trap frame"],
  DATA_BUS_ERROR: ["Virtual address", "Physical address", "Processor status", "Fault status"],
  PHASE0_INITIALIZATION_FAILED: ["Status"],
  PHASE1_INITIALIZATION_FAILED: ["Status", "Place"],
  NO_MORE_IRP_STACK_LOCATIONS: ["IRP"],
  DEVICE_REFERENCE_COUNT_NOT_ZERO: ["Device"],
  SYSTEM_EXIT_OWNED_MUTEX: ["Worker routine", "Argument", "Work item"],
  SYSTEM_SERVICE_EXCEPTION: ["Exception code", "Instruction that raised it", "Context record"],
  NO_MORE_SYSTEM_PTES: ["Kind", "Entries wanted", "Entries free", "Entries in all"],
  MUST_SUCCEED_POOL_EMPTY: ["Bytes wanted", "Pages used", "Pages available"],
  MULTIPLE_IRP_COMPLETE_REQUESTS: ["IRP"],
  CANCEL_STATE_IN_COMPLETED_IRP: ["IRP", "Cancel routine"],
  IRQL_GT_ZERO_AT_SYSTEM_SERVICE: ["System call", "IRQL"],
  PFN_LIST_CORRUPT: ["Kind of fault", "By kind", "By kind", "By kind"],
  PAGE_FAULT_IN_NONPAGED_AREA: [
    "Address touched",
    "0 read, 2 write, 16 execute",
    "Instruction that did it",
    "Kind of fault",
  ],
  REGISTRY_ERROR: ["Place", "By place", "Hive", "Return code"],
  PROCESS1_INITIALIZATION_FAILED: ["Status"],
  SESSION5_INITIALIZATION_FAILED: ["Status"],
  BAD_SYSTEM_CONFIG_INFO: ["Kind of fault", "By kind", "By kind", "Status"],
  PROCESS_HAS_LOCKED_PAGES: ["Unused", "Process", "Locked pages", "Private pages"],
  KERNEL_STACK_INPAGE_ERROR: ["Status", "I/O status", "Page file", "Offset"],
  KERNEL_DATA_INPAGE_ERROR: ["Kind of lock", "Status", "Process or address", "Address"],
  INACCESSIBLE_BOOT_DEVICE: ["Device name or object"],
  SYSTEM_THREAD_EXCEPTION_NOT_HANDLED: [
    "Exception code",
    "Instruction that raised it",
    "Exception record",
    "Context record",
  ],
  UNEXPECTED_KERNEL_MODE_TRAP: ["Number of the trap", "By trap", "By trap", "By trap"],
  MBR_CHECKSUM_MISMATCH: ["Expected", "Found"],
  KERNEL_MODE_EXCEPTION_NOT_HANDLED: ["Exception code", "Instruction that raised it", "Trap frame"],
  INVALID_KERNEL_HANDLE: ["Handle", "Kind"],
  DRIVER_POWER_STATE_FAILURE: ["Kind of fault", "Device", "By kind", "IRP"],
  INTERNAL_POWER_ERROR: ["Kind of fault", "By kind", "By kind", "By kind"],
  ACPI_BIOS_ERROR: ["Kind of fault", "By kind", "By kind", "By kind"],
  SESSION_HAS_VALID_POOL_ON_EXIT: ["Session", "Paged bytes", "Non-paged bytes", "Allocations"],
  SESSION_HAS_VALID_VIEWS_ON_EXIT: ["Session", "Views"],
  ATTEMPTED_WRITE_TO_READONLY_MEMORY: ["Address written", "Page table entry"],
  MUTEX_ALREADY_OWNED: ["Thread", "Mutex"],
  SPECIAL_POOL_DETECTED_MEMORY_CORRUPTION: ["Address", "By kind", "By kind", "Kind of fault"],
  BAD_POOL_CALLER: ["Kind of fault", "By kind", "By kind", "By kind"],
  DRIVER_VERIFIER_DETECTED_VIOLATION: ["Which rule", "By rule", "By rule", "By rule"],
  DRIVER_CORRUPTED_EXPOOL: ["Address touched", "IRQL", "0 read, 1 write", "Instruction that did it"],
  DRIVER_CAUGHT_MODIFYING_FREED_POOL: ["Address written", "0 read, 1 write", "0 kernel, 1 user"],
  TIMER_OR_DPC_INVALID: ["What was found", "Its address", "Start of the memory", "End of the memory"],
  IRQL_UNEXPECTED_VALUE: ["IRQLs", "By kind", "By kind", "By kind"],
  DRIVER_VERIFIER_IOMANAGER_VIOLATION: ["Which rule", "By rule", "By rule", "By rule"],
  PNP_DETECTED_FATAL_ERROR: ["Kind of fault", "Device", "By kind", "By kind"],
  DRIVER_LEFT_LOCKED_PAGES_IN_PROCESS: ["Caller that locked them", "Its caller", "MDL", "Pages"],
  PAGE_FAULT_IN_FREED_SPECIAL_POOL: ["Address touched", "0 read, 1 write", "Instruction that did it"],
  PAGE_FAULT_BEYOND_END_OF_ALLOCATION: ["Address touched", "0 read, 1 write", "Instruction that did it"],
  DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS: [
    "Address touched",
    "0 read, 1 write",
    "Instruction that did it",
  ],
  DRIVER_CORRUPTED_MMPOOL: ["Address touched", "IRQL", "0 read, 1 write", "Instruction that did it"],
  DRIVER_IRQL_NOT_LESS_OR_EQUAL: ["Address touched", "IRQL", "0 read, 1 write, 8 execute", "Instruction that did it"],
  DRIVER_PORTION_MUST_BE_NONPAGED: ["Address touched", "IRQL", "0 read, 1 write", "Instruction that did it"],
  SYSTEM_SCAN_AT_RAISED_IRQL_CAUGHT_IMPROPER_DRIVER_UNLOAD: [
    "Address touched",
    "IRQL",
    "0 read, 1 write",
    "Instruction that did it",
  ],
  DRIVER_PAGE_FAULT_IN_FREED_SPECIAL_POOL: ["Address touched", "0 read, 1 write", "Instruction that did it"],
  DRIVER_PAGE_FAULT_BEYOND_END_OF_ALLOCATION: ["Address touched", "0 read, 1 write", "Instruction that did it"],
  SYSTEM_PTE_MISUSE: ["Kind of fault", "By kind", "By kind", "By kind"],
  WORKER_THREAD_RETURNED_AT_BAD_IRQL: ["Worker routine", "IRQL", "Argument", "Work item"],
  RESOURCE_NOT_OWNED: ["Resource", "Thread", "Owner table"],
  WORKER_INVALID: ["Kind of fault", "Work item", "Start of the memory", "End of the memory"],
  DRIVER_VERIFIER_DMA_VIOLATION: ["Which rule", "By rule", "By rule", "By rule"],
  INVALID_FLOATING_POINT_STATE: ["Kind of fault", "By kind", "By kind"],
  INVALID_CANCEL_OF_FILE_OPEN: ["File object", "Device"],
  THREAD_STUCK_IN_DEVICE_DRIVER: ["Thread", "Wait object", "Driver name", "Count"],
  CRITICAL_PROCESS_DIED: ["Process", "0 process, 1 thread"],
  CRITICAL_OBJECT_TERMINATION: ["3 process, 6 thread", "Object", "Name of the image", "Explanation"],
  FLTMGR_FILE_SYSTEM: ["Kind of fault", "By kind", "By kind", "By kind"],
  DRIVER_OVERRAN_STACK_BUFFER: ["Cookie found", "Cookie expected", "Its complement"],
  DRIVER_RETURNED_STATUS_REPARSE_FOR_VOLUME_OPEN: ["Device", "IRP", "File object"],
  ATTEMPTED_EXECUTE_OF_NOEXECUTE_MEMORY: ["Address executed", "Page table entry"],
  WDF_VIOLATION: ["Which rule", "By rule", "By rule", "By rule"],
  VIDEO_MEMORY_MANAGEMENT_INTERNAL: ["Kind of fault", "By kind", "By kind", "By kind"],
  VIDEO_TDR_FAILURE: ["Recovery context", "Owner of the fault", "Last status", "By kind"],
  DRIVER_RETURNED_HOLDING_CANCEL_LOCK: ["IRP", "Cancel routine"],
  WHEA_UNCORRECTABLE_ERROR: ["Source of the error", "Error record", "By source", "By source"],
  RESOURCE_OWNER_POINTER_INVALID: ["Resource", "Thread", "Owner table"],
  DPC_WATCHDOG_VIOLATION: ["0 one DPC, 1 in all", "Time in ticks", "Limit in ticks"],
  KERNEL_SECURITY_CHECK_FAILURE: ["Kind of fault", "Trap frame", "Exception record"],
  KERNEL_MODE_HEAP_CORRUPTION: ["Kind of fault", "Heap", "Address"],
  KERNEL_LOCK_ENTRY_LEAKED_ON_THREAD_TERMINATION: ["Thread", "Lock entry", "State"],
  KERNEL_MODE_EXCEPTION_NOT_HANDLED_M: ["Exception code", "Instruction that raised it", "Trap frame"],
  THREAD_TERMINATE_HELD_MUTEX: ["Thread", "Mutex"],
  STATUS_SYSTEM_PROCESS_TERMINATED: ["Name", "Status"],
  STATUS_IMAGE_CHECKSUM_MISMATCH: ["Name"],
};

export interface BugcheckDescription {
  /** Unsigned. */
  readonly code: number;
  /** "0x00000044" */
  readonly hex: string;
  /** "MULTIPLE_IRP_COMPLETE_REQUESTS", or "BUGCHECK 0x00001234" for a code without a name. */
  readonly name: string;
  /** A sentence. */
  readonly message: string;
  /** What the first parameters mean, in their order; of the others nothing is known. */
  readonly parameters: readonly string[];
}

export function describeBugcheck(code: number): BugcheckDescription {
  const unsigned = code >>> 0;
  const hex = `0x${unsigned.toString(16).toUpperCase().padStart(8, "0")}`;
  const known = findNamedValue(bugcheckCodes, unsigned);
  if (known === undefined) {
    return {
      code: unsigned,
      hex,
      name: `BUGCHECK ${hex}`,
      message: "A stop code without a name here; drivers may use any number.",
      parameters: [],
    };
  }
  const parameters = parameterMeanings[known.name as keyof typeof bugcheckCodes.value] ?? [];
  return { code: unsigned, hex, name: known.name, message: known.meaning, parameters };
}
