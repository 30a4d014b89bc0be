/**
 * The article's `device_operations`: two function pointers that know the type of a device's data. One table a type, made
 * when its first device is, in pool (in Rust it is a constant of the image); the DeviceExtension points to it.
 * Source: "Windows Drivers in Rust: Creating Devices", sections "Associating User Data" and "Handling Userspace Operations".
 */

import type { Address } from "../../../../native-bindings/abi/address";
import {
  IRP_MJ_CLEANUP,
  IRP_MJ_CLOSE,
  IRP_MJ_CREATE,
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../../native-bindings/abi/ntstatus/codes";
import { POOL_FLAG_NON_PAGED } from "../../../../native-bindings/abi/poolTypes";
import type { Coroutine, MayWait } from "../../ke/call";
import type { Ddk, NtStatus } from "../ddk";
import { type Boxes, boxesOf, dropBox, RUST_POOL_TAG } from "./boxes";
import { Device } from "./device";
import { DEVICE_EXTENSION, DEVICE_OPERATIONS, dataOf, extensionOf } from "./deviceExtension";
import type { DeviceOperations } from "./deviceOperations";
import { ControlRequest, IoRequest, ReadRequest, WriteRequest } from "./ioRequest";
import { NtError } from "./ntError";

function callOperation(
  ddk: Ddk,
  data: DeviceOperations,
  device: Device,
  irp: Address,
  major: number,
): Coroutine<void> | void {
  if (major === IRP_MJ_CREATE) return data.create(device, new IoRequest(ddk, irp));
  if (major === IRP_MJ_CLOSE) return data.close(device, new IoRequest(ddk, irp));
  if (major === IRP_MJ_CLEANUP) return data.cleanup(device, new IoRequest(ddk, irp));
  if (major === IRP_MJ_READ) return data.read(device, new ReadRequest(ddk, irp));
  if (major === IRP_MJ_WRITE) return data.write(device, new WriteRequest(ddk, irp));
  if (major === IRP_MJ_DEVICE_CONTROL) return data.control(device, new ControlRequest(ddk, irp));
  // The article completes here and again where it looks at the result; once is what it means.
  throw NtError.INVALID_PARAMETER;
}

/** `dispatch_callback::<T>`. */
function dispatch(ddk: Ddk, boxes: Boxes, rawDevice: Address, irp: Address, major: number): MayWait<NtStatus> {
  const device = new Device(ddk, rawDevice);
  try {
    const data = dataOf(ddk, boxes, rawDevice);
    if (data === undefined) throw NtError.INVALID_DEVICE_REQUEST;
    const operation = callOperation(ddk, data, device, irp, major);
    return operation === undefined ? STATUS_SUCCESS : finish(ddk, operation, irp);
  } catch (error) {
    return fail(ddk, irp, error);
  }
}

/** An operation that is a `function*`: the request is completed when it says so, however long it waits. */
function* finish(ddk: Ddk, operation: Coroutine<void>, irp: Address): Coroutine<NtStatus> {
  try {
    yield* operation;
    return STATUS_SUCCESS;
  } catch (error) {
    return fail(ddk, irp, error);
  }
}

function fail(ddk: Ddk, irp: Address, error: unknown): NtStatus {
  if (!(error instanceof NtError)) throw error;
  new IoRequest(ddk, irp).complete(error);
  return error.toStatus();
}

/** `release_callback::<T>`: clears the pointer first, so that nothing reaches the data while it is dropped. */
function release(ddk: Ddk, device: Address): void {
  const slot = extensionOf(ddk, device) + DEVICE_EXTENSION.offset.data;
  const box = ddk.memory.readPointer(slot);
  ddk.memory.writePointer(slot, 0);
  if (box !== 0) dropBox(ddk, box);
}

const vtables = new WeakMap<Ddk, Map<string, Address>>();

/**
 * `&DeviceOperationsVtable::<T>::VTABLE` for the class of `data`.
 * @throws NtError.INSUFFICIENT_RESOURCES
 */
export function vtableFor(ddk: Ddk, data: DeviceOperations): Address {
  const tables = vtables.get(ddk) ?? new Map<string, Address>();
  vtables.set(ddk, tables);
  const type = data.constructor.name || "anonymous";
  const known = tables.get(type);
  if (known !== undefined) return known;
  const table = ddk.ExAllocatePool2(POOL_FLAG_NON_PAGED, DEVICE_OPERATIONS.size, RUST_POOL_TAG);
  if (table === 0) throw NtError.INSUFFICIENT_RESOURCES;
  const { memory } = ddk;
  const boxes = boxesOf(ddk);
  memory.writePointer(
    table + DEVICE_OPERATIONS.offset.dispatch,
    ddk.routine(`dispatch_callback<${type}>`, (device = 0, irp = 0, major = 0) =>
      dispatch(ddk, boxes, device, irp, major),
    ),
  );
  memory.writePointer(
    table + DEVICE_OPERATIONS.offset.release,
    ddk.routine(`release_callback<${type}>`, (device = 0) => {
      release(ddk, device);
      return undefined;
    }),
  );
  tables.set(type, table);
  return table;
}

/** Frees the tables when the driver goes: what is a constant of the image goes with the image. */
export function freeVtables(ddk: Ddk): void {
  for (const table of vtables.get(ddk)?.values() ?? []) ddk.ExFreePoolWithTag(table, RUST_POOL_TAG);
  vtables.delete(ddk);
}
