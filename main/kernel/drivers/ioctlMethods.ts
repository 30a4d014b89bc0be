/**
 * `\Device\IoctlMethods`: one control code for each way of passing buffers (wdm.h, METHOD_xxx). Each gives its input back
 * reversed; METHOD_IN_DIRECT, whose second buffer is input too, prints what it was given instead. The same as
 * ioctlMethods.c of the drivers in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_UNKNOWN } from "../../../native-bindings/abi/deviceTypes";
import {
  CTL_CODE,
  FILE_ANY_ACCESS,
  METHOD_BUFFERED,
  METHOD_IN_DIRECT,
  METHOD_NEITHER,
  METHOD_OUT_DIRECT,
} from "../../../native-bindings/abi/ioctl";
import { IRP_MJ_DEVICE_CONTROL } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_USER_BUFFER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { completeIrp } from "./completeIrp";
import {
  createNamedDevice,
  deleteNamedDevice,
  dispatchRoutine,
  setMajorFunction,
  setUnload,
  succeedOpenAndClose,
} from "./namedDevice";

const LINK = "\\??\\IoctlMethods";
const FIRST_FUNCTION = 0x800;
const NORMAL_PAGE_PRIORITY = 16;

const {
  "Parameters.DeviceIoControl.OutputBufferLength": OUTPUT_LENGTH,
  "Parameters.DeviceIoControl.InputBufferLength": INPUT_LENGTH,
  "Parameters.DeviceIoControl.IoControlCode": CODE,
  "Parameters.DeviceIoControl.Type3InputBuffer": TYPE3_INPUT_BUFFER,
} = IO_STACK_LOCATION.offset;

function IOCTL_REVERSE(method: number): number {
  return CTL_CODE(FILE_DEVICE_UNKNOWN, FIRST_FUNCTION + method, method, FILE_ANY_ACCESS);
}

/** By way of a copy, so that input and output may be one buffer. */
function reverse(
  ddk: Ddk,
  irp: Address,
  input: Address,
  inputLength: number,
  output: Address,
  outputLength: number,
): NtStatus {
  if (outputLength < inputLength) return completeIrp(ddk, irp, STATUS_BUFFER_TOO_SMALL);
  const { memory } = ddk;
  memory.writeBytes(output, memory.readBytes(input, inputLength).reverse());
  return completeIrp(ddk, irp, STATUS_SUCCESS, inputLength);
}

function sum(ddk: Ddk, bytes: Address, length: number): number {
  let total = 0;
  for (let at = 0; at < length; at += 1) total += ddk.memory.readU8(bytes + at);
  return total;
}

function control(ddk: Ddk, irp: Address): NtStatus {
  const { memory } = ddk;
  const stack = ddk.IoGetCurrentIrpStackLocation(irp);
  const inputLength = memory.readU32(stack + INPUT_LENGTH);
  const outputLength = memory.readU32(stack + OUTPUT_LENGTH);
  const system = memory.readPointer(irp + IRP.offset.SystemBuffer);
  // No second buffer, no MDL.
  const mdl = memory.readPointer(irp + IRP.offset.MdlAddress);
  const direct = mdl === 0 ? 0 : ddk.MmGetSystemAddressForMdlSafe(mdl, NORMAL_PAGE_PRIORITY);

  switch (memory.readU32(stack + CODE)) {
    case IOCTL_REVERSE(METHOD_BUFFERED):
      return reverse(ddk, irp, system, inputLength, system, outputLength);
    case IOCTL_REVERSE(METHOD_IN_DIRECT): {
      if (direct === 0) return completeIrp(ddk, irp, STATUS_INVALID_USER_BUFFER);
      const sums = [sum(ddk, system, inputLength), sum(ddk, direct, outputLength)] as const;
      const format = "in direct: %u bytes with sum %u, then %u bytes with sum %u\n";
      ddk.DbgPrint(format, inputLength, sums[0], outputLength, sums[1]);
      return completeIrp(ddk, irp, STATUS_SUCCESS);
    }
    case IOCTL_REVERSE(METHOD_OUT_DIRECT):
      if (direct === 0) return completeIrp(ddk, irp, STATUS_INVALID_USER_BUFFER);
      return reverse(ddk, irp, system, inputLength, direct, outputLength);
    case IOCTL_REVERSE(METHOD_NEITHER): {
      // Bare user addresses, used as they are: a bad one stops the machine. A real driver probes them inside __try.
      const input = memory.readPointer(stack + TYPE3_INPUT_BUFFER);
      const output = memory.readPointer(irp + IRP.offset.UserBuffer);
      return reverse(ddk, irp, input, inputLength, output, outputLength);
    }
    default:
      return completeIrp(ddk, irp, STATUS_INVALID_DEVICE_REQUEST);
  }
}

export const ioctlMethodsDriver: DriverEntry = (ddk, driver) => {
  succeedOpenAndClose(ddk, driver, "MethodsOpenClose");
  const methodsControl = dispatchRoutine(ddk, "MethodsControl", (_device, irp) => control(ddk, irp));
  setMajorFunction(ddk, driver, IRP_MJ_DEVICE_CONTROL, methodsControl);
  setUnload(ddk, driver, "MethodsUnload", (object) => deleteNamedDevice(ddk, object, LINK));
  return createNamedDevice(ddk, driver, { deviceName: "\\Device\\IoctlMethods", linkName: LINK }).status;
};
