/** Asking and telling about files: what the driver answers, and what the I/O manager knows itself. */
import { describe, expect, it } from "vitest";
import {
  FILE_SYNCHRONOUS_IO_ALERT,
  FILE_SYNCHRONOUS_IO_NONALERT,
  FILE_WRITE_THROUGH,
} from "../../../native-bindings/abi/createOptions";
import * as classes from "../../../native-bindings/abi/informationClasses";
import * as majors from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { loadTestDevice } from "../io/testDevice";
import type { IoOutcome } from "./ioOutcome";
import { FILE_FLAG_OVERLAPPED } from "./win32";

const { STATUS_ACCESS_DENIED, STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_PARAMETER, STATUS_SUCCESS } = codes;
const READ = 0x8000_0000;
const READ_WRITE = 0xc000_0000;

function rig() {
  const loaded = loadTestDevice();
  const { test } = loaded;
  const { kernel } = test;
  const { files, mem } = kernel;
  const asked: number[][] = [];
  const open = (flagsAndAttributes = 0, desiredAccess = READ_WRITE) => {
    const opened = test.user(() => kernel.win32.CreateFileW("\\\\.\\X", { desiredAccess, flagsAndAttributes }));
    if (opened.pending) throw new Error("pending");
    return opened.handle;
  };
  const answer = (status: number, text: string) =>
    loaded.driver.handle("all", (_device, irp) => {
      const location = kernel.io.IoGetCurrentIrpStackLocation(irp);
      const system = mem.readPointer(irp + IRP.offset.SystemBuffer);
      asked.push([mem.readU8(location), mem.readU32(location + 0x8), mem.readU32(location + 0x10)]);
      if (system !== 0 && text !== "") mem.writeBytes(system, new TextEncoder().encode(text));
      return loaded.driver.complete(irp, status, text.length);
    });
  const buffer = test.buffer(32);
  const query = (handle: number, informationClass: number, length: number): IoOutcome =>
    test.user(() => files.NtQueryInformationFile(handle, informationClass, buffer, length));
  const set = (handle: number, informationClass: number, values: readonly bigint[]): IoOutcome =>
    test.user(() => {
      for (const [index, value] of values.entries()) mem.writeU64(buffer + index * 8, value);
      return files.NtSetInformationFile(handle, informationClass, buffer, values.length * 8);
    });
  const value = () => test.user(() => mem.readU64(buffer));
  const clear = () => test.user(() => mem.fill(buffer, 32, 0));
  return { ...loaded, kernel, files, mem, asked, open, answer, buffer, query, set, value, clear };
}

