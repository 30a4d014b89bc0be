/**
 * The driver of "Writing Device Drivers, Part 3: Contexts and Pools" (Toby Opferman): "poor man's pipes". Whoever opens
 * `\\.\Example\NAME` shares one circular buffer with everyone else who opened the same NAME, in whatever case. The device
 * extension is the device context, the list entry in FILE_OBJECT.FsContext the resource context. The same as
 * poorMansPipes.c of the drivers in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CLOSE, IRP_MJ_CREATE, IRP_MJ_READ, IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_INSUFFICIENT_RESOURCES, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { NonPagedPool } from "../../../native-bindings/abi/poolTypes";
import { structure } from "../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine } from "../ke/call";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { putInCircle, takeFromCircle } from "./circularBuffer";
import { completeIrp } from "./completeIrp";
import { createNamedDevice, deleteNamedDevice, dispatchRoutine, setMajorFunction, setUnload } from "./namedDevice";

const LINK = "\\DosDevices\\Example";
const PIPE_POOL_TAG = "Pipe";
const NORMAL_PAGE_PRIORITY = 16;

/** One NAME, whose text follows it in the same block. In non-paged pool because of its KMUTEX. */
const PIPE = structure("PIPE", 0x1060, {
  Next: [0x0, "pointer", "next pipe, or NULL"],
  RefCount: [0x8, "u32", "files that are open on it"],
  NameLength: [0xc, "u32", "bytes of its name"],
  Mutex: [0x10, KMUTANT, "KMUTEX around the buffer"],
  Buffer: [0x48, "u32", "CIRCULAR_BUFFER: Start, Used, 4096 bytes"],
});
const DEVICE_CONTEXT = structure("DEVICE_CONTEXT", 0x40, {
  ListMutex: [0x0, KMUTANT, "KMUTEX around the list"],
  Pipes: [0x38, "pointer", "first PIPE, or NULL"],
});
const { Next: NEXT, RefCount: REF_COUNT, NameLength: NAME_LENGTH, Mutex: MUTEX, Buffer: BUFFER } = PIPE.offset;
const { ListMutex: LIST_MUTEX, Pipes: PIPES } = DEVICE_CONTEXT.offset;
const FS_CONTEXT = FILE_OBJECT.offset.FsContext;

function contextOf(ddk: Ddk, device: Address): Address {
  return ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceExtension);
}

function fileOf(ddk: Ddk, irp: Address): Address {
  return ddk.memory.readPointer(ddk.IoGetCurrentIrpStackLocation(irp) + IO_STACK_LOCATION.offset.FileObject);
}

/** Runs one at a time, whatever thread comes: the others wait. */
function* locked<T>(ddk: Ddk, mutex: Address, action: () => T): Coroutine<T> {
  yield* ddk.KeWaitForMutexObject(mutex);
  const result = action();
  ddk.KeReleaseMutex(mutex, false);
  return result;
}

function nameOf({ memory }: Ddk, pipe: Address): string {
  const length = memory.readU32(pipe + NAME_LENGTH);
  let name = "";
  for (let at = 0; at < length; at += 2) name += String.fromCharCode(memory.readU16(pipe + PIPE.size + at));
  return name;
}

function findPipe(ddk: Ddk, context: Address, name: string): Address {
  const { memory } = ddk;
  for (let pipe = memory.readPointer(context + PIPES); pipe !== 0; pipe = memory.readPointer(pipe + NEXT)) {
    if (ddk.RtlCompareUnicodeString(nameOf(ddk, pipe), name, true) === 0) return pipe;
  }
  return 0;
}

function addPipe(ddk: Ddk, context: Address, name: string): Address {
  const { memory } = ddk;
  const pipe = ddk.ExAllocatePoolWithTag(NonPagedPool, PIPE.size + name.length * 2, PIPE_POOL_TAG);
  if (pipe === 0) return 0;
  ddk.RtlZeroMemory(pipe, PIPE.size);
  ddk.KeInitializeMutex(pipe + MUTEX, 0);
  memory.writeU32(pipe + NAME_LENGTH, name.length * 2);
  for (let at = 0; at < name.length; at += 1) memory.writeU16(pipe + PIPE.size + at * 2, name.charCodeAt(at));
  memory.writePointer(pipe + NEXT, memory.readPointer(context + PIPES));
  memory.writePointer(context + PIPES, pipe);
  return pipe;
}

