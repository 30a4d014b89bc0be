import { describe, expect, it } from "vitest";
import { DEVICE_OBJECT } from "../../../../native-bindings/abi/structures/deviceObject";
import { bootKernel } from "../../boot/bootKernel";
import { atOnce } from "../../ke/call";
import type { Kernel } from "../../kernel";
import { UserMode } from "../../ob/caller";
import { servicePath } from "../../scm/serviceDatabase";
import { TestHost } from "../../testHost";
import type { Ddk, DriverEntry } from "../ddk";
import { createDdk } from "../kernelDdk";
import type { Device } from "./device";
import { DeviceOperations } from "./deviceOperations";
import { Access, DeviceDoFlags, DeviceFlags, DeviceType } from "./deviceType";
import { type Droppable, orDrop } from "./drop";
import type { ControlRequest, IoRequest, ReadRequest, WriteRequest } from "./ioRequest";
import { KernelModule, kernelModule } from "./kernelModule";
import { NtError } from "./ntError";
import { print, println } from "./print";
import { SymbolicLink } from "./symbolicLink";

const GENERIC_READ_WRITE = 0xc010_0000;
const FILE_SYNCHRONOUS_IO_NONALERT = 0x20;

interface Rig {
  readonly kernel: Kernel;
  readonly host: TestHost;
  start(): number;
  stop(): number;
  open(path: string): { status: number; handle: number };
  write(handle: number, data: Uint8Array, offset?: number): { status: number; information: number };
  read(handle: number, length: number, offset?: number): { status: number; information: number; data: number[] };
  control(handle: number, code: number, input: number[], room: number): { status: number; data: number[] };
}

/** A booted kernel with one driver, and a process that talks to it. */
function rigWith(entry: DriverEntry): Rig {
  const host = new TestHost();
  const { kernel, images } = bootKernel(host);
  images.register("builtin:test", {
    name: "test",
    entry: (module, object, path) => entry(createDdk(kernel, module), object, path),
  });
  kernel.scm.CreateService({ name: "test", binaryPath: "builtin:test" });
  const client = kernel.ps.createProcess("client.exe");
  const thread = kernel.ps.createThread(client);
  const asClient = <T>(action: () => T): T => kernel.ps.runAs(thread, UserMode, action);
  const done = <T extends { pending: boolean }>(outcome: T) => {
    if (outcome.pending) throw new Error("the driver keeps the request");
    return outcome as Extract<T, { pending: false }>;
  };
  return {
    kernel,
    host,
    start: () => atOnce(kernel.io.NtLoadDriver(servicePath("test"))),
    stop: () => atOnce(kernel.io.NtUnloadDriver(servicePath("test"))),
    open: (name) =>
      done(
        asClient(() =>
          kernel.files.NtCreateFile(
            { name, attributes: 0x40 },
            { desiredAccess: GENERIC_READ_WRITE, options: FILE_SYNCHRONOUS_IO_NONALERT },
          ),
        ),
      ),
    write: (handle, data, offset) => {
      const at = kernel.ps.allocateUser(client, 8192);
      return done(
        asClient(() => {
          kernel.mem.writeBytes(at, data);
          return kernel.files.NtWriteFile(handle, at, data.length, offset);
        }),
      );
    },
    read: (handle, length, offset) => {
      const at = kernel.ps.allocateUser(client, 8192);
      const { status, information } = done(asClient(() => kernel.files.NtReadFile(handle, at, length, offset)));
      return { status, information, data: [...asClient(() => kernel.mem.readBytes(at, information))] };
    },
    control: (handle, code, input, room) => {
      const [from, to] = [kernel.ps.allocateUser(client, 8192), kernel.ps.allocateUser(client, 8192)];
      const { status, information } = done(
        asClient(() => {
          kernel.mem.writeBytes(from, new Uint8Array(input));
          kernel.mem.writeBytes(to, new Uint8Array(room).fill(7));
          const parameters = { code, input: from, inputLength: input.length, output: to, outputLength: room };
          return kernel.files.NtDeviceIoControlFile(handle, parameters);
        }),
      );
      return { status, data: [...asClient(() => kernel.mem.readBytes(to, information))] };
    },
  };
}

class TestModule extends KernelModule {
  constructor(protected readonly fields: readonly Droppable[]) {
    super();
  }
}

/** A driver with one device whose operations a test gives. */
function driverWith(operations: (ddk: Ddk) => DeviceOperations, doFlags: number): DriverEntry {
  return kernelModule((driver) => {
    const { ddk } = driver;
    const data = operations(ddk);
    const { Unknown } = DeviceType;
    const device = driver.createDevice("\\Device\\T", Unknown, DeviceFlags.NONE, Access.NonExclusive, data, doFlags);
    const link = orDrop(device, () => SymbolicLink.create(ddk, "\\??\\T", "\\Device\\T"));
    return new TestModule([device, link]);
  });
}

