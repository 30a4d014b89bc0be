/** How control codes reach a driver: the four methods, access bits, buffers that are not there, late completion. */
import { describe, expect, it } from "vitest";
import {
  CTL_CODE,
  FILE_ANY_ACCESS,
  FILE_READ_ACCESS,
  FILE_WRITE_ACCESS,
  METHOD_BUFFERED,
  METHOD_IN_DIRECT,
  METHOD_NEITHER,
  METHOD_OUT_DIRECT,
} from "../../../native-bindings/abi/ioctl";
import { IRP_MJ_DEVICE_CONTROL } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import { type TestDriver, TestKernel } from "../testKernel";

const { STATUS_SUCCESS } = codes;
const at = IO_STACK_LOCATION.offset;

function code(method: number, access: number = FILE_ANY_ACCESS): number {
  return CTL_CODE(0x22, 0x800, method, access);
}

interface Seen {
  system: number;
  mdl: number;
  user: number;
  type3: number;
  input: number;
  output: number;
  code: number;
}

class Rig {
  readonly test = new TestKernel();
  readonly driver: TestDriver;
  readonly handle: number;
  readonly seen: Seen[] = [];
  /** What the driver does once the parameters are recorded. */
  act: (irp: number, seen: Seen) => number = (irp) => this.driver.complete(irp, STATUS_SUCCESS);

