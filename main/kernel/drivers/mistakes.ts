/**
 * A driver that makes mistakes on purpose: opening `\\.\Mistakes\NAME` makes the one called NAME, so that a learner sees
 * what NT does about it, and the tests see that NtScope survives it. Written against the plain DDK names.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO } from "../../../native-bindings/abi/deviceFlags";
import { FILE_DEVICE_UNKNOWN } from "../../../native-bindings/abi/deviceTypes";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE, IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { POOL_FLAG_NON_PAGED } from "../../../native-bindings/abi/poolTypes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";

const IO_NO_INCREMENT = 0;
const POINTER_BYTES = 8;
const TAG = "Oops";

const DEVICE = "\\Device\\Mistakes";
const LINK = "\\??\\Mistakes";

/** A line as long as DbgPrint transmits, newline included, and as many of them as make 100 MB. */
const FLOOD_LINE = `${"flood ".repeat(85)}\n`;
const FLOOD_LINES = Math.ceil(100_000_000 / FLOOD_LINE.length);

interface Mistake {
  /** What it does and what follows, in one sentence. */
  readonly lesson: string;
  /** Returns the status of IRP_MJ_CREATE; undefined lets the driver complete the IRP with success. */
  make(ddk: Ddk, device: Address, irp: Address): NtStatus | undefined;
}

function complete(ddk: Ddk, irp: Address, status: NtStatus): NtStatus {
  ddk.memory.writeU32(irp + IRP.offset["IoStatus.Status"], status);
  ddk.memory.writePointer(irp + IRP.offset["IoStatus.Information"], 0);
  ddk.IoCompleteRequest(irp, IO_NO_INCREMENT);
  return status;
}

function allocate(ddk: Ddk): Address {
  return ddk.ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, TAG);
}

function spin(): never {
  for (;;) {
    // A compiled driver at DISPATCH_LEVEL would hold its processor just so.
  }
}

export const mistakes: Readonly<Record<string, Mistake>> = {
  throw: {
    lesson: "Raises an exception that nobody handles: KMODE_EXCEPTION_NOT_HANDLED.",
    make: () => {
      throw new TypeError("the driver threw an exception");
    },
  },
  "null-pointer": {
    lesson: "Reads through a NULL pointer: a page fault at address 0 in kernel mode.",
    make: (ddk) => {
      ddk.memory.readU32(0);
      return undefined;
    },
  },
  "complete-twice": {
    lesson: "Completes an IRP that it has completed already: MULTIPLE_IRP_COMPLETE_REQUESTS.",
    make: (ddk, _device, irp) => {
      complete(ddk, irp, STATUS_SUCCESS);
      return complete(ddk, irp, STATUS_SUCCESS);
    },
  },
  "never-complete": {
    lesson:
      "Marks the IRP pending and forgets it: the caller waits for ever, and the request stays in the pending list.",
    make: (ddk, _device, irp) => {
      ddk.IoMarkIrpPending(irp);
      return STATUS_PENDING;
    },
  },
  "pending-unmarked": {
    lesson: "Returns STATUS_PENDING without IoMarkIrpPending: undefined in NT, reported here.",
    make: () => STATUS_PENDING,
  },
  "delete-twice": {
    lesson: "Deletes a device object that it has deleted already.",
    make: (ddk, device) => {
      const driver = ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DriverObject);
      const scratch = ddk.IoCreateDevice(driver, 0, undefined, FILE_DEVICE_UNKNOWN, 0, false);
      ddk.IoDeleteDevice(scratch.deviceObject);
      ddk.IoDeleteDevice(scratch.deviceObject);
      return undefined;
    },
  },
  "free-twice": {
    lesson: "Frees a pool block twice: BAD_POOL_CALLER.",
    make: (ddk) => {
      const block = allocate(ddk);
      ddk.ExFreePoolWithTag(block, TAG);
      ddk.ExFreePoolWithTag(block, TAG);
      return undefined;
    },
  },
  overrun: {
    lesson: "Writes past the end of a pool block, over the next block's header; noticed when the block is freed.",
    make: (ddk) => {
      const block = allocate(ddk);
      ddk.memory.writeBytes(block, new Uint8Array(64 + POINTER_BYTES * 2).fill(0x41));
      ddk.ExFreePoolWithTag(block, TAG);
      return undefined;
    },
  },
  leak: {
    lesson: "Allocates pool and creates a device that it never gives back: reported when the driver is unloaded.",
    make: (ddk, device) => {
      const driver = ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DriverObject);
      allocate(ddk);
      ddk.IoCreateDevice(driver, 0, undefined, FILE_DEVICE_UNKNOWN, 0, false);
      return undefined;
    },
  },
  flood: {
    lesson: "Prints 100 MB: the log keeps up or says what it lost.",
    make: (ddk) => {
      for (let line = 0; line < FLOOD_LINES; line += 1) ddk.DbgPrint("%s", FLOOD_LINE);
      return undefined;
    },
  },
  "loop-forever": {
    lesson: "Never returns: the engine stops answering, and the window offers to restart it.",
    make: () => spin(),
  },
};

