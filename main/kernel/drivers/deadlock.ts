/**
 * `\Device\Deadlock`: two requests that wait for each other for ever. Who opens `\\.\Deadlock\a` takes mutex A and then
 * mutex B, who opens `\\.\Deadlock\b` takes B and then A: "lock ordering", the oldest mistake with two locks. One of them
 * alone goes well. Between its two mutexes each does five seconds of work, which leaves time to open the other; in a real
 * driver that gap lasts microseconds, and the deadlock comes once a month.
 * Source: "Introduction to Mutex Objects" (Windows Driver Kit): all threads must acquire them in the same order.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { structure } from "../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine } from "../ke/call";
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

const LINK = "\\??\\Deadlock";
/** In 100 ns, below 0: from now. */
const FIVE_SECONDS = -50_000_000n;

const DEVICE_DATA = structure("DEADLOCK_DATA", KMUTANT.size * 2, {
  MutexA: [0x0, KMUTANT, "taken first by \\\\.\\Deadlock\\a"],
  MutexB: [KMUTANT.size, KMUTANT, "taken first by \\\\.\\Deadlock\\b"],
});

/** The name below the device that the file is opened with. */
function nameBelow(ddk: Ddk, irp: Address): string {
  const location = ddk.IoGetCurrentIrpStackLocation(irp);
  const file = ddk.memory.readPointer(location + IO_STACK_LOCATION.offset.FileObject);
  return ddk.unicodeString(file + FILE_OBJECT.offset.FileName).toLowerCase();
}

function* create(ddk: Ddk, device: Address, irp: Address): Coroutine<NtStatus> {
  const data = ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceExtension);
  const [a, b] = [data + DEVICE_DATA.offset.MutexA, data + DEVICE_DATA.offset.MutexB];
  const name = nameBelow(ddk, irp);
  if (name === "") return completeIrp(ddk, irp, STATUS_SUCCESS);
  if (name !== "\\a" && name !== "\\b") return completeIrp(ddk, irp, STATUS_OBJECT_NAME_NOT_FOUND);
  const [first, second] = name === "\\a" ? [a, b] : [b, a];
  yield* ddk.KeWaitForSingleObject(first);
  ddk.DbgPrint("%ws has its first mutex and works for five seconds\n", name);
  yield* ddk.KeDelayExecutionThread(FIVE_SECONDS);
  yield* ddk.KeWaitForSingleObject(second);
  ddk.DbgPrint("%ws has both mutexes\n", name);
  ddk.KeReleaseMutex(second);
  ddk.KeReleaseMutex(first);
  return completeIrp(ddk, irp, STATUS_SUCCESS);
}

export const deadlockDriver: DriverEntry = (ddk, driver) => {
  succeedOpenAndClose(ddk, driver, "DeadlockClose");
  const dispatch = dispatchRoutine(ddk, "DeadlockCreate", (device, irp) => create(ddk, device, irp));
  setMajorFunction(ddk, driver, IRP_MJ_CREATE, dispatch);
  setUnload(ddk, driver, "DeadlockUnload", (object) => deleteNamedDevice(ddk, object, LINK));
  const made = createNamedDevice(ddk, driver, {
    deviceName: "\\Device\\Deadlock",
    linkName: LINK,
    extensionSize: DEVICE_DATA.size,
  });
  if (!NT_SUCCESS(made.status)) return made.status;
  const data = ddk.memory.readPointer(made.deviceObject + DEVICE_OBJECT.offset.DeviceExtension);
  ddk.KeInitializeMutex(data + DEVICE_DATA.offset.MutexA);
  ddk.KeInitializeMutex(data + DEVICE_DATA.offset.MutexB);
  return STATUS_SUCCESS;
};
