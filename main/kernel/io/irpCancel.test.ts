/** Cancelling: who calls the routine, once, under which lock; and how a caller's request ends. */
import { describe, expect, it } from "vitest";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { IoOutcome } from "../nt/ioOutcome";
import { FILE_FLAG_OVERLAPPED } from "../nt/win32";
import { loadTestDevice, type TestDevice } from "./testDevice";

const IRP_MJ_READ = 3;

interface Kept {
  readonly rig: TestDevice;
  readonly irps: number[];
  readonly handle: number;
  read(handle?: number): IoOutcome;
}

function openAsynchronously({ test }: TestDevice): number {
  const parameters = { desiredAccess: 0xc000_0000, flagsAndAttributes: FILE_FLAG_OVERLAPPED };
  const opened = test.user(() => test.kernel.win32.CreateFileW("\\\\.\\X", parameters));
  if (opened.pending) throw new Error("pending");
  return opened.handle;
}

/** A device whose reads stay; `routine` is their cancel routine. */
function keeping(routine?: (rig: TestDevice, device: number, irp: number) => void): Kept {
  const rig = loadTestDevice();
  const { io } = rig.test.kernel;
  const irps: number[] = [];
  const address = routine && rig.driver.routine((device: number, irp: number) => routine(rig, device, irp), "Cancel");
  rig.driver.handle(IRP_MJ_READ, (_device, irp) => {
    irps.push(irp);
    if (address !== undefined) io.cancel.IoSetCancelRoutine(irp, address);
    io.IoMarkIrpPending(irp);
    return codes.STATUS_PENDING;
  });
  const handle = openAsynchronously(rig);
  const read = (from = handle) => rig.test.user(() => rig.test.kernel.files.NtReadFile(from, 0, 0, 0));
  return { rig, irps, handle, read };
}

/** As a driver does: the lock goes first, then the IRP. */
function complete({ test, driver }: TestDevice, _device: number, irp: number): void {
  const { io, mem } = test.kernel;
  io.cancel.IoReleaseCancelSpinLock(mem.readU8(irp + IRP.offset.CancelIrql));
  driver.complete(irp, codes.STATUS_CANCELLED);
}

describe("IoCancelIrp", () => {
  it("case 83: without a routine marks the IRP and answers false", () => {
    const { rig, irps, read } = keeping();
    read();
    const irp = irps[0] ?? 0;
    const { kernel } = rig.test;
    expect(kernel.enter(() => kernel.io.cancel.IoCancelIrp(irp)).value).toBe(false);
    expect(kernel.mem.readU8(irp + IRP.offset.Cancel)).toBe(1);
    expect(kernel.ke.irql).toBe(0);
  });

  it("case 83: calls the routine once, at DISPATCH_LEVEL, with the device and the IRP", () => {
    const calls: number[][] = [];
    const { rig, irps, read } = keeping(({ test }, device, irp) => {
      calls.push([device, irp, test.kernel.ke.irql]);
      test.kernel.io.cancel.IoReleaseCancelSpinLock(test.kernel.mem.readU8(irp + IRP.offset.CancelIrql));
    });
    read();
    const irp = irps[0] ?? 0;
    const { kernel } = rig.test;
    const cancel = () => kernel.enter(() => kernel.io.cancel.IoCancelIrp(irp)).value;
    expect([cancel(), cancel()]).toEqual([true, false]);
    expect(calls).toEqual([[rig.device, irp, 2]]);
  });

  it("tells of a routine that keeps the lock, and takes it back", () => {
    const { rig, irps, read } = keeping(() => undefined);
    read();
    const { kernel } = rig.test;
    kernel.enter(() => kernel.io.cancel.IoCancelIrp(irps[0] ?? 0));
    expect(rig.test.rules()).toEqual(["cancelLockKept"]);
    expect(kernel.ke.irql).toBe(0);
  });

  it("for a completed IRP stops the machine", () => {
    const { rig, irps, read } = keeping();
    read();
    const { kernel } = rig.test;
    kernel.enter(() => rig.driver.complete(irps[0] ?? 0, codes.STATUS_SUCCESS));
    const { bugcheck } = kernel.enter(() => kernel.io.cancel.IoCancelIrp(irps[0] ?? 0));
    expect(bugcheck?.name).toBe("CANCEL_STATE_IN_COMPLETED_IRP");
  });
});

describe("NtCancelIoFileEx", () => {
  it("case 84: ends the requests of that file alone, with STATUS_CANCELLED", () => {
    const { rig, handle, read } = keeping(complete);
    const other = openAsynchronously(rig);
    const outcomes = [read(), read(), read(other)];
    const ended: number[][] = [];
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.pending) outcome.whenDone(({ status }) => ended.push([index, status]));
    }
    const { files } = rig.test.kernel;
    expect(rig.test.user(() => files.NtCancelIoFileEx(handle))).toBe(codes.STATUS_SUCCESS);
    expect(ended).toEqual([
      [0, codes.STATUS_CANCELLED],
      [1, codes.STATUS_CANCELLED],
    ]);
    expect(rig.test.user(() => files.NtCancelIoFileEx(handle))).toBe(codes.STATUS_NOT_FOUND);
    expect(rig.test.user(() => files.NtCancelIoFileEx(0x5000))).toBe(codes.STATUS_INVALID_HANDLE);
  });

  it("ends one request when it is named", () => {
    const { rig, handle, irps, read } = keeping(complete);
    read();
    read();
    const { files, io } = rig.test.kernel;
    expect(rig.test.user(() => files.NtCancelIoFileEx(handle, irps[1]))).toBe(codes.STATUS_SUCCESS);
    expect(io.irps.live.map(({ irp }) => irp)).toEqual([irps[0]]);
  });

  it("leaves alone what its driver does not give up", () => {
    const { rig, handle, read } = keeping();
    read();
    const { files, io } = rig.test.kernel;
    expect(rig.test.user(() => files.NtCancelIoFileEx(handle))).toBe(codes.STATUS_SUCCESS);
    expect(io.irps.liveCount).toBe(1);
  });
});
