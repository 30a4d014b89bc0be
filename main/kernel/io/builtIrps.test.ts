/** IRPs that drivers make: who ends them, who frees them, what their makers are told. */
import { describe, expect, it } from "vitest";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import { CTL_CODE, FILE_ANY_ACCESS, METHOD_BUFFERED, METHOD_OUT_DIRECT } from "../../../native-bindings/abi/ioctl";
import {
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_FLUSH_BUFFERS,
  IRP_MJ_INTERNAL_DEVICE_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine } from "../ke/call";
import { loadDdkDevice } from "./testDdkDevice";

const { STATUS_SUCCESS, STATUS_PENDING, STATUS_UNSUCCESSFUL, STATUS_MORE_PROCESSING_REQUIRED } = codes;
const NOTIFICATION = 0;

/** A lower device that does what `act` says, and memory for an event and an IO_STATUS_BLOCK. */
function rig(flags: number = DO_BUFFERED_IO) {
  const made = loadDdkDevice();
  const { ddk, kernel, driver, memory, device, run } = made;
  const event = memory();
  const block = memory();
  ddk.KeInitializeEvent(event, NOTIFICATION, false);
  const at = device + DEVICE_OBJECT.offset.Flags;
  kernel.mem.writeU32(at, kernel.mem.readU32(at) | flags);
  let act = (irp: number): number => driver.complete(irp, STATUS_SUCCESS);
  driver.handle("all", (_device, irp) => act(irp));
  const send = (irp: number): number => run(() => ddk.IoCallDriver(device, irp).next(0).value as number);
  return {
    ...made,
    event,
    block,
    send,
    setAct: (next: (irp: number) => number) => {
      act = next;
    },
    told: () => ({
      set: ddk.KeReadStateEvent(event) !== 0,
      status: kernel.mem.readU32(block + IO_STATUS_BLOCK.offset.Status),
      information: kernel.mem.readPointer(block + IO_STATUS_BLOCK.offset.Information),
    }),
    text: (address: number, length: number) => new TextDecoder().decode(kernel.mem.readBytes(address, length)),
  };
}