describe("what the driver answers", () => {
  it("a class that the I/O manager does not know is an IRP_MJ_QUERY_INFORMATION or IRP_MJ_SET_INFORMATION", () => {
    const { open, answer, query, set, asked, test, buffer } = rig();
    const handle = open();
    answer(STATUS_SUCCESS, "ok");
    expect(query(handle, classes.FileStandardInformation, 24)).toMatchObject({
      status: STATUS_SUCCESS,
      information: 2,
    });
    expect(new TextDecoder().decode(test.bytes(buffer, 2))).toBe("ok");
    set(handle, classes.FileEndOfFileInformation, [7n]);
    expect(asked).toEqual([
      [majors.IRP_MJ_QUERY_INFORMATION, 24, classes.FileStandardInformation],
      [majors.IRP_MJ_SET_INFORMATION, 8, classes.FileEndOfFileInformation],
    ]);
  });

  it("a driver without a routine for it refuses", () => {
    const { test, query, open, kernel } = rig();
    test.load("plain", (driver) => {
      driver.handle(0, (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
      driver.createDevice("\\Device\\Plain");
      kernel.io.IoCreateSymbolicLink("\\??\\Plain", "\\Device\\Plain");
      return undefined;
    });
    expect(open()).not.toBe(0);
    const { handle } = test.open("\\\\.\\Plain");
    const refused = { status: codes.STATUS_INVALID_DEVICE_REQUEST };
    expect(query(handle, classes.FileStandardInformation, 24)).toMatchObject(refused);
    expect(test.user(() => kernel.files.NtFlushBuffersFile(handle))).toMatchObject(refused);
  });

  it("NtFlushBuffersFile is IRP_MJ_FLUSH_BUFFERS, for a handle that may write", () => {
    const { open, answer, asked, files, test } = rig();
    const [writing, reading] = [open(), open(0, READ)];
    answer(STATUS_SUCCESS, "");
    expect(test.user(() => files.NtFlushBuffersFile(writing))).toMatchObject({ status: STATUS_SUCCESS });
    expect(test.user(() => files.NtFlushBuffersFile(reading))).toMatchObject({ status: STATUS_ACCESS_DENIED });
    expect(asked.map(([major]) => major)).toEqual([majors.IRP_MJ_FLUSH_BUFFERS]);
  });

  it("takes the rights that the class needs", () => {
    const { open, set, query } = rig();
    const handle = open(0, READ);
    expect(set(handle, classes.FileEndOfFileInformation, [1n])).toMatchObject({ status: STATUS_ACCESS_DENIED });
    expect(set(handle, classes.FileDispositionInformation, [1n])).toMatchObject({ status: STATUS_ACCESS_DENIED });
    expect(query(handle, classes.FileBasicInformation, 40)).toMatchObject({ status: STATUS_SUCCESS });
  });

  it("of a volume all but FileFsDeviceInformation", () => {
    const { open, answer, asked, files, test, buffer, mem, device } = rig();
    const handle = open();
    mem.writeU32(device + DEVICE_OBJECT.offset.Characteristics, 0x100);
    answer(STATUS_SUCCESS, "v");
    const volume = (informationClass: number, length: number) =>
      test.user(() => files.NtQueryVolumeInformationFile(handle, informationClass, buffer, length));
    expect(volume(classes.FileFsDeviceInformation, 8)).toMatchObject({ status: STATUS_SUCCESS, information: 8 });
    expect(test.user(() => [mem.readU32(buffer), mem.readU32(buffer + 4)])).toEqual([0x22, 0x100]);
    expect(volume(classes.FileFsDeviceInformation, 7)).toMatchObject({ status: STATUS_INFO_LENGTH_MISMATCH });
    expect(volume(classes.FileFsSizeInformation, 24)).toMatchObject({ status: STATUS_SUCCESS, information: 1 });
    expect(asked).toEqual([[majors.IRP_MJ_QUERY_VOLUME_INFORMATION, 24, classes.FileFsSizeInformation]]);
  });
});

describe("what the I/O manager knows itself", () => {
  it("the position of a synchronous file, which the driver is not asked for; of another it is", () => {
    const { open, query, set, value, clear, asked, answer } = rig();
    const [synchronous, other] = [open(), open(FILE_FLAG_OVERLAPPED)];
    answer(STATUS_SUCCESS, "");
    expect(set(synchronous, classes.FilePositionInformation, [0x1_2345_6789n])).toMatchObject({
      status: STATUS_SUCCESS,
    });
    clear();
    expect(query(synchronous, classes.FilePositionInformation, 8)).toMatchObject({ information: 8 });
    expect(value()).toBe(0x1_2345_6789n);
    expect(set(synchronous, classes.FilePositionInformation, [2n ** 63n])).toMatchObject({
      status: STATUS_INVALID_PARAMETER,
    });
    expect(query(synchronous, classes.FilePositionInformation, 7)).toMatchObject({
      status: STATUS_INFO_LENGTH_MISMATCH,
    });
    expect(asked).toEqual([]);
    query(other, classes.FilePositionInformation, 8);
    expect(asked).toHaveLength(1);
  });

  it("mode, alignment and access", () => {
    const { open, query, value, clear, mem, device } = rig();
    mem.writeU32(device + DEVICE_OBJECT.offset.AlignmentRequirement, 7);
    const ask = (handle: number, informationClass: number) => {
      clear();
      expect(query(handle, informationClass, 4)).toMatchObject({ status: STATUS_SUCCESS, information: 4 });
      return Number(value());
    };
    const [synchronous, other] = [open(), open(FILE_FLAG_OVERLAPPED)];
    expect(ask(synchronous, classes.FileModeInformation)).toBe(FILE_SYNCHRONOUS_IO_NONALERT);
    expect(ask(other, classes.FileModeInformation)).toBe(0);
    expect(ask(synchronous, classes.FileAlignmentInformation)).toBe(7);
    expect(ask(synchronous, classes.FileAccessInformation)).toBe(0x12_019f);
  });

  it("the mode may change, but not from synchronous to asynchronous", () => {
    const { open, set, query, value } = rig();
    const handle = open();
    const mode = (bits: number) =>
      (set(handle, classes.FileModeInformation, [BigInt(bits)]) as { status: number }).status;
    expect(mode(FILE_SYNCHRONOUS_IO_ALERT | FILE_WRITE_THROUGH)).toBe(STATUS_SUCCESS);
    query(handle, classes.FileModeInformation, 4);
    expect(Number(value())).toBe(FILE_SYNCHRONOUS_IO_ALERT | FILE_WRITE_THROUGH);
    for (const bits of [0, 0x30, FILE_SYNCHRONOUS_IO_ALERT | 0x8, FILE_SYNCHRONOUS_IO_ALERT | 0x100]) {
      expect(mode(bits)).toBe(STATUS_INVALID_PARAMETER);
    }
  });

  it("FileIoCompletionNotificationInformation: no packet for what succeeds at once, no signal of the file", () => {
    const { open, set, query, value, clear, kernel, test, mem } = rig();
    const handle = open(FILE_FLAG_OVERLAPPED);
    const port = test.user(() => kernel.ioCompletions.NtCreateIoCompletion(0x1f_0003, undefined)).handle;
    set(handle, classes.FileCompletionInformation, [BigInt(port), 1n]);
    const packets = () => {
      test.user(() => kernel.files.NtReadFile(handle, 0, 0, 0, { apcContext: 9 }));
      return test.user(() => kernel.ioCompletions.NtQueryIoCompletion(port)).depth;
    };
    expect(packets()).toBe(1);
    expect(set(handle, classes.FileIoCompletionNotificationInformation, [3n])).toMatchObject({
      status: STATUS_SUCCESS,
    });
    clear();
    query(handle, classes.FileIoCompletionNotificationInformation, 4);
    expect(value()).toBe(3n);
    expect(packets()).toBe(1);
    const { object } = test.user(() => kernel.ob.ObReferenceObjectByHandle(handle, 0, undefined));
    expect(mem.readI32(object + FILE_OBJECT.offset.Event + 4)).toBe(0);
    expect(set(handle, classes.FileIoCompletionNotificationInformation, [8n])).toMatchObject({
      status: STATUS_INVALID_PARAMETER,
    });
  });
});