class Recorder extends DeviceOperations {
  readonly seen: number[][] = [];
  readonly offsets: number[] = [];

  override write(_device: Device, request: WriteRequest): void {
    const pointer = request.userPtr();
    this.seen.push([...pointer.asSlice()]);
    this.offsets.push(request.offset());
    request.complete(pointer.readSize);
  }

  override read(_device: Device, request: ReadRequest): void {
    const pointer = request.userPtr();
    this.offsets.push(request.offset());
    const slice = pointer.asMutSlice();
    slice.copyFrom(new Uint8Array([4]));
    slice.copyFrom(new Uint8Array([1, 2, 3]), 1);
    request.complete(4);
  }
}

describe("reads and writes through the framework", () => {
  it.each([
    ["buffered", DeviceDoFlags.BUFFERED_IO],
    ["direct", DeviceDoFlags.DIRECT_IO],
  ])("brings the caller's bytes and offset with %s I/O", (_name, flag) => {
    const recorder = new Recorder();
    const rig = rigWith(driverWith(() => recorder, flag));
    expect(rig.start()).toBe(0);
    const { handle } = rig.open("\\??\\T");
    expect(rig.write(handle, new Uint8Array([9, 8, 7]), 5)).toMatchObject({ status: 0, information: 3 });
    expect(rig.read(handle, 10, 4096)).toEqual({ status: 0, information: 4, data: [4, 1, 2, 3] });
    expect(recorder).toMatchObject({ seen: [[9, 8, 7]], offsets: [5, 4096] });
  });

  it("has no buffer when the device says nothing of how buffers come", () => {
    const recorder = new Recorder();
    const rig = rigWith(driverWith(() => recorder, DeviceDoFlags.NONE));
    rig.start();
    const { handle } = rig.open("\\??\\T");
    expect(rig.write(handle, new Uint8Array([9]), 5)).toMatchObject({ status: 0, information: 0 });
    expect(recorder).toMatchObject({ seen: [[]], offsets: [0] });
  });

  it("refuses values larger than the caller's buffer with INVALID_USER_BUFFER", () => {
    class Strict extends DeviceOperations {
      override write(_device: Device, request: WriteRequest): void {
        request.complete(request.userPtr().read(4).length);
      }
      override read(_device: Device, request: ReadRequest): void {
        request.userPtr().write(new Uint8Array(4));
        request.complete(4);
      }
    }
    const rig = rigWith(driverWith(() => new Strict(), DeviceDoFlags.BUFFERED_IO));
    rig.start();
    const { handle } = rig.open("\\??\\T");
    expect(rig.write(handle, new Uint8Array(3)).status).toBe(0xc00000e8);
    expect(rig.read(handle, 3).status).toBe(0xc00000e8);
    expect(rig.write(handle, new Uint8Array(4))).toMatchObject({ status: 0, information: 4 });
    expect(rig.read(handle, 4)).toMatchObject({ status: 0, information: 4 });
  });
});

describe("control codes through the framework", () => {
  /** Answers one more than each byte it was sent; with METHOD_IN_DIRECT, how long the second buffer is. */
  class Adder extends DeviceOperations {
    override control(_device: Device, request: ControlRequest): void {
      const sent = request.input().asSlice();
      const output = request.output();
      const isInDirect = request.method() === 1;
      if (!isInDirect) output.write(sent.map((byte) => byte + 1));
      request.complete(isInDirect ? output.asSlice().filter((byte) => byte === 7).length : sent.length);
    }
  }

  function openAdder(operations: () => DeviceOperations) {
    const rig = rigWith(driverWith(operations, DeviceDoFlags.NONE));
    rig.start();
    const { handle } = rig.open("\\??\\T");
    return (code: number, input: number[], room: number) => rig.control(handle, code, input, room);
  }

  it.each([
    ["buffered", 0x222000],
    ["out direct", 0x222002],
  ])("brings input and room: %s", (_name, code) => {
    const control = openAdder(() => new Adder());
    expect(control(code, [1, 2, 3], 5)).toEqual({ status: 0, data: [2, 3, 4] });
    expect(control(code, [1, 2, 3], 2)).toMatchObject({ status: 0xc00000e8 });
    expect(control(code, [], 0)).toMatchObject({ status: 0 });
  });

  it("brings the second buffer of METHOD_IN_DIRECT to be read, and nothing raw with METHOD_NEITHER", () => {
    const control = openAdder(() => new Adder());
    expect(control(0x222001, [1], 5).data).toHaveLength(5);
    expect(control(0x222003, [1], 5)).toMatchObject({ status: 0xc00000bb });
  });

  it("are an invalid parameter where a driver says nothing of them, as in the articles", () => {
    expect(openAdder(() => new Recorder())(0x222000, [], 0)).toMatchObject({ status: 0xc000000d });
  });
});