function create(ddk: Ddk, device: Address, irp: Address): NtStatus {
  const location = ddk.IoGetCurrentIrpStackLocation(irp);
  const file = ddk.memory.readPointer(location + IO_STACK_LOCATION.offset.FileObject);
  const name = ddk.unicodeString(file + FILE_OBJECT.offset.FileName).replace(/^\\/, "");
  if (name === "") return complete(ddk, irp, STATUS_SUCCESS);
  const mistake = Object.hasOwn(mistakes, name) ? mistakes[name] : undefined;
  if (mistake === undefined) return complete(ddk, irp, STATUS_OBJECT_NAME_NOT_FOUND);
  return mistake.make(ddk, device, irp) ?? complete(ddk, irp, STATUS_SUCCESS);
}

function setMajorFunction(ddk: Ddk, driverObject: Address, major: number, routine: Address): void {
  ddk.memory.writePointer(driverObject + DRIVER_OBJECT.offset.MajorFunction + major * POINTER_BYTES, routine);
}

export const mistakesDriver: DriverEntry = (ddk, driverObject) => {
  const made = ddk.IoCreateDevice(driverObject, 0, DEVICE, FILE_DEVICE_UNKNOWN, 0, false);
  if (made.status !== STATUS_SUCCESS) return made.status;
  const flags = made.deviceObject + DEVICE_OBJECT.offset.Flags;
  ddk.memory.writeU32(flags, ddk.memory.readU32(flags) | DO_BUFFERED_IO);
  const linked = ddk.IoCreateSymbolicLink(LINK, DEVICE);
  if (linked !== STATUS_SUCCESS) {
    ddk.IoDeleteDevice(made.deviceObject);
    return linked;
  }
  const dispatchCreate = ddk.routine("DispatchCreate", (device = 0, irp = 0) => create(ddk, device, irp));
  const dispatchClose = ddk.routine("DispatchClose", (_device = 0, irp = 0) => complete(ddk, irp, STATUS_SUCCESS));
  setMajorFunction(ddk, driverObject, IRP_MJ_CREATE, dispatchCreate);
  setMajorFunction(ddk, driverObject, IRP_MJ_CLEANUP, dispatchClose);
  setMajorFunction(ddk, driverObject, IRP_MJ_CLOSE, dispatchClose);
  const unload = ddk.routine("DriverUnload", () => {
    ddk.IoDeleteSymbolicLink(LINK);
    ddk.IoDeleteDevice(made.deviceObject);
    return undefined;
  });
  ddk.memory.writePointer(driverObject + DRIVER_OBJECT.offset.DriverUnload, unload);
  return STATUS_SUCCESS;
};
