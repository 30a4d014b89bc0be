/** How reads and writes reach a driver: buffered, direct and neither; what is copied back; what is refused. */
import { describe, expect, it } from "vitest";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_READ, IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { KernelMode } from "../ob/caller";
import { type TestDriver, TestKernel } from "../testKernel";

const { STATUS_SUCCESS } = codes;
const FILE_FLAG_OVERLAPPED = 0x4000_0000;

class Rig {
  readonly test = new TestKernel();
  readonly driver: TestDriver;
  readonly handle: number;

  constructor(flags: number) {
    let loaded: TestDriver | undefined;
    this.test.load("rig", (driver) => {
      driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
      const device = driver.createDevice("\\Device\\Rig");
      const at = device + DEVICE_OBJECT.offset.Flags;
      this.mem.writeU32(at, this.mem.readU32(at) | flags);
      this.test.kernel.io.IoCreateSymbolicLink("\\??\\Rig", "\\Device\\Rig");
      loaded = driver;
      return undefined;
    });
    this.driver = loaded as TestDriver;
    this.handle = this.test.open("\\\\.\\Rig").handle;
  }

  get mem() {
    return this.test.kernel.mem;
  }

  buffer(text: string) {
    return this.test.buffer(new TextEncoder().encode(text));
  }

  text(address: number, length: number) {
    return new TextDecoder().decode(this.test.bytes(address, length));
  }

  read(buffer: number, length: number, offset?: number | bigint) {
    return this.test.user(() => this.test.kernel.files.NtReadFile(this.handle, buffer, length, offset));
  }

  write(buffer: number, length: number, offset?: number | bigint) {
    return this.test.user(() => this.test.kernel.files.NtWriteFile(this.handle, buffer, length, offset));
  }

  field(irp: number, name: "SystemBuffer" | "MdlAddress" | "UserBuffer") {
    return this.mem.readPointer(irp + IRP.offset[name]);
  }

  put(address: number, text: string) {
    this.mem.writeBytes(address, new TextEncoder().encode(text));
  }
}

describe("buffered I/O", () => {
  it("cases 68 and 71: copies back exactly Information bytes, on success and on a warning, not on an error", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    let status: number = STATUS_SUCCESS;
    rig.driver.handle(IRP_MJ_READ, (_device, irp) => {
      rig.put(rig.field(irp, "SystemBuffer"), "ghijkl");
      return rig.driver.complete(irp, status, 3);
    });
    const readBack = (wanted: number) => {
      status = wanted;
      const buffer = rig.buffer("abcdef");
      expect(rig.read(buffer, 6)).toMatchObject({ status: wanted });
      return rig.text(buffer, 6);
    };
    expect(readBack(STATUS_SUCCESS)).toBe("ghidef");
    expect(readBack(codes.STATUS_BUFFER_OVERFLOW)).toBe("ghidef");
    expect(readBack(codes.STATUS_UNSUCCESSFUL)).toBe("abcdef");
    expect(rig.test.kernel.pool.usageByTag().find(({ tag }) => tag === "IoSB")).toMatchObject({ paged: false });
  });

  it("gives no buffer for no bytes, and frees what it gave", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    const buffers: number[] = [];
    rig.driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      buffers.push(rig.field(irp, "SystemBuffer"));
      return rig.driver.complete(irp, STATUS_SUCCESS);
    });
    const before = rig.test.kernel.pool.nonpagedBytes;
    rig.write(0, 0);
    for (let round = 0; round < 100; round++) rig.write(rig.buffer("x"), 1);
    expect(buffers[0]).toBe(0);
    expect(buffers[1]).toBeLessThan(0);
    expect(rig.test.kernel.pool.nonpagedBytes).toBeLessThanOrEqual(before + 0x2000);
  });

  it("reaches the caller's buffer although another process completes the IRP", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    let kept = 0;
    rig.driver.handle(IRP_MJ_READ, (_device, irp) => {
      kept = irp;
      rig.test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    const buffer = rig.buffer("....");
    const outcome = rig.read(buffer, 4);
    if (!outcome.pending) throw new Error("not pending");
    const answers: unknown[] = [];
    outcome.whenDone((done) => answers.push(done));
    const other = rig.test.kernel.ps.createProcess("other.exe");
    const thread = rig.test.kernel.ps.createThread(other);
    rig.test.kernel.enter(() =>
      rig.test.kernel.ps.runAs(thread, KernelMode, () => {
        rig.put(rig.field(kept, "SystemBuffer"), "late");
        rig.driver.complete(kept, STATUS_SUCCESS, 4);
      }),
    );
    expect(answers).toEqual([{ pending: false, status: STATUS_SUCCESS, information: 4 }]);
    expect(rig.text(buffer, 4)).toBe("late");
  });

  it("fails a request whose buffer the caller freed meanwhile", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    let kept = 0;
    rig.driver.handle(IRP_MJ_READ, (_device, irp) => {
      kept = irp;
      rig.test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    const buffer = rig.buffer("....");
    const outcome = rig.read(buffer, 4);
    if (!outcome.pending) throw new Error("not pending");
    rig.test.kernel.ps.freeUser(rig.test.process, buffer, 4);
    rig.test.kernel.enter(() => rig.driver.complete(kept, STATUS_SUCCESS, 4));
    let status: number | undefined;
    outcome.whenDone((done) => {
      status = done.status;
    });
    expect(status).toBe(codes.STATUS_ACCESS_VIOLATION);
  });
});