describe("errors", () => {
  it("complete the request that threw them, once", () => {
    class Refusing extends DeviceOperations {
      override create(): void {
        throw NtError.ACCESS_DENIED;
      }
    }
    const rig = rigWith(driverWith(() => new Refusing(), DeviceDoFlags.NONE));
    rig.start();
    expect(rig.open("\\??\\T").status).toBe(0xc0000022);
    expect(rig.kernel.ke.bugchecked).toBeUndefined();
  });

  it("that are none of NT's stop the machine", () => {
    class Broken extends DeviceOperations {
      override create(_device: Device, request: IoRequest): void {
        request.complete((undefined as unknown as NtError).toStatus());
      }
    }
    const rig = rigWith(driverWith(() => new Broken(), DeviceDoFlags.NONE));
    rig.start();
    rig.open("\\??\\T");
    expect(rig.kernel.ke.bugchecked).toMatchObject({ name: "KMODE_EXCEPTION_NOT_HANDLED", driver: "test" });
  });

  it("of init fail the load and leave nothing behind", () => {
    const rig = rigWith(
      kernelModule((driver) => {
        const data = new Recorder();
        const { Unknown } = DeviceType;
        const device = driver.createDevice("\\Device\\T", Unknown, DeviceFlags.NONE, Access.NonExclusive, data);
        return orDrop(device, () => {
          throw NtError.NOT_SUPPORTED;
        });
      }),
    );
    expect(rig.start()).toBe(0xc00000bb);
    expect(rig.host.reports).toEqual([]);
    expect(rig.kernel.io.driverState(servicePath("test"))).toBe("absent");
    const used = rig.kernel.pool.usageByTag().filter(({ tag }) => tag === "None");
    expect(used.map(({ bytes }) => bytes)).toEqual([0]);
  });
});

describe("what a module owns", () => {
  it("is dropped in the order of declaration, data before its device", () => {
    const order: string[] = [];
    class Owned extends DeviceOperations {
      override drop(): void {
        order.push("data");
      }
    }
    let device: Device | undefined;
    const rig = rigWith(
      kernelModule((driver) => {
        const { Unknown } = DeviceType;
        const data = new Owned();
        device = driver.createDevice("\\Device\\T", Unknown, DeviceFlags.SECURE_OPEN, Access.Exclusive, data);
        const after: Droppable = {
          drop: () => void order.push(device?.asRaw() === 0 ? "after the device" : "too early"),
        };
        return new TestModule([device, after]);
      }),
    );
    expect(rig.start()).toBe(0);
    const raw = device?.asRaw() ?? 0;
    expect(rig.kernel.mem.readU32(raw + DEVICE_OBJECT.offset.Flags) & 0x8).toBe(0x8);
    expect(rig.kernel.mem.readU32(raw + DEVICE_OBJECT.offset.Characteristics)).toBe(0x100);
    expect(rig.stop()).toBe(0);
    expect(order).toEqual(["data", "after the device"]);
    expect(rig.host.reports).toEqual([]);
  });

  it("is a module of its own at each load", () => {
    const rig = rigWith(driverWith(() => new Recorder(), DeviceDoFlags.NONE));
    for (let load = 0; load < 3; load += 1) {
      expect(rig.start()).toBe(0);
      expect(rig.stop()).toBe(0);
    }
  });
});

describe("println", () => {
  it("prints what it is given, percent signs too", () => {
    const rig = rigWith(
      kernelModule(({ ddk }) => {
        println(ddk, "100% of %s, 5 %d");
        println(ddk);
        print(ddk, "no end");
        return new TestModule([]);
      }),
    );
    rig.start();
    expect(rig.host.prints.map(({ text }) => text)).toEqual(["100% of %s, 5 %d\n", "\n", "no end"]);
  });

  it("is cut at 512 bytes, as DbgPrint cuts", () => {
    const rig = rigWith(
      kernelModule(({ ddk }) => {
        println(ddk, "x".repeat(1000));
        return new TestModule([]);
      }),
    );
    rig.start();
    expect(rig.host.prints[0]?.text.length).toBeLessThanOrEqual(512);
  });
});
