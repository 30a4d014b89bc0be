/** Cancel-safe queues, with a driver's list and lock as the documentation writes them. */
import { describe, expect, it } from "vitest";
import { IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { FILE_FLAG_OVERLAPPED } from "../nt/win32";
import { loadDdkDevice } from "./testDdkDevice";

const { STATUS_CANCELLED, STATUS_DEVICE_BUSY, STATUS_PENDING, STATUS_SUCCESS } = codes;
const { ListEntry: LIST_ENTRY, Cancel: CANCEL } = IRP.offset;

/** Reads go into the queue; `most` of an extended queue are taken. */
function queueRig(options: { extended?: boolean; most?: number; withContext?: boolean } = {}) {
  const made = loadDdkDevice();
  const { ddk, kernel, driver, memory, routine, test } = made;
  const [csq, head, lock] = [memory(), memory(), memory()];
  let queued = 0;
  ddk.InitializeListHead(head);
  ddk.KeInitializeSpinLock(lock);
  const routines = {
    insertIrp: routine((_csq = 0, irp = 0, _insertContext = 0) => {
      if (queued >= (options.most ?? 100)) return STATUS_DEVICE_BUSY;
      queued += 1;
      ddk.InsertTailList(head, irp + LIST_ENTRY);
      return STATUS_SUCCESS;
    }),
    removeIrp: routine((_csq = 0, irp = 0) => {
      queued -= 1;
      ddk.RemoveEntryList(irp + LIST_ENTRY);
      return undefined;
    }),
    peekNextIrp: routine((_csq = 0, irp = 0, file = 0) => {
      let entry = kernel.mem.readPointer(irp === 0 ? head : irp + LIST_ENTRY);
      const fileOf = (at: number) => kernel.mem.readPointer(at - LIST_ENTRY + IRP.offset.OriginalFileObject);
      while (entry !== head && file !== 0 && fileOf(entry) !== file) entry = kernel.mem.readPointer(entry);
      return entry === head ? 0 : entry - LIST_ENTRY;
    }),
    acquireLock: routine((_csq = 0, irql = 0) => {
      kernel.mem.writeU8(irql, ddk.KeAcquireSpinLock(lock));
      return undefined;
    }),
    releaseLock: routine((_csq = 0, irql = 0) => {
      ddk.KeReleaseSpinLock(lock, irql);
      return undefined;
    }),
    completeCanceledIrp: routine((_csq = 0, irp = 0) => {
      driver.complete(irp, STATUS_CANCELLED);
      return undefined;
    }),
  };
  if (options.extended) ddk.IoCsqInitializeEx(csq, routines);
  else ddk.IoCsqInitialize(csq, routines);
  const context = memory();
  driver.handle(IRP_MJ_READ, (_device, irp) => {
    if (!options.extended) ddk.IoCsqInsertIrp(csq, irp, options.withContext ? context : 0);
    else {
      const status = ddk.IoCsqInsertIrpEx(csq, irp, 0, 0);
      if (status !== STATUS_SUCCESS) return driver.complete(irp, status);
    }
    return STATUS_PENDING;
  });
  const open = () => {
    const parameters = { desiredAccess: 0xc000_0000, flagsAndAttributes: FILE_FLAG_OVERLAPPED };
    const opened = test.user(() => kernel.win32.CreateFileW("\\\\.\\X", parameters));
    return opened.pending ? 0 : opened.handle;
  };
  const ends: number[] = [];
  const read = (handle: number) => {
    const outcome = test.user(() => kernel.files.NtReadFile(handle, 0, 0, 0));
    if (outcome.pending) outcome.whenDone(({ status }) => ends.push(status));
    else ends.push(outcome.status);
  };
  return { ...made, csq, context, open, ends, read, count: () => queued };
}

describe("cancel-safe queues", () => {
  it("hand out what fits, in order, and leave the rest", () => {
    const { ddk, csq, open, read, ends, run, driver, kernel, test, count } = queueRig();
    const [first, second] = [open(), open()];
    for (const handle of [first, second, first]) read(handle);
    expect([count(), ends]).toEqual([3, []]);
    const file = test.user(() => kernel.ob.ObReferenceObjectByHandle(second, 0, undefined)).object;
    run(() => driver.complete(ddk.IoCsqRemoveNextIrp(csq, file), STATUS_SUCCESS));
    expect(run(() => ddk.IoCsqRemoveNextIrp(csq, file))).toBe(0);
    expect([count(), ends]).toEqual([2, [STATUS_SUCCESS]]);
  });

  it("case 83: cancel what is in them, once, without the cancel lock left behind", () => {
    const { open, read, ends, kernel, test, count } = queueRig();
    const handle = open();
    read(handle);
    read(handle);
    expect(test.user(() => kernel.files.NtCancelIoFileEx(handle))).toBe(STATUS_SUCCESS);
    expect([count(), ends]).toEqual([0, [STATUS_CANCELLED, STATUS_CANCELLED]]);
    expect([kernel.io.cancel.isLocked, kernel.ke.irql, test.rules()]).toEqual([false, 0, []]);
  });

  it("cancel one at once that was cancelled before it came", () => {
    const { ddk, csq, routine, kernel, run, count } = queueRig();
    const irp = ddk.IoAllocateIrp(1);
    const back: number[] = [];
    const completion = routine((_device = 0, _irp = 0, context = 0) => {
      back.push(context);
      return codes.STATUS_MORE_PROCESSING_REQUIRED;
    });
    ddk.IoSetCompletionRoutine(irp, completion, 4, true, true, true);
    // As the driver of the one location.
    kernel.mem.writeU8(irp + IRP.offset.CurrentLocation, 1);
    kernel.mem.writePointer(irp + IRP.offset.CurrentStackLocation, ddk.IoGetNextIrpStackLocation(irp));
    kernel.mem.writeU8(irp + CANCEL, 1);
    run(() => ddk.IoCsqInsertIrp(csq, irp));
    expect([count(), back]).toEqual([0, [4]]);
  });

  it("find one by its context until it has left", () => {
    const { ddk, csq, context, open, read, ends, run, driver } = queueRig({ withContext: true });
    const handle = open();
    read(handle);
    const irp = run(() => ddk.IoCsqRemoveIrp(csq, context));
    expect(irp).not.toBe(0);
    expect(run(() => ddk.IoCsqRemoveIrp(csq, context))).toBe(0);
    run(() => driver.complete(irp, STATUS_SUCCESS));
    expect(ends).toEqual([STATUS_SUCCESS]);
  });

  it("refuse with what the driver's CsqInsertIrpEx answers", () => {
    const { open, read, ends, count } = queueRig({ extended: true, most: 1 });
    const handle = open();
    read(handle);
    read(handle);
    expect([count(), ends]).toEqual([1, [STATUS_DEVICE_BUSY]]);
  });
});

describe("the cancel spin lock", () => {
  it("taken twice stops the machine, as does giving it back twice", () => {
    for (const acquire of [true, false]) {
      const { ddk, kernel } = loadDdkDevice();
      const { bugcheck } = kernel.enter(() => {
        const irql = ddk.IoAcquireCancelSpinLock();
        if (acquire) ddk.IoAcquireCancelSpinLock();
        ddk.IoReleaseCancelSpinLock(irql);
        ddk.IoReleaseCancelSpinLock(irql);
      });
      expect(bugcheck?.name).toBe(acquire ? "SPIN_LOCK_ALREADY_OWNED" : "SPIN_LOCK_NOT_OWNED");
    }
  });
});