describe("IRPs that the I/O manager ends", () => {
  it("IoBuildDeviceIoControlRequest: buffers as of a system call, the event and the IO_STATUS_BLOCK at the end", () => {
    for (const internal of [false, true]) {
      const { ddk, kernel, device, event, block, send, setAct, told, memory, driver, text } = rig();
      const live = kernel.io.irps.liveCount;
      const buffer = memory();
      kernel.mem.writeBytes(buffer, new TextEncoder().encode("abcdef"));
      const code = CTL_CODE(0x22, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS);
      let major = 0;
      setAct((irp) => {
        const location = ddk.IoGetCurrentIrpStackLocation(irp);
        major = kernel.mem.readU8(location);
        expect(
          kernel.mem.readU32(location + IO_STACK_LOCATION.offset["Parameters.DeviceIoControl.IoControlCode"]),
        ).toBe(code);
        const system = kernel.mem.readPointer(irp + IRP.offset.SystemBuffer);
        kernel.mem.writeBytes(system, new TextEncoder().encode("ghi"));
        return driver.complete(irp, STATUS_SUCCESS, 3);
      });
      const irp = ddk.IoBuildDeviceIoControlRequest(code, device, buffer, 6, buffer, 6, internal, event, block);
      expect(send(irp)).toBe(STATUS_SUCCESS);
      expect(major).toBe(internal ? IRP_MJ_INTERNAL_DEVICE_CONTROL : IRP_MJ_DEVICE_CONTROL);
      expect(text(buffer, 6)).toBe("ghidef");
      expect(told()).toEqual({ set: true, status: STATUS_SUCCESS, information: 3 });
      expect(kernel.io.irps.liveCount).toBe(live);
    }
  });

  it("case 73: one that fails at once tells nobody, one that fails later does", () => {
    const { ddk, device, event, block, send, setAct, told, driver, run } = rig();
    const build = () => ddk.IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, device, 0, 0, 0n, event, block);
    setAct((irp) => driver.complete(irp, STATUS_UNSUCCESSFUL, 9));
    expect(send(build())).toBe(STATUS_UNSUCCESSFUL);
    expect(told()).toEqual({ set: false, status: 0, information: 0 });
    let kept = 0;
    setAct((irp) => {
      ddk.IoMarkIrpPending(irp);
      kept = irp;
      return STATUS_PENDING;
    });
    expect(send(build())).toBe(STATUS_PENDING);
    expect(told().set).toBe(false);
    run(() => driver.complete(kept, STATUS_UNSUCCESSFUL, 9));
    expect(told()).toEqual({ set: true, status: STATUS_UNSUCCESSFUL, information: 9 });
  });

  it.each([
    ["buffered", DO_BUFFERED_IO],
    ["direct", DO_DIRECT_IO],
    ["neither", 0],
  ])("IoBuildSynchronousFsdRequest reads and writes %s devices as NtReadFile does", (_name, flags) => {
    const { ddk, kernel, device, event, block, send, setAct, told, memory, driver, text } = rig(flags);
    const buffer = memory();
    let written = "";
    const bufferOf = (irp: number) => {
      if (flags === DO_BUFFERED_IO) return kernel.mem.readPointer(irp + IRP.offset.SystemBuffer);
      if (flags === 0) return kernel.mem.readPointer(irp + IRP.offset.UserBuffer);
      return ddk.MmGetSystemAddressForMdlSafe(kernel.mem.readPointer(irp + IRP.offset.MdlAddress), 16);
    };
    setAct((irp) => {
      const location = ddk.IoGetCurrentIrpStackLocation(irp);
      expect(kernel.mem.readU64(location + IO_STACK_LOCATION.offset["Parameters.Read.ByteOffset"])).toBe(
        0x1_0000_0000n,
      );
      if (kernel.mem.readU8(location) === IRP_MJ_READ) kernel.mem.writeBytes(bufferOf(irp), Uint8Array.of(65, 66, 67));
      else written = text(bufferOf(irp), 3);
      return driver.complete(irp, STATUS_SUCCESS, 3);
    });
    const build = (major: number) =>
      ddk.IoBuildSynchronousFsdRequest(major, device, buffer, 3, 0x1_0000_0000n, event, block);
    send(build(IRP_MJ_READ));
    expect([text(buffer, 3), told()]).toEqual(["ABC", { set: true, status: STATUS_SUCCESS, information: 3 }]);
    send(build(IRP_MJ_WRITE));
    expect(written).toBe("ABC");
    const left = kernel.pool.usageByTag().filter(({ tag }) => tag === "Mdl " || tag === "IoSB");
    expect(left.every(({ allocations, frees }) => allocations === frees)).toBe(true);
  });

  it("a driver waits for the end as the documentation shows it", () => {
    const { ddk, kernel, device, event, block, setAct, driver, run } = rig();
    let kept = 0;
    setAct((irp) => {
      ddk.IoMarkIrpPending(irp);
      kept = irp;
      return STATUS_PENDING;
    });
    const seen: number[] = [];
    const thread = kernel.ps.createThread(kernel.ps.system);
    thread.control.isReserved = true;
    function* body() {
      const irp = ddk.IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, device, 0, 0, 0n, event, block);
      const status = yield* ddk.IoCallDriver(device, irp);
      seen.push(status);
      if (status === STATUS_PENDING) yield* ddk.KeWaitForSingleObject(event);
      seen.push(kernel.mem.readU32(block));
      return 0;
    }
    kernel.threading.scheduler.start(thread, 0, body());
    kernel.wake();
    expect(seen).toEqual([STATUS_PENDING]);
    run(() => driver.complete(kept, STATUS_SUCCESS));
    expect(seen).toEqual([STATUS_PENDING, STATUS_SUCCESS]);
  });

  it("may not be made above PASSIVE_LEVEL, nor freed by their maker", () => {
    const { ddk, device, event, block, run, test } = rig();
    run(() => {
      const irql = ddk.KeRaiseIrql(2);
      const irp = ddk.IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, device, 0, 0, 0n, event, block);
      ddk.KeLowerIrql(irql);
      ddk.IoFreeIrp(irp);
    });
    expect(test.rules()).toEqual(["wrongIrql", "threadedIrpFreed"]);
  });

  it("answer 0 for a buffer that cannot be locked", () => {
    const { ddk, kernel, device, event, block } = rig();
    const live = kernel.io.irps.liveCount;
    const code = CTL_CODE(0x22, 0x800, METHOD_OUT_DIRECT, FILE_ANY_ACCESS);
    expect(ddk.IoBuildDeviceIoControlRequest(code, device, 0, 0, 0x1_0000, 8, false, event, block)).toBe(0);
    expect(kernel.io.irps.liveCount).toBe(live);
  });
});

