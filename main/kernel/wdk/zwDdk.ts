/** System calls and object routines for drivers, bound to a kernel. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE, OBJ_OPENIF } from "../../../native-bindings/abi/objectAttributes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { asCall, type Call, type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import { NotificationEvent, SynchronizationEvent } from "../ke/dispatcherObjects";
import type { Kernel } from "../kernel";
import type { CreateDone } from "../nt/filesCreate";
import { type IoDone, type IoOutcome, type IoPending, requestDone } from "../nt/ioOutcome";
import { KernelMode, UserMode } from "../ob/caller";
import type { ObjectType } from "../ob/objectType";
import type { DdkObjects, DdkZw, ZwResult } from "./ddkZw";

const EVENT_ALL_ACCESS = 0x1f_0003;
/** Where in the body of an object its dispatcher header is; types without one can't be waited for. */
const waitable: ReadonlyMap<string, number> = new Map([
  ["Event", 0],
  ["Mutant", 0],
  ["Semaphore", 0],
  ["Timer", 0],
  ["Process", 0],
  ["Thread", 0],
  ["IoCompletion", 0],
  ["File", FILE_OBJECT.offset.Event],
]);

/** Waits until a request is over, in the current thread. */
function* later<Done extends IoDone, T>(
  pending: IoPending<Done>,
  name: string,
  result: (done: Done) => T,
): Coroutine<T> {
  return result(yield* requestDone(pending, KernelMode, name));
}

function zwResult({ status, information }: IoDone): ZwResult {
  return { status, information };
}

export function zwDdk(kernel: Kernel): DdkZw {
  const { ps, files, ob, io, ke, driverIo } = kernel;
  const isSynchronous = (handle: number): boolean => {
    const { status, object } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, KernelMode);
    if (status !== STATUS_SUCCESS) return false;
    const answer = driverIo.turns.isSynchronous(object);
    ob.ObDereferenceObject(object);
    return answer;
  };
  const send = (handle: number, routine: string, issue: () => IoOutcome): Call<ZwResult> => {
    const synchronous = isSynchronous(handle);
    const outcome = ps.asKernel(issue);
    if (!outcome.pending) return asCall<ZwResult>(zwResult(outcome));
    if (!synchronous) return asCall<ZwResult>({ status: STATUS_PENDING, information: 0 });
    return ke.awaiting(later(outcome, routine, zwResult));
  };
  return {
    ZwCreateFile: (attributes, parameters) => {
      const opened = ps.asKernel(() => files.NtCreateFile(attributes, parameters));
      const result = ({ status, handle, information }: CreateDone) => ({ status, handle, information });
      if (!opened.pending) return asCall<ReturnType<typeof result>>(result(opened));
      return ke.awaiting(later(opened, "ZwCreateFile", result));
    },
    ZwReadFile: (handle, buffer, length, byteOffset, end) =>
      send(handle, "ZwReadFile", () => files.NtReadFile(handle, buffer, length, byteOffset, end)),
    ZwWriteFile: (handle, buffer, length, byteOffset, end) =>
      send(handle, "ZwWriteFile", () => files.NtWriteFile(handle, buffer, length, byteOffset, end)),
    ZwDeviceIoControlFile: (handle, code, input, inputLength, output, outputLength, end) =>
      send(handle, "ZwDeviceIoControlFile", () =>
        files.NtDeviceIoControlFile(handle, { code, input, inputLength, output, outputLength }, end),
      ),
    ZwWaitForSingleObject: (handle, alertable, timeout) => asCall(wait(kernel, handle, alertable, timeout)),
    ZwClose: (handle) => ps.asKernel(() => ob.NtClose(handle)),
  };
}

function wait(
  { ob, ke, threading }: Kernel,
  handle: number,
  alertable: boolean,
  timeout: bigint | undefined,
): MayWait<number> {
  const { status, object } = ob.ObReferenceObjectByHandle(handle, 0, undefined, KernelMode);
  if (status !== STATUS_SUCCESS) return status;
  const offset = waitable.get(ob.typeOf(object).name);
  if (offset === undefined) {
    ob.ObDereferenceObject(object);
    return STATUS_OBJECT_TYPE_MISMATCH;
  }
  const waiting = threading.dispatcher.KeWaitForSingleObject(object + offset, { alertable, timeout });
  const release = () => void ob.ObDereferenceObject(object);
  if (isCoroutine(waiting)) return ke.awaiting(thenRelease(waiting, release));
  release();
  return waiting;
}

function* thenRelease(waiting: Coroutine<number>, release: () => void): Coroutine<number> {
  const status = yield* waiting;
  release();
  return status;
}

export function objectsDdk({ ob, ps, io, objects }: Kernel): DdkObjects {
  const typeOf = (address: Address): ObjectType | undefined =>
    address === 0 ? undefined : ob.types.all.find((type) => type.address === address);
  const address = (name: string): Address => ob.typeByName(name)?.address ?? 0;
  const event = (name: string, type: number) => {
    const attributes = { name, attributes: OBJ_CASE_INSENSITIVE | OBJ_OPENIF | OBJ_KERNEL_HANDLE };
    return ps.asKernel(() => {
      const made = objects.events.NtCreateEvent(EVENT_ALL_ACCESS, attributes, type, true);
      if (!NT_SUCCESS(made.status)) return { event: 0, handle: 0 };
      const { object } = ob.ObReferenceObjectByHandle(made.handle, 0, objects.events.type, KernelMode);
      // The handle alone keeps it.
      ob.ObDereferenceObject(object);
      return { event: object, handle: made.handle };
    });
  };
  return {
    IoFileObjectType: io.types.file.address,
    IoDriverObjectType: io.types.driver.address,
    IoDeviceObjectType: io.types.device.address,
    ExEventObjectType: objects.events.type.address,
    ExSemaphoreObjectType: objects.semaphores.type.address,
    PsProcessType: address("Process"),
    PsThreadType: address("Thread"),
    ObReferenceObjectByHandle: (handle, access, type, mode) => {
      const opened = ob.ObReferenceObjectByHandle(handle, access, typeOf(type), mode === 1 ? UserMode : KernelMode);
      return { status: opened.status, object: opened.object };
    },
    ObReferenceObjectByName: (name, attributes, type) =>
      ob.ObReferenceObjectByName(name, attributes, typeOf(type), KernelMode),
    ObReferenceObjectByPointer: (object, _access, type) => ob.ObReferenceObjectByPointer(object, typeOf(type)),
    ObOpenObjectByPointer: (object, attributes, access, type) =>
      ob.ObOpenObjectByPointer(object, attributes, access, typeOf(type), KernelMode),
    IoCreateNotificationEvent: (name) => event(name, NotificationEvent),
    IoCreateSynchronizationEvent: (name) => event(name, SynchronizationEvent),
  };
}