  constructor(access = 0xc000_0000, major: number | "all" = "all") {
    let loaded: TestDriver | undefined;
    this.test.load("rig", (driver) => {
      const { mem, io } = this.test.kernel;
      driver.handle(0, (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
      driver.handle(major, (_device, irp) => {
        const location = io.IoGetCurrentIrpStackLocation(irp);
        if (mem.readU8(location) !== IRP_MJ_DEVICE_CONTROL) return driver.complete(irp, STATUS_SUCCESS);
        const seen = {
          system: mem.readPointer(irp + IRP.offset.SystemBuffer),
          mdl: mem.readPointer(irp + IRP.offset.MdlAddress),
          user: mem.readPointer(irp + IRP.offset.UserBuffer),
          type3: mem.readPointer(location + at["Parameters.DeviceIoControl.Type3InputBuffer"]),
          input: mem.readU32(location + at["Parameters.DeviceIoControl.InputBufferLength"]),
          output: mem.readU32(location + at["Parameters.DeviceIoControl.OutputBufferLength"]),
          code: mem.readU32(location + at["Parameters.DeviceIoControl.IoControlCode"]),
        };
        this.seen.push(seen);
        return this.act(irp, seen);
      });
      driver.createDevice("\\Device\\Rig");
      io.IoCreateSymbolicLink("\\??\\Rig", "\\Device\\Rig");
      loaded = driver;
      return undefined;
    });
    this.driver = loaded as TestDriver;
    this.handle = this.test.open("\\\\.\\Rig", access).handle;
  }

  get mem() {
    return this.test.kernel.mem;
  }

  put(address: number, text: string) {
    this.mem.writeBytes(address, new TextEncoder().encode(text));
  }

  buffer(text: string) {
    return this.test.buffer(new TextEncoder().encode(text));
  }

  text(address: number, length: number) {
    return new TextDecoder().decode(this.test.bytes(address, length));
  }

  control(ioctl: number, input: number, inputLength: number, output: number, outputLength: number) {
    const { files } = this.test.kernel;
    const parameters = { code: ioctl, input, inputLength, output, outputLength };
    return this.test.user(() => files.NtDeviceIoControlFile(this.handle, parameters));
  }

  poolBlocks(): number {
    const usage = this.test.kernel.pool.usageByTag().filter(({ tag }) => tag === "IoSB" || tag === "Mdl ");
    return usage.reduce((sum, { allocations, frees }) => sum + allocations - frees, 0);
  }
}

describe("METHOD_BUFFERED", () => {
  it("cases 67 and 68: gives one buffer of the larger size with the input in it, and copies Information bytes back", () => {
    const rig = new Rig();
    let status: number = STATUS_SUCCESS;
    rig.act = (irp, { system }) => {
      expect(new TextDecoder().decode(rig.mem.readBytes(system, 2))).toBe("in");
      rig.put(system, "ghijkl");
      return rig.driver.complete(irp, status, 3);
    };
    const answer = (wanted: number) => {
      status = wanted;
      const output = rig.buffer("abcdef");
      expect(rig.control(code(METHOD_BUFFERED), rig.buffer("in"), 2, output, 6)).toMatchObject({ status: wanted });
      return rig.text(output, 6);
    };
    expect(answer(STATUS_SUCCESS)).toBe("ghidef");
    expect(answer(codes.STATUS_BUFFER_OVERFLOW)).toBe("ghidef");
    expect(answer(codes.STATUS_UNSUCCESSFUL)).toBe("abcdef");
    expect(rig.seen[0]).toMatchObject({ mdl: 0, type3: 0, input: 2, output: 6, code: code(METHOD_BUFFERED) });
    expect(rig.poolBlocks()).toBe(0);
  });

  it("case 67: gives no buffer where both are empty or NULL", () => {
    const rig = new Rig();
    rig.control(code(METHOD_BUFFERED), rig.buffer("x"), 0, rig.buffer("y"), 0);
    rig.control(code(METHOD_BUFFERED), 0, 5, 0, 7);
    expect(rig.seen).toMatchObject([
      { system: 0, input: 0, output: 0 },
      { system: 0, input: 0, output: 0 },
    ]);
  });

  it("says so when the driver claims more than there is room for", () => {
    const rig = new Rig();
    rig.act = (irp) => rig.driver.complete(irp, STATUS_SUCCESS, 100);
    const output = rig.buffer("abcdef");
    expect(rig.control(code(METHOD_BUFFERED), 0, 0, output, 4)).toMatchObject({ information: 100 });
    expect(rig.text(output + 4, 2)).toBe("ef");
    expect(rig.test.rules()).toContain("informationTooLarge");
  });
});

describe("the direct methods", () => {
  it.each([
    ["METHOD_IN_DIRECT", METHOD_IN_DIRECT],
    ["METHOD_OUT_DIRECT", METHOD_OUT_DIRECT],
  ])(
    "case 69: %s brings the input as a copy and the second buffer as its pages, whatever the status",
    (_name, method) => {
      const rig = new Rig();
      rig.act = (irp, { system, mdl }) => {
        const address = rig.test.kernel.io.mdls.MmGetSystemAddressForMdlSafe(mdl);
        expect(new TextDecoder().decode(rig.mem.readBytes(system, 2))).toBe("in");
        expect(new TextDecoder().decode(rig.mem.readBytes(address, 6))).toBe("abcdef");
        rig.put(address, "ghijkl");
        return rig.driver.complete(irp, codes.STATUS_UNSUCCESSFUL, 0);
      };
      const output = rig.buffer("abcdef");
      expect(rig.control(code(method), rig.buffer("in"), 2, output, 6)).toMatchObject({
        status: codes.STATUS_UNSUCCESSFUL,
      });
      expect(rig.text(output, 6)).toBe("ghijkl");
      expect(rig.poolBlocks()).toBe(0);
    },
  );

  it("give no MDL for no bytes and no system buffer for no input", () => {
    const rig = new Rig();
    rig.control(code(METHOD_OUT_DIRECT), rig.buffer("in"), 2, rig.buffer("x"), 0);
    rig.control(code(METHOD_IN_DIRECT), 0, 2, rig.buffer("x"), 1);
    expect(rig.seen[0]).toMatchObject({ mdl: 0, output: 0 });
    expect(rig.seen[0]?.system).not.toBe(0);
    expect(rig.seen[1]).toMatchObject({ system: 0, input: 0 });
    expect(rig.seen[1]?.mdl).not.toBe(0);
  });

  it("refuse a second buffer that cannot be locked, and leave nothing in the pool", () => {
    const rig = new Rig();
    const outcome = rig.control(code(METHOD_OUT_DIRECT), rig.buffer("in"), 2, 0x1000, 4);
    expect(outcome).toMatchObject({ status: codes.STATUS_ACCESS_VIOLATION });
    expect(rig.seen).toEqual([]);
    expect(rig.poolBlocks()).toBe(0);
  });
});

describe("METHOD_NEITHER", () => {
  it("case 70: hands over the raw addresses, good or bad", () => {
    const rig = new Rig();
    rig.control(code(METHOD_NEITHER), 0x1234, 5, 0x5678, 9);
    rig.control(code(METHOD_NEITHER), 0, 5, 0, 9);
    expect(rig.seen).toMatchObject([
      { system: 0, mdl: 0, type3: 0x1234, user: 0x5678, input: 5, output: 9 },
      { type3: 0, user: 0, input: 5, output: 9 },
    ]);
  });
});

describe("what the system call refuses", () => {
  it("case 66: a code whose access bits the handle lacks", () => {
    const attributesOnly = new Rig(0x10_0080);
    const readOnly = new Rig(0x8000_0000);
    const status = (rig: Rig, access: number) =>
      (rig.control(code(METHOD_BUFFERED, access), 0, 0, 0, 0) as { status: number }).status;
    const { STATUS_ACCESS_DENIED } = codes;
    const all = [FILE_ANY_ACCESS, FILE_READ_ACCESS, FILE_WRITE_ACCESS, FILE_READ_ACCESS | FILE_WRITE_ACCESS];
    expect(all.map((access) => status(attributesOnly, access))).toEqual([
      STATUS_SUCCESS,
      STATUS_ACCESS_DENIED,
      STATUS_ACCESS_DENIED,
      STATUS_ACCESS_DENIED,
    ]);
    expect(all.map((access) => status(readOnly, access))).toEqual([
      STATUS_SUCCESS,
      STATUS_SUCCESS,
      STATUS_ACCESS_DENIED,
      STATUS_ACCESS_DENIED,
    ]);
    expect(all.map((access) => status(new Rig(), access))).toEqual([0, 0, 0, 0]);
  });

  it("buffers that are not the caller's, lengths that are none, handles that are none", () => {
    const rig = new Rig();
    const good = rig.buffer("....");
    for (const address of [-0x1000, 0x10, good + 0x1000, 0x7fff_ffff_0000]) {
      expect(rig.control(code(METHOD_BUFFERED), address, 4, 0, 0)).toMatchObject({
        status: codes.STATUS_ACCESS_VIOLATION,
      });
      expect(rig.control(code(METHOD_BUFFERED), 0, 0, address, 4)).toMatchObject({
        status: codes.STATUS_ACCESS_VIOLATION,
      });
    }
    for (const length of [-1, 0.5, 2 ** 32]) {
      expect(rig.control(code(METHOD_BUFFERED), good, length, 0, 0)).toMatchObject({
        status: codes.STATUS_INVALID_PARAMETER,
      });
    }
    const { files } = rig.test.kernel;
    const nothing = { code: code(METHOD_BUFFERED), input: 0, inputLength: 0, output: 0, outputLength: 0 };
    expect(rig.test.user(() => files.NtDeviceIoControlFile(0x5000, nothing))).toMatchObject({
      status: codes.STATUS_INVALID_HANDLE,
    });
    expect(rig.seen).toEqual([]);
  });

  it("a device whose driver has no dispatch routine for it", () => {
    const rig = new Rig(0xc000_0000, 0);
    expect(rig.control(code(METHOD_BUFFERED), 0, 0, 0, 0)).toMatchObject({
      status: codes.STATUS_INVALID_DEVICE_REQUEST,
      information: 0,
    });
  });
});

describe("a request that the driver keeps", () => {
  it("is answered late, with its output", () => {
    const rig = new Rig();
    let kept = 0;
    rig.act = (irp) => {
      kept = irp;
      rig.test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    };
    const output = rig.buffer("....");
    const outcome = rig.control(code(METHOD_BUFFERED), 0, 0, output, 4);
    if (!outcome.pending) throw new Error("not pending");
    const answers: unknown[] = [];
    outcome.whenDone((done) => answers.push(done));
    rig.test.kernel.enter(() => {
      rig.put(rig.mem.readPointer(kept + IRP.offset.SystemBuffer), "late");
      rig.driver.complete(kept, STATUS_SUCCESS, 4);
    });
    expect(answers).toEqual([{ pending: false, status: STATUS_SUCCESS, information: 4 }]);
    expect(rig.text(output, 4)).toBe("late");
    expect(rig.poolBlocks()).toBe(0);
  });
});