describe("IRPs that their driver keeps", () => {
  // A hundred locations take more than a page.
  it.each([1, 100])("IoReuseIrp makes one of %d locations ready again, and IoFreeIrp ends it", (stackSize) => {
    const { ddk, kernel, send, routine, run, test } = rig();
    const live = kernel.io.irps.liveCount;
    const irp = ddk.IoAllocateIrp(stackSize, false);
    const back: number[] = [];
    const completion = routine((_device = 0, completed = 0, context = 0) => {
      back.push(completed, context);
      return STATUS_MORE_PROCESSING_REQUIRED;
    });
    for (const context of [1, 2]) {
      kernel.mem.writeU8(ddk.IoGetNextIrpStackLocation(irp), IRP_MJ_FLUSH_BUFFERS);
      ddk.IoSetCompletionRoutine(irp, completion, context, true, true, true);
      send(irp);
      ddk.IoReuseIrp(irp, codes.STATUS_NOT_SUPPORTED);
      expect(kernel.mem.readU32(irp + IRP.offset["IoStatus.Status"])).toBe(codes.STATUS_NOT_SUPPORTED);
      expect(kernel.mem.readU8(irp + IRP.offset.CurrentLocation)).toBe(stackSize + 1);
    }
    expect(back).toEqual([irp, 1, irp, 2]);
    run(() => ddk.IoFreeIrp(irp));
    expect([kernel.io.irps.liveCount, test.rules()]).toEqual([live, []]);
  });

  it.each(["allocated", "own"])(
    "%s: freed in a completion routine that lets the completion go on, are freed once",
    (kind) => {
      const { ddk, kernel, send, routine, memory, test } = rig();
      const live = kernel.io.irps.liveCount;
      const size = ddk.IoSizeOfIrp(1);
      const completion = routine((_device = 0, completed = 0) => {
        ddk.IoFreeIrp(completed);
        return STATUS_SUCCESS;
      });
      let irp = 0;
      if (kind === "own") {
        irp = memory();
        ddk.IoInitializeIrp(irp, size, 1);
      } else irp = ddk.IoAllocateIrp(1);
      kernel.mem.writeU8(ddk.IoGetNextIrpStackLocation(irp), IRP_MJ_FLUSH_BUFFERS);
      ddk.IoSetCompletionRoutine(irp, completion, 0, true, true, true);
      send(irp);
      expect([kernel.io.irps.liveCount, test.rules()]).toEqual([live, ["driverIrpNotKept"]]);
      const next = [ddk.IoAllocateIrp(1), ddk.IoAllocateIrp(1)];
      expect(new Set(next).size).toBe(2);
      expect(kernel.io.irps.liveCount).toBe(live + 2);
    },
  );

  it("IoInitializeIrp makes one in the driver's own memory, which stays the driver's", () => {
    const { ddk, kernel, send, routine, memory, test } = rig();
    const size = ddk.IoSizeOfIrp(1);
    expect(size).toBe(IRP.size + IO_STACK_LOCATION.size);
    const irp = memory(size);
    const completion = routine(() => STATUS_MORE_PROCESSING_REQUIRED);
    for (let round = 0; round < 2; round += 1) {
      ddk.IoInitializeIrp(irp, size, 1);
      kernel.mem.writeU8(ddk.IoGetNextIrpStackLocation(irp), IRP_MJ_FLUSH_BUFFERS);
      ddk.IoSetCompletionRoutine(irp, completion, 0, true, true, true);
      expect(send(irp)).toBe(STATUS_SUCCESS);
    }
    expect(kernel.io.pendingIrps().map((pending) => pending.irp)).not.toContain(irp);
    ddk.IoInitializeIrp(irp, size - 1, 1);
    ddk.IoInitializeIrp(ddk.IoAllocateIrp(1), size, 1);
    expect(test.rules()).toEqual(["irpTooSmall", "initializedAllocatedIrp"]);
  });

  it("IoBuildAsynchronousFsdRequest: completed without a routine that keeps it, it is said so", () => {
    const { ddk, device, block, send, test, memory } = rig();
    send(ddk.IoBuildAsynchronousFsdRequest(IRP_MJ_WRITE, device, memory(), 8, 0n, block));
    expect(test.rules()).toEqual(["driverIrpNotKept"]);
  });

  it("IoMakeAssociatedIrp: the master is completed with its last part", () => {
    const { ddk, kernel, device, setAct, driver, run, test } = rig(0);
    const { handle } = test.open("\\\\.\\X");
    const live = kernel.io.irps.liveCount;
    const parts: number[] = [];
    setAct((irp) => {
      if (kernel.mem.readPointer(irp + IRP.offset.MasterIrp) !== 0) {
        parts.push(irp);
        ddk.IoMarkIrpPending(irp);
        return STATUS_PENDING;
      }
      ddk.IoMarkIrpPending(irp);
      kernel.mem.writeU32(irp + IRP.offset["IoStatus.Status"], STATUS_SUCCESS);
      kernel.mem.writePointer(irp + IRP.offset["IoStatus.Information"], 42);
      const made = [ddk.IoMakeAssociatedIrp(irp, 1), ddk.IoMakeAssociatedIrp(irp, 1)];
      kernel.mem.writeI32(irp + IRP.offset.IrpCount, made.length);
      for (const part of made) {
        kernel.mem.writeU8(ddk.IoGetNextIrpStackLocation(part), IRP_MJ_FLUSH_BUFFERS);
        ddk.IoCallDriver(device, part).next(0);
      }
      return STATUS_PENDING;
    });
    const outcome = test.user(() => kernel.files.NtReadFile(handle, 0, 0));
    const ends: number[] = [];
    if (outcome.pending) outcome.whenDone(({ information }) => ends.push(information));
    run(() => driver.complete(parts[1] ?? 0, STATUS_SUCCESS));
    expect(ends).toEqual([]);
    run(() => driver.complete(parts[0] ?? 0, STATUS_SUCCESS));
    expect([ends, kernel.io.irps.liveCount]).toEqual([[42], live]);
  });
});

