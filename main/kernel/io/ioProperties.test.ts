/**
 * Random programs against random drivers: nothing comes out of the kernel but answers, and its books always balance.
 * Seeded, so that a failure repeats.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { MayWait } from "../ke/call";
import { type TestDriver, TestKernel } from "../testKernel";

const behaviours = ["succeed", "fail", "warn", "pend", "pendUnmarked", "forget", "tooLarge"] as const;
const rude = ["throw", "completeTwice", "fault", "deleteTwice", "badDevice", "recurse"] as const;
type Behaviour = (typeof behaviours)[number] | (typeof rude)[number];

const names = ["A", "B"] as const;
const paths = ["\\\\.\\A", "\\\\.\\A\\sub", "\\\\.\\B", "\\\\.\\None", "\\\\.\\", "C:\\x", "nul", "\\\\.\\A\\"];

class World {
  readonly test = new TestKernel();
  readonly pended: Address[] = [];
  readonly handles: number[] = [];
  behaviour: Behaviour = "succeed";
  readonly source = this.test.buffer(8192);

  constructor(flags: number) {
    for (const name of names) {
      this.test.install(name, (driver) => {
        this.makeDevice(driver, name, flags);
        driver.handle("all", (device, irp) => this.dispatch(driver, device, irp));
        driver.onUnload((object) => {
          const { io } = this.test.kernel;
          io.IoDeleteSymbolicLink(`\\??\\${name}`);
          for (const device of io.records.devicesOf(object)) io.IoDeleteDevice(device);
        });
        return undefined;
      });
    }
  }

  makeDevice(driver: TestDriver, name: string, flags: number): void {
    const { io, mem } = this.test.kernel;
    const device = driver.createDevice(`\\Device\\${name}`, 0, name === "B");
    const at = device + DEVICE_OBJECT.offset.Flags;
    mem.writeU32(at, mem.readU32(at) | flags);
    io.IoCreateSymbolicLink(`\\??\\${name}`, `\\Device\\${name}`);
  }

  dispatch(driver: TestDriver, device: Address, irp: Address): MayWait<number> {
    const { io, mem } = this.test.kernel;
    switch (this.behaviour) {
      case "succeed":
        return driver.complete(irp, codes.STATUS_SUCCESS);
      case "fail":
        return driver.complete(irp, codes.STATUS_UNSUCCESSFUL);
      case "warn":
        return driver.complete(irp, codes.STATUS_BUFFER_OVERFLOW, 1);
      case "pend":
        io.IoMarkIrpPending(irp);
        this.pended.push(irp);
        return codes.STATUS_PENDING;
      case "pendUnmarked":
        this.pended.push(irp);
        return codes.STATUS_PENDING;
      case "forget":
        this.pended.push(irp);
        return codes.STATUS_SUCCESS;
      case "tooLarge":
        return driver.complete(irp, codes.STATUS_SUCCESS, 0xffff);
      case "throw":
        throw new Error("driver");
      case "completeTwice":
        driver.complete(irp, codes.STATUS_SUCCESS);
        return driver.complete(irp, codes.STATUS_SUCCESS);
      case "fault":
        return mem.readU32(-0x2000);
      case "deleteTwice":
        io.IoDeleteDevice(device);
        io.IoDeleteDevice(device);
        return driver.complete(irp, codes.STATUS_SUCCESS);
      case "badDevice":
        io.IoDeleteDevice(irp);
        return 0;
      case "recurse":
        io.IoSkipCurrentIrpStackLocation(irp);
        return io.IoCallDriver(device, irp);
    }
  }

  completeOne(index: number, status: number): void {
    const [irp] = this.pended.splice(index % Math.max(this.pended.length, 1), 1);
    if (irp === undefined) return;
    const { io, mem } = this.test.kernel;
    this.test.kernel.enter(() => {
      mem.writeU32(irp + IRP.offset["IoStatus.Status"], status);
      mem.writePointer(irp + IRP.offset["IoStatus.Information"], 1);
      io.IoCompleteRequest(irp);
    });
  }

  open(path: string): void {
    const outcome = this.test.user(() => this.test.kernel.win32.CreateFileW(path, { desiredAccess: 0xc000_0000 }));
    const keep = ({ handle }: { handle: number }) => {
      if (handle !== 0) this.handles.push(handle);
    };
    if (outcome.pending) outcome.whenDone(keep);
    else keep(outcome);
  }

  transfer(isRead: boolean, index: number, length: number): void {
    const handle = this.handles[index % Math.max(this.handles.length, 1)] ?? index * 4;
    const { files } = this.test.kernel;
    this.test.user(() =>
      isRead ? files.NtReadFile(handle, this.source, length) : files.NtWriteFile(handle, this.source, length),
    );
  }

  close(index: number): void {
    const [handle] = this.handles.splice(index % Math.max(this.handles.length, 1), 1);
    this.test.close(handle ?? index * 4 + 4000);
  }

  /** What must be true between any two calls while the machine runs. */
  check(): void {
    const { io, mem, ob } = this.test.kernel;
    const { records } = io;
    let references = 0;
    const broken: Address[] = [];
    for (const device of records.live) {
      const driver = mem.readPointer(device + DEVICE_OBJECT.offset.DriverObject);
      const isKept = ob.pointerCount(device) > 0 && ob.pointerCount(driver) > 0;
      if (!isKept || !records.devicesOf(driver).includes(device)) broken.push(device);
      references += mem.readI32(device + DEVICE_OBJECT.offset.ReferenceCount);
    }
    expect({
      bugchecks: this.test.host.bugchecks,
      broken,
      references,
      pending: io.pendingIrps().length,
      irps: io.irps.liveCount,
      devices: io.types.device.objectCount,
    }).toEqual({
      bugchecks: [],
      broken: [],
      references: io.types.file.objectCount,
      pending: this.pended.length,
      irps: this.pended.length,
      devices: records.live.length,
    });
  }

  /** Everything let go: nothing may be left. */
  settle(): void {
    this.behaviour = "succeed";
    while (this.pended.length > 0) this.completeOne(0, codes.STATUS_SUCCESS);
    while (this.handles.length > 0) this.close(0);
    while (this.pended.length > 0) this.completeOne(0, codes.STATUS_SUCCESS);
    for (const name of names) this.test.kernel.enter(() => this.test.kernel.scm.StopService(name));
  }
}

