/** Cases 72 to 75 and 84 of the project's NT facts: who waits, who is told, and how requests of one file follow each other. */
import { describe, expect, it } from "vitest";
import { FileCompletionInformation } from "../../../native-bindings/abi/informationClasses";
import { CTL_CODE, FILE_ANY_ACCESS, METHOD_NEITHER } from "../../../native-bindings/abi/ioctl";
import { IRP_MJ_DEVICE_CONTROL, IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { loadTestDevice } from "../io/testDevice";
import { readState } from "../ke/dispatcherObjects";
import { Later } from "../ke/later";
import { UserMode } from "../ob/caller";
import type { EndParameters } from "./endParameters";
import type { IoOutcome } from "./ioOutcome";
import { FILE_FLAG_OVERLAPPED } from "./win32";

const { STATUS_CANCELLED, STATUS_INVALID_PARAMETER, STATUS_PENDING, STATUS_SUCCESS, STATUS_UNSUCCESSFUL } = codes;
const ALL_ACCESS = 0x1f_0003;

/** Control codes are kept; the input length of METHOD_NEITHER says what the driver returns meanwhile. */
function fileRig() {
  const loaded = loadTestDevice();
  const { test, driver } = loaded;
  const { kernel } = test;
  const { mem, io, files } = kernel;
  const kept: number[] = [];
  driver.handle(IRP_MJ_READ, (_device, irp) => {
    io.IoMarkIrpPending(irp);
    const cancel = driver.routine((_target: number, cancelled: number) => {
      io.cancel.IoReleaseCancelSpinLock(mem.readU8(cancelled + IRP.offset.CancelIrql));
      driver.complete(cancelled, STATUS_CANCELLED);
    });
    io.cancel.IoSetCancelRoutine(irp, cancel);
    kept.push(irp);
    return STATUS_PENDING;
  });
  const open = (flagsAndAttributes: number) => {
    const opened = test.user(() =>
      kernel.win32.CreateFileW("\\\\.\\X", { desiredAccess: 0xc000_0000, flagsAndAttributes }),
    );
    if (opened.pending) throw new Error("pending");
    return opened.handle;
  };
  const fileOf = (handle: number) => {
    const { object } = test.user(() => kernel.ob.ObReferenceObjectByHandle(handle, 0, undefined));
    kernel.ob.ObDereferenceObject(object);
    return object;
  };
  const ends: (readonly [string, number])[] = [];
  const follow = (name: string, outcome: IoOutcome) => {
    if (outcome.pending) outcome.whenDone(({ status }) => ends.push([name, status]));
    else ends.push([name, outcome.status]);
    return outcome;
  };
  const read = (handle: number, name: string, end?: EndParameters, thread = test.thread) =>
    follow(
      name,
      kernel.ps.runAs(thread, UserMode, () => files.NtReadFile(handle, 0, 0, 0, end)),
    );
  const complete = (index: number, status: number = STATUS_SUCCESS, information = 0) =>
    kernel.enter(() => {
      io.cancel.IoSetCancelRoutine(kept[index] ?? 0, 0);
      driver.complete(kept[index] ?? 0, status, information);
    });
  const event = () => {
    const { handle } = test.user(() => kernel.objects.events.NtCreateEvent(ALL_ACCESS, undefined, 0, false));
    const { object } = test.user(() => kernel.ob.ObReferenceObjectByHandle(handle, 0, undefined));
    return { handle, object, isSet: () => readState(mem, object) !== 0 };
  };
  return { ...loaded, kernel, mem, kept, open, fileOf, ends, read, complete, event };
}

describe("a synchronous file", () => {
  it("takes one request at a time: the second waits until the first is over", () => {
    const { open, fileOf, read, complete, kept, ends, mem, test, kernel } = fileRig();
    const handle = open(0);
    const file = fileOf(handle);
    const second = kernel.ps.createThread(test.process);
    read(handle, "first");
    const waiting = read(handle, "second", undefined, second);
    expect([kept.length, waiting.pending && waiting.irp]).toEqual([1, 0]);
    expect(mem.readU32(file + FILE_OBJECT.offset.Busy)).toBe(1);
    expect(mem.readU32(file + FILE_OBJECT.offset.Waiters)).toBe(1);
    complete(0);
    expect([kept.length, ends]).toEqual([2, [["first", STATUS_SUCCESS]]]);
    expect(mem.readU32(file + FILE_OBJECT.offset.Waiters)).toBe(0);
    // In the name of the thread that asked.
    expect(mem.readPointer((kept[1] ?? 0) + IRP.offset.Thread)).toBe(second.object);
    complete(1, STATUS_UNSUCCESSFUL);
    expect(ends[1]).toEqual(["second", STATUS_UNSUCCESSFUL]);
    expect(mem.readU32(file + FILE_OBJECT.offset.Busy)).toBe(0);
  });

  it("lets one that waits give up, and never sends it", () => {
    const { open, read, complete, kept, ends, kernel } = fileRig();
    const handle = open(0);
    read(handle, "first");
    const waiting = read(handle, "second");
    if (waiting.pending) kernel.enter(() => waiting.giveUp?.());
    expect(ends).toEqual([["second", STATUS_CANCELLED]]);
    complete(0);
    expect(kept).toHaveLength(1);
    read(handle, "third");
    expect(kept).toHaveLength(2);
  });

  it("an asynchronous one takes any number", () => {
    const { open, read, complete, kept, ends } = fileRig();
    const handle = open(FILE_FLAG_OVERLAPPED);
    read(handle, "first");
    read(handle, "second");
    expect(kept).toHaveLength(2);
    complete(1);
    complete(0);
    expect(ends.map(([name]) => name)).toEqual(["second", "first"]);
  });

  it("keeps its file while one waits, though the handle is closed", () => {
    const { open, read, complete, kept, ends, test, majors } = fileRig();
    const handle = open(0);
    read(handle, "first");
    read(handle, "second");
    test.close(handle);
    complete(0);
    complete(1);
    expect([kept.length, ends.length]).toEqual([2, 2]);
    expect(majors.at(-1)).toBe(2);
  });

  it("case 72: the caller waits and gets the final status; of a request that was not pended, what the driver returned", () => {
    const { open, read, complete, ends, driver, test, kernel } = fileRig();
    const handle = open(0);
    read(handle, "pended");
    complete(0, STATUS_UNSUCCESSFUL);
    driver.handle(IRP_MJ_DEVICE_CONTROL, (_device, irp) => {
      driver.complete(irp, STATUS_SUCCESS, 7);
      return STATUS_UNSUCCESSFUL;
    });
    const parameters = {
      code: CTL_CODE(0x22, 0, METHOD_NEITHER, FILE_ANY_ACCESS),
      input: 0,
      inputLength: 0,
      output: 0,
      outputLength: 0,
    };
    const outcome = test.user(() => kernel.files.NtDeviceIoControlFile(handle, parameters));
    expect(ends).toEqual([["pended", STATUS_UNSUCCESSFUL]]);
    expect(outcome).toMatchObject({ status: STATUS_UNSUCCESSFUL, information: 7 });
  });
});

describe("being told of the end", () => {
  it("case 73: IO_STATUS_BLOCK and event tell of every end but a failure that was not pending", () => {
    const { open, read, complete, kept, driver, test, event, kernel, fileOf, mem } = fileRig();
    const handle = open(FILE_FLAG_OVERLAPPED);
    const block = test.buffer(16);
    const told = event();
    const end = { event: told.handle, ioStatusBlock: block };
    const seen = () => [
      told.isSet(),
      ...new Uint32Array(test.bytes(block, 16).slice().buffer).filter((_v, i) => i % 2 === 0),
    ];
    read(handle, "pended", end);
    expect(seen()).toEqual([false, 0, 0]);
    complete(0, STATUS_UNSUCCESSFUL, 5);
    expect(seen()).toEqual([true, STATUS_UNSUCCESSFUL, 5]);
    const fileEvent = fileOf(handle) + FILE_OBJECT.offset.Event;
    for (const [status, expected] of [
      [STATUS_SUCCESS, [true, STATUS_SUCCESS, 9]],
      [codes.STATUS_BUFFER_OVERFLOW, [true, codes.STATUS_BUFFER_OVERFLOW, 9]],
      [STATUS_UNSUCCESSFUL, [false, 0, 0]],
    ] as const) {
      test.user(() => mem.writeBytes(block, new Uint8Array(16)));
      driver.handle(IRP_MJ_READ, (_device, irp) => driver.complete(irp, status, 9));
      read(handle, "at once", end);
      expect(seen()).toEqual(expected);
      // The file's own event is for those who gave none.
      expect(readState(kernel.mem, fileEvent)).toBe(0);
    }
    driver.handle(IRP_MJ_READ, (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
    read(handle, "without an event");
    expect([readState(kernel.mem, fileEvent), kept.length]).toEqual([1, 1]);
  });

  it("case 73: a packet comes to the file's port, an APC to the thread, of the same ends", () => {
    const { open, read, complete, driver, test, kernel } = fileRig();
    const { ioCompletions, driverIo } = kernel;
    const handle = open(FILE_FLAG_OVERLAPPED);
    const port = test.user(() => ioCompletions.NtCreateIoCompletion(ALL_ACCESS, undefined)).handle;
    expect(bind(handle, port, 0x77)).toBe(STATUS_SUCCESS);
    read(handle, "pended", { apcContext: 0x55 });
    const take = () => test.user(() => ioCompletions.NtRemoveIoCompletion(port, 0n));
    expect(take()).toEqual({ status: codes.STATUS_TIMEOUT });
    complete(0, STATUS_UNSUCCESSFUL, 3);
    expect(take()).toEqual({
      status: STATUS_SUCCESS,
      packet: { key: 0x77, context: 0x55, status: STATUS_UNSUCCESSFUL, information: 3 },
    });
    driver.handle(IRP_MJ_READ, (_device, irp) => driver.complete(irp, STATUS_UNSUCCESSFUL));
    read(handle, "failed at once", { apcContext: 0x55 });
    driver.handle(IRP_MJ_READ, (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
    read(handle, "no context", {});
    expect(take()).toEqual({ status: codes.STATUS_TIMEOUT });
    const other = open(FILE_FLAG_OVERLAPPED);
    const block = test.buffer(16);
    read(other, "APC", { apcRoutine: 0x1000, apcContext: 0x22, ioStatusBlock: block });
    expect(driverIo.apcs.take(test.thread.object)).toEqual([{ routine: 0x1000, context: 0x22, ioStatusBlock: block }]);

    function bind(file: number, to: number, key: number) {
      const buffer = test.buffer(16);
      return test.user(() => {
        kernel.mem.writePointer(buffer, to);
        kernel.mem.writePointer(buffer + 8, key);
        return kernel.files.NtSetInformationFile(file, FileCompletionInformation, buffer, 16) as { status: number };
      }).status;
    }
  });

  it("case 74: the event is reset at the start of each request", () => {
    const { open, read, complete, test, event, kernel } = fileRig();
    const handle = open(FILE_FLAG_OVERLAPPED);
    const told = event();
    test.user(() => kernel.objects.events.NtSetEvent(told.handle));
    read(handle, "kept", { event: told.handle });
    expect(told.isSet()).toBe(false);
    complete(0);
    expect(told.isSet()).toBe(true);
    const references = kernel.ob.pointerCount(told.object);
    read(handle, "again", { event: told.handle });
    expect([told.isSet(), kernel.ob.pointerCount(told.object)]).toEqual([false, references + 1]);
    complete(1);
    expect(kernel.ob.pointerCount(told.object)).toBe(references);
    expect(read(handle, "no event", { event: handle })).toMatchObject({ status: codes.STATUS_OBJECT_TYPE_MISMATCH });
  });

  it("case 75: a file with a completion port takes no APC routine; a synchronous one no port, and none takes two", () => {
    const { open, read, test, kernel, kept } = fileRig();
    const port = test.user(() => kernel.ioCompletions.NtCreateIoCompletion(ALL_ACCESS, undefined)).handle;
    const buffer = test.buffer(16);
    const bind = (file: number) =>
      test.user(() => {
        kernel.mem.writePointer(buffer, port);
        return kernel.files.NtSetInformationFile(file, FileCompletionInformation, buffer, 16);
      });
    expect(bind(open(0))).toMatchObject({ status: STATUS_INVALID_PARAMETER });
    const handle = open(FILE_FLAG_OVERLAPPED);
    expect(read(handle, "before", { apcRoutine: 0x1000 }).pending).toBe(true);
    expect(bind(handle)).toMatchObject({ status: STATUS_SUCCESS });
    expect(bind(handle)).toMatchObject({ status: STATUS_INVALID_PARAMETER });
    expect(read(handle, "after", { apcRoutine: 0x1000 })).toMatchObject({ status: STATUS_INVALID_PARAMETER });
    expect(kept).toHaveLength(1);
  });

  it("a thread waits at a completion port until a packet comes, its own or a driver's", () => {
    const { test, kernel } = fileRig();
    const { ioCompletions } = kernel;
    const port = test.user(() => ioCompletions.NtCreateIoCompletion(ALL_ACCESS, undefined)).handle;
    const removed = test.user(() => ioCompletions.NtRemoveIoCompletion(port));
    expect(removed).toBeInstanceOf(Later);
    const packets: unknown[] = [];
    if (removed instanceof Later) removed.whenDone(({ packet }) => packets.push(packet));
    const other = kernel.ps.createThread(test.process);
    const post = (context: number) =>
      kernel.ps.runAs(other, UserMode, () => ioCompletions.NtSetIoCompletion(port, 1, context, STATUS_SUCCESS, 3));
    post(2);
    post(4);
    kernel.wake();
    expect(packets).toEqual([{ key: 1, context: 2, status: STATUS_SUCCESS, information: 3 }]);
    expect(test.user(() => ioCompletions.NtQueryIoCompletion(port)).depth).toBe(1);
  });
});

describe("cancelling", () => {
  it("case 84: CancelIo ends the calling thread's requests of the file, CancelIoEx the one that is named", () => {
    const { open, read, kept, ends, test, kernel } = fileRig();
    const [handle, other] = [open(FILE_FLAG_OVERLAPPED), open(FILE_FLAG_OVERLAPPED)];
    const second = kernel.ps.createThread(test.process);
    read(handle, "mine");
    read(handle, "mine too");
    read(handle, "the other thread's", undefined, second);
    read(other, "another file's");
    expect(test.user(() => kernel.files.NtCancelIoFile(handle))).toBe(STATUS_SUCCESS);
    expect(ends).toEqual([
      ["mine", STATUS_CANCELLED],
      ["mine too", STATUS_CANCELLED],
    ]);
    expect(test.user(() => kernel.files.NtCancelIoFile(handle))).toBe(STATUS_SUCCESS);
    expect(test.user(() => kernel.files.NtCancelIoFileEx(other, kept[3]))).toBe(STATUS_SUCCESS);
    expect(ends[2]).toEqual(["another file's", STATUS_CANCELLED]);
    expect(test.user(() => kernel.files.NtCancelIoFileEx(other, kept[3]))).toBe(codes.STATUS_NOT_FOUND);
    expect(ends).toHaveLength(3);
  });

  it("the end of a process cancels what its threads have issued", () => {
    const { open, read, ends, test } = fileRig();
    read(open(FILE_FLAG_OVERLAPPED), "left");
    test.end();
    expect(ends).toEqual([["left", STATUS_CANCELLED]]);
  });
});