describe("sending down and waiting", () => {
  /** A filter over the device, whose reads wait for the lower driver in `filter`. */
  function filtered(filter: (made: ReturnType<typeof rig>, irp: number) => Coroutine<number>) {
    const made = rig(0);
    const { kernel, driver, device, readyDevice, setAct, ddk } = made;
    const upper = readyDevice();
    kernel.io.stacks.IoAttachDeviceToDeviceStack(upper, device);
    const kept: number[] = [];
    const { handle } = made.test.open("\\\\.\\X");
    driver.handle(IRP_MJ_READ, (target, irp) => {
      if (target === upper) return filter(made, irp);
      kept.push(irp);
      ddk.IoMarkIrpPending(irp);
      return STATUS_PENDING;
    });
    setAct((irp) => driver.complete(irp, STATUS_SUCCESS));
    const ends: (readonly [number, number])[] = [];
    const read = () => {
      const outcome = made.test.user(() => kernel.files.NtReadFile(handle, 0, 0));
      if (outcome.pending) outcome.whenDone(({ status, information }) => ends.push([status, information]));
      else ends.push([outcome.status, outcome.information]);
    };
    return { ...made, upper, kept, ends, read };
  }

  it("IoForwardIrpSynchronously hands the IRP back when the driver below has completed it", () => {
    const answers: number[] = [];
    const { read, kept, ends, run, driver } = filtered(function* ({ ddk, device, kernel, driver: own }, irp) {
      answers.push(yield* ddk.IoForwardIrpSynchronously(device, irp));
      const information = kernel.mem.readPointer(irp + IRP.offset["IoStatus.Information"]);
      return own.complete(irp, STATUS_SUCCESS, information + 1);
    });
    read();
    expect([answers, ends]).toEqual([[], []]);
    run(() => driver.complete(kept[0] ?? 0, STATUS_SUCCESS, 10));
    expect([answers, ends]).toEqual([[1], [[STATUS_SUCCESS, 11]]]);
  });

  it("IoForwardIrpSynchronously answers 0 when there is no location left", () => {
    const { ddk, device, setAct, driver, send } = rig();
    const answers: number[] = [];
    setAct((irp) => {
      answers.push(ddk.IoForwardIrpSynchronously(device, irp).next(0).value as number);
      return driver.complete(irp, STATUS_SUCCESS);
    });
    const irp = ddk.IoAllocateIrp(1);
    send(irp);
    expect(answers).toEqual([0]);
  });

  it("IoSetCompletionRoutineEx keeps the device until the routine has run", () => {
    const { ddk, kernel, routine, readyDevice, send, run } = rig();
    const other = readyDevice();
    const calls: number[] = [];
    const completion = routine((_device = 0, _irp = 0, context = 0) => {
      calls.push(context, kernel.ob.pointerCount(other));
      return STATUS_MORE_PROCESSING_REQUIRED;
    });
    const before = kernel.ob.pointerCount(other);
    const irp = ddk.IoAllocateIrp(1);
    expect(ddk.IoSetCompletionRoutineEx(other, irp, completion, 5, true, true, true)).toBe(STATUS_SUCCESS);
    kernel.mem.writeU8(ddk.IoGetNextIrpStackLocation(irp), IRP_MJ_FLUSH_BUFFERS);
    send(irp);
    expect(calls).toEqual([5, before + 1]);
    expect(kernel.ob.pointerCount(other)).toBe(before);
    run(() => ddk.IoFreeIrp(irp));
  });
});