type Step = (world: World) => void;

function steps(allowed: readonly Behaviour[]): fc.Arbitrary<Step> {
  const index = fc.nat({ max: 9 });
  return fc.oneof(
    fc.constantFrom(...allowed).map(
      (behaviour): Step =>
        (world) => {
          world.behaviour = behaviour;
        },
    ),
    fc.constantFrom(...paths).map(
      (path): Step =>
        (world) =>
          world.open(path),
    ),
    fc.tuple(fc.boolean(), index, fc.constantFrom(0, 1, 13, 4096, 8192, 9000)).map(
      ([isRead, which, length]): Step =>
        (world) =>
          world.transfer(isRead, which, length),
    ),
    index.map(
      (which): Step =>
        (world) =>
          world.close(which),
    ),
    fc.tuple(index, fc.constantFrom(codes.STATUS_SUCCESS, codes.STATUS_CANCELLED)).map(
      ([which, status]): Step =>
        (world) =>
          world.completeOne(which, status),
    ),
    fc.constantFrom(...names).map(
      (name): Step =>
        (world) => {
          world.test.kernel.enter(() => world.test.kernel.scm.StartService(name));
        },
    ),
    fc.constantFrom(...names).map(
      (name): Step =>
        (world) => {
          world.test.kernel.enter(() => world.test.kernel.scm.StopService(name));
        },
    ),
  );
}

/** Milliseconds: a busy machine takes its time over some thousand calls. */
const TIME_LIMIT = 60_000;

const flags = fc.constantFrom(0, DO_BUFFERED_IO, DO_DIRECT_IO);

describe("random programs and drivers", () => {
  it(
    "keep devices, files and IRPs in balance, and leave nothing when they let go",
    () => {
      fc.assert(
        fc.property(flags, fc.array(steps(behaviours), { maxLength: 40 }), (deviceFlags, program) => {
          const world = new World(deviceFlags);
          for (const name of names) world.test.kernel.scm.StartService(name);
          for (const step of program) {
            step(world);
            world.check();
          }
          world.settle();
          world.check();
          const { io, pool } = world.test.kernel;
          // An open that the driver forgot to complete has no handle, and one that it answered has been closed.
          expect(io.irps.liveCount).toBe(0);
          expect(pool.usageByTag().find(({ tag }) => tag === "IoSB")?.bytes ?? 0).toBe(0);
        }),
        { numRuns: 40, seed: 2026 },
      );
    },
    TIME_LIMIT,
  );

  it(
    "never throw out of the kernel, whatever the drivers do; after a bugcheck all is silent",
    () => {
      fc.assert(
        fc.property(flags, fc.array(steps([...behaviours, ...rude]), { maxLength: 40 }), (deviceFlags, program) => {
          const world = new World(deviceFlags);
          for (const name of names) world.test.kernel.scm.StartService(name);
          for (const step of program) step(world);
          const { bugchecks, prints } = world.test.host;
          expect(bugchecks.length).toBeLessThanOrEqual(1);
          expect(world.test.kernel.gate.isStopped).toBe(bugchecks.length === 1);
          expect(prints).toEqual([]);
          world.settle();
        }),
        { numRuns: 40, seed: 1996 },
      );
    },
    TIME_LIMIT,
  );
});