describe("direct I/O", () => {
  it("case 71: shows the driver the caller's own pages, whatever the status", () => {
    const rig = new Rig(DO_DIRECT_IO);
    const { mdls } = rig.test.kernel.io;
    rig.driver.handle(IRP_MJ_READ, (_device, irp) => {
      const mdl = rig.field(irp, "MdlAddress");
      expect(mdls.MmGetMdlByteCount(mdl)).toBe(5000);
      const address = mdls.MmGetSystemAddressForMdlSafe(mdl);
      expect(mdls.MmGetSystemAddressForMdlSafe(mdl)).toBe(address);
      expect(address).toBeLessThan(0);
      rig.put(address + 4090, "across pages");
      return rig.driver.complete(irp, codes.STATUS_UNSUCCESSFUL, 0);
    });
    const buffer = rig.test.buffer(8192) + 100;
    expect(rig.read(buffer, 5000)).toMatchObject({ status: codes.STATUS_UNSUCCESSFUL });
    expect(rig.text(buffer + 4090, 12)).toBe("across pages");
    expect(rig.test.kernel.pool.usageByTag().find(({ tag }) => tag === "Mdl ")).toBeDefined();
  });

  it("keeps the pages while the request is under way, and lets them go after it", () => {
    const rig = new Rig(DO_DIRECT_IO);
    let kept = 0;
    rig.driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      kept = irp;
      rig.test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    const buffer = rig.buffer("kept");
    expect(rig.write(buffer, 4).pending).toBe(true);
    rig.test.kernel.ps.freeUser(rig.test.process, buffer, 4);
    const { mdls } = rig.test.kernel.io;
    const address = mdls.MmGetSystemAddressForMdlSafe(rig.field(kept, "MdlAddress"));
    expect(new TextDecoder().decode(rig.mem.readBytes(address, 4))).toBe("kept");
    rig.test.kernel.enter(() => rig.driver.complete(kept, STATUS_SUCCESS, 4));
    expect(rig.mem.pages.allows(address, 4, "read")).toBe(false);
  });

  it("gives no MDL for no bytes", () => {
    const rig = new Rig(DO_DIRECT_IO);
    const mdls: number[] = [];
    rig.driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      mdls.push(rig.field(irp, "MdlAddress"));
      return rig.driver.complete(irp, STATUS_SUCCESS);
    });
    expect(rig.write(0, 0)).toMatchObject({ status: STATUS_SUCCESS });
    expect(mdls).toEqual([0]);
  });
});

