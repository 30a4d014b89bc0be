/** An IRP that a driver has now. Source: WinDbg's !irp, whose parts these are. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { LiveIrp, LiveIrpLocation } from "../../machine/liveIrp";
import type { IrpRecord } from "../io/irpRecord";
import type { KernelParts } from "./kernelParts";

const field = IRP.offset;
const at = IO_STACK_LOCATION.offset;
const PARAMETERS = at["Parameters.Read.Length"];
const PARAMETER_COUNT = 4;
const POINTER_SIZE = 8;

export function liveIrp(parts: KernelParts, record: IrpRecord): LiveIrp {
  const { memory } = parts;
  const { irp, trace } = record;
  const pointer = (offset: number) => someAddress(memory.readPointer(irp + offset));
  const stackCount = memory.readU8(irp + field.StackCount);
  const current = memory.readU8(irp + field.CurrentLocation);
  return {
    address: addressToHex(irp),
    stackCount,
    currentLocation: current,
    currentStackLocation: addressToHex(memory.readPointer(irp + field.CurrentStackLocation)),
    mdl: pointer(field.MdlAddress),
    systemBuffer: pointer(field.SystemBuffer),
    thread: addressToHex(record.thread),
    cancelRoutine: symbolOf(parts, memory.readPointer(irp + field.CancelRoutine)),
    isCancelled: memory.readU8(irp + field.Cancel) !== 0,
    ...(trace === undefined ? {} : { number: trace.number }),
    locations: Array.from({ length: stackCount }, (_, index) => {
      const stack = irp + IRP.size + index * IO_STACK_LOCATION.size;
      return locationOf(parts, stack, index + 1, current);
    }),
  };
}

function locationOf(parts: KernelParts, stack: Address, location: number, current: number): LiveIrpLocation {
  const { memory, io } = parts;
  const major = memory.readU8(stack + at.MajorFunction);
  const device = memory.readPointer(stack + at.DeviceObject);
  const routine = memory.readPointer(stack + at.CompletionRoutine);
  return {
    location,
    isCurrent: location === current,
    major: majorFunctionName(major),
    majorCode: major,
    minorCode: memory.readU8(stack + at.MinorFunction),
    isUsed: location >= current,
    flags: memory.readU8(stack + at.Flags),
    control: memory.readU8(stack + at.Control),
    device: addressToHex(device),
    file: addressToHex(memory.readPointer(stack + at.FileObject)),
    completionRoutine: symbolOf(parts, routine),
    completionAddress: addressToHex(routine),
    context: addressToHex(memory.readPointer(stack + at.Context)),
    driver: io.driverNameOf(device) ?? "",
    parameters: Array.from({ length: PARAMETER_COUNT }, (_, index) => {
      const low = memory.readU32(stack + PARAMETERS + index * POINTER_SIZE);
      const high = memory.readU32(stack + PARAMETERS + index * POINTER_SIZE + 4);
      return `0x${hex(high)}${hex(low)}`;
    }),
  };
}

function hex(word: number): string {
  return word.toString(16).toUpperCase().padStart(8, "0");
}

function someAddress(address: Address): string {
  return address === 0 ? "" : addressToHex(address);
}

function symbolOf({ ke }: KernelParts, routine: Address): string {
  return routine === 0 ? "" : (ke.routines.nameOf(routine) ?? addressToHex(routine));
}