function* create(ddk: Ddk, device: Address, irp: Address): Coroutine<NtStatus> {
  const { memory } = ddk;
  const context = contextOf(ddk, device);
  const file = fileOf(ddk, irp);
  const name = ddk.unicodeString(file + FILE_OBJECT.offset.FileName);
  const pipe = yield* locked(ddk, context + LIST_MUTEX, () => {
    const found = findPipe(ddk, context, name) || addPipe(ddk, context, name);
    if (found === 0) return 0;
    memory.writeU32(found + REF_COUNT, memory.readU32(found + REF_COUNT) + 1);
    memory.writePointer(file + FS_CONTEXT, found);
    return found;
  });
  return completeIrp(ddk, irp, pipe === 0 ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
}

/** The last one who goes takes the buffer and what is left in it along. */
function* close(ddk: Ddk, device: Address, irp: Address): Coroutine<NtStatus> {
  const { memory } = ddk;
  const context = contextOf(ddk, device);
  const pipe = memory.readPointer(fileOf(ddk, irp) + FS_CONTEXT);
  yield* locked(ddk, context + LIST_MUTEX, () => {
    const count = memory.readU32(pipe + REF_COUNT) - 1;
    memory.writeU32(pipe + REF_COUNT, count);
    if (count > 0) return;
    let link = context + PIPES;
    while (memory.readPointer(link) !== pipe) link = memory.readPointer(link) + NEXT;
    memory.writePointer(link, memory.readPointer(pipe + NEXT));
    ddk.ExFreePoolWithTag(pipe, PIPE_POOL_TAG);
  });
  return completeIrp(ddk, irp, STATUS_SUCCESS);
}

function* readWrite(ddk: Ddk, irp: Address): Coroutine<NtStatus> {
  const { memory } = ddk;
  const stack = ddk.IoGetCurrentIrpStackLocation(irp);
  const pipe = memory.readPointer(fileOf(ddk, irp) + FS_CONTEXT);
  const isRead = memory.readU8(stack) === IRP_MJ_READ;
  const mdl = memory.readPointer(irp + IRP.offset.MdlAddress);
  // Nothing to move, no MDL.
  if (mdl === 0) return completeIrp(ddk, irp, STATUS_SUCCESS);
  const bytes = ddk.MmGetSystemAddressForMdlSafe(mdl, NORMAL_PAGE_PRIORITY);
  if (bytes === 0) return completeIrp(ddk, irp, STATUS_INSUFFICIENT_RESOURCES);
  const length = ddk.MmGetMdlByteCount(mdl);
  const move = isRead ? takeFromCircle : putInCircle;
  const moved = yield* locked(ddk, pipe + MUTEX, () => move(memory, pipe + BUFFER, bytes, length));
  return completeIrp(ddk, irp, STATUS_SUCCESS, moved);
}

export const poorMansPipesDriver: DriverEntry = (ddk, driver) => {
  const set = (major: number, name: string, dispatch: (device: Address, irp: Address) => Coroutine<NtStatus>) =>
    setMajorFunction(ddk, driver, major, dispatchRoutine(ddk, name, dispatch));
  set(IRP_MJ_CREATE, "PipesCreate", (device, irp) => create(ddk, device, irp));
  set(IRP_MJ_CLOSE, "PipesClose", (device, irp) => close(ddk, device, irp));
  set(IRP_MJ_READ, "PipesRead", (_device, irp) => readWrite(ddk, irp));
  set(IRP_MJ_WRITE, "PipesWrite", (_device, irp) => readWrite(ddk, irp));
  setUnload(ddk, driver, "PipesUnload", (object) => deleteNamedDevice(ddk, object, LINK));
  const made = createNamedDevice(ddk, driver, {
    deviceName: "\\Device\\Example",
    linkName: LINK,
    extensionSize: DEVICE_CONTEXT.size,
    ioFlags: DO_DIRECT_IO,
  });
  if (!NT_SUCCESS(made.status)) return made.status;
  const context = contextOf(ddk, made.deviceObject);
  ddk.KeInitializeMutex(context + LIST_MUTEX, 0);
  ddk.memory.writePointer(context + PIPES, 0);
  return STATUS_SUCCESS;
};