describe("neither", () => {
  it("case 71: gives the driver the raw pointer", () => {
    const rig = new Rig(0);
    const seen: number[][] = [];
    rig.driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      seen.push([rig.field(irp, "SystemBuffer"), rig.field(irp, "MdlAddress"), rig.field(irp, "UserBuffer")]);
      return rig.driver.complete(irp, STATUS_SUCCESS, 2);
    });
    const buffer = rig.buffer("ab");
    expect(rig.write(buffer, 2)).toMatchObject({ information: 2 });
    expect(seen).toEqual([[0, 0, buffer]]);
  });
});

describe("what the system call refuses", () => {
  it("looks at handle, access, length and buffer before the driver is asked", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    const { test } = rig;
    const buffer = rig.buffer("....");
    const readOnly = test.open("\\\\.\\Rig", 0x8000_0000).handle;
    const status = (action: () => unknown) => (test.user(action) as { status: number }).status;
    const { files } = test.kernel;
    expect(status(() => files.NtReadFile(0, buffer, 4))).toBe(codes.STATUS_INVALID_HANDLE);
    expect(status(() => files.NtReadFile(0x5000, buffer, 4))).toBe(codes.STATUS_INVALID_HANDLE);
    expect(status(() => files.NtWriteFile(readOnly, buffer, 4))).toBe(codes.STATUS_ACCESS_DENIED);
    for (const length of [-1, 2 ** 32, 2 ** 53, 0.5, Number.NaN]) {
      expect(rig.read(buffer, length)).toMatchObject({ status: codes.STATUS_INVALID_PARAMETER });
    }
    for (const address of [0, -0x1000, 0x7fff_ffff_0000, buffer + 0x1000, 0.5, Number.NaN]) {
      expect(rig.read(address, 4)).toMatchObject({ status: codes.STATUS_ACCESS_VIOLATION });
    }
    for (const offset of [-3, 0.5, -(2n ** 63n), 2n ** 64n, 2 ** 60]) {
      expect(rig.read(buffer, 4, offset)).toMatchObject({ status: codes.STATUS_INVALID_PARAMETER });
    }
    expect(rig.read(buffer, 4, -1)).toMatchObject({ status: codes.STATUS_INVALID_PARAMETER });
    expect(test.kernel.ob.pointerCount(test.kernel.ob.root)).toBeGreaterThan(0);
  });

  it("takes a synchronous file's position when no offset is given, and needs one for others", () => {
    const rig = new Rig(DO_BUFFERED_IO);
    const { test } = rig;
    const offsets: bigint[] = [];
    rig.driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      offsets.push(BigInt.asIntN(64, rig.mem.readU64(test.kernel.io.IoGetCurrentIrpStackLocation(irp) + 0x18)));
      return rig.driver.complete(irp, STATUS_SUCCESS);
    });
    const buffer = rig.buffer("x");
    const { object } = test.user(() => test.kernel.ob.ObReferenceObjectByHandle(rig.handle, 0, undefined));
    rig.write(buffer, 1);
    rig.mem.writeU64(object + FILE_OBJECT.offset.CurrentByteOffset, 5n);
    rig.write(buffer, 1);
    rig.write(buffer, 1, 2 ** 40 + 1);
    rig.write(buffer, 1, 2n ** 60n);
    rig.write(buffer, 1, -1);
    rig.write(buffer, 1, -2);
    expect(offsets).toEqual([0n, 5n, 2n ** 40n + 1n, 2n ** 60n, -1n, 5n]);
    const parameters = { desiredAccess: 0xc000_0000, flagsAndAttributes: FILE_FLAG_OVERLAPPED };
    const other = test.user(() => test.kernel.win32.CreateFileW("\\\\.\\Rig", parameters));
    if (other.pending) throw new Error("pending");
    const outcome = test.user(() => test.kernel.files.NtWriteFile(other.handle, buffer, 1));
    expect(outcome).toMatchObject({ status: codes.STATUS_INVALID_PARAMETER });
  });
});
