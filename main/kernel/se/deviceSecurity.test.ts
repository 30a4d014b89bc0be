import { describe, expect, it } from "vitest";
import { DELETE, GENERIC_READ, GENERIC_WRITE, MAXIMUM_ALLOWED } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import { DIRECTORY_QUERY } from "../../../native-bindings/abi/objectRights";
import { sddlText } from "../../../native-bindings/abi/security/sddlText";
import { parseSecurityDescriptor } from "../../../native-bindings/abi/security/securityDescriptor";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { EPROCESS } from "../../../native-bindings/abi/structures/process";
import { TOKEN } from "../../../native-bindings/abi/structures/security";
import { UserMode } from "../ob/caller";
import { SECURITY_DESCRIPTOR } from "../ob/objectHeader";
import { type TestDriver, TestKernel } from "../testKernel";
import * as deviceSecurity from "./deviceSecurity";
import type { ReadyToken } from "./readyTokens";
import { descriptorOfSddl } from "./sddlDescriptors";

const READ_WRITE = (GENERIC_READ | GENERIC_WRITE) >>> 0;

function setUp() {
  const test = new TestKernel();
  const { kernel } = test;
  let driver: TestDriver | undefined;
  test.load("secured", (loaded) => {
    driver = loaded;
    loaded.handle("all", (_device, irp) => loaded.complete(irp, STATUS_SUCCESS));
    return undefined;
  });
  if (driver === undefined) throw new Error("the driver did not load");
  const owner = driver;
  const ready = (device: Address): Address => {
    const at = device + DEVICE_OBJECT.offset.Flags;
    kernel.mem.writeU32(at, kernel.mem.readU32(at) & ~DO_DEVICE_INITIALIZING);
    return device;
  };
  const as = <T>(kind: ReadyToken, action: () => T): T => {
    const process = kernel.ps.createProcess(`${kind}.exe`, kernel.se.ready(kind));
    return kernel.ps.runAs(kernel.ps.createThread(process), UserMode, action);
  };
  return {
    test,
    kernel,
    driver: owner,
    ready,
    as,
    secure: (name: string, sddl: string, characteristics = 0, classGuid?: string) => {
      const shape = { extensionSize: 0, name, type: 0x22, characteristics, exclusive: false };
      const made = kernel.io.secureDevices.IoCreateDeviceSecure(owner.object, shape, sddl, classGuid);
      return made.status === STATUS_SUCCESS ? { ...made, device: ready(made.device) } : made;
    },
    open: (kind: ReadyToken, name: string, desiredAccess: number) =>
      as(kind, () => {
        const outcome = kernel.files.NtCreateFile({ name }, { desiredAccess });
        if (outcome.pending) throw new Error("pending");
        const { process } = kernel.ps.current;
        return { status: outcome.status, granted: outcome.handle === 0 ? 0 : process.handles.accessOf(outcome.handle) };
      }),
  };
}

describe("a device made with each SDDL_DEVOBJ_ constant", () => {
  const R = GENERIC_READ >>> 0;
  const W = GENERIC_WRITE;
  const X = 0x2000_0000;
  // What each may open it for: reading, writing, executing.
  it.each<[string, string, Record<"system" | "administrator" | "standard" | "appcontainer", string>]>([
    [
      "SDDL_DEVOBJ_KERNEL_ONLY",
      deviceSecurity.SDDL_DEVOBJ_KERNEL_ONLY,
      { system: "", administrator: "", standard: "", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL,
      { system: "rwx", administrator: "", standard: "", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_ALL",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_ALL,
      { system: "rwx", administrator: "rwx", standard: "", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_RX",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RX,
      { system: "rwx", administrator: "rx", standard: "", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R,
      { system: "rwx", administrator: "rwx", standard: "r", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R_RES_R",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R_RES_R,
      { system: "rwx", administrator: "rwx", standard: "r", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R,
      { system: "rwx", administrator: "rwx", standard: "rw", appcontainer: "" },
    ],
    [
      "SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX",
      deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX,
      { system: "rwx", administrator: "rwx", standard: "rwx", appcontainer: "" },
    ],
  ])("%s", (_constant, sddl, expected) => {
    const { secure, open } = setUp();
    expect(secure("\\Device\\Secured", sddl).status).toBe(STATUS_SUCCESS);
    const rights = [
      ["r", R],
      ["w", W],
      ["x", X],
    ] as const;
    for (const [kind, letters] of Object.entries(expected)) {
      const got = rights.filter(
        ([, right]) => open(kind as ReadyToken, "\\Device\\Secured", right).status === STATUS_SUCCESS,
      );
      expect(got.map(([letter]) => letter).join(""), kind).toBe(letters);
    }
  });

  it("is open to an app container only where an entry names those, and at its level", () => {
    const { secure, open } = setUp();
    secure("\\Device\\Boxed", "D:P(A;;GA;;;SY)(A;;GRGW;;;WD)(A;;GRGW;;;AC)S:(ML;;NW;;;LW)");
    expect(open("appcontainer", "\\Device\\Boxed", READ_WRITE).status).toBe(STATUS_SUCCESS);
  });

  it("has what the registry says for its class instead", () => {
    const { secure, open, kernel } = setUp();
    const guid = "{26e0d1e0-8189-12e0-9914-080022201903}";
    const key = kernel.cm.ensure(`\\Registry\\Machine\\System\\CurrentControlSet\\Control\\Class\\${guid}\\Properties`);
    key.setValue("Security", { type: "REG_BINARY", bytes: descriptorOfSddl("D:P(A;;GA;;;SY)(A;;GA;;;WD)") });
    secure("\\Device\\OfClass", deviceSecurity.SDDL_DEVOBJ_KERNEL_ONLY, 0, guid);
    expect(open("standard", "\\Device\\OfClass", READ_WRITE).status).toBe(STATUS_SUCCESS);
  });

  it("is not made of what is no SDDL, nor without a name", () => {
    const { secure, kernel, driver } = setUp();
    expect(secure("\\Device\\Bad", "D:P(A;;GA;;;)").status).toBe(STATUS_INVALID_PARAMETER);
    const shape = { extensionSize: 0, name: undefined, type: 0x22, characteristics: 0, exclusive: false };
    const made = kernel.io.secureDevices.IoCreateDeviceSecure(driver.object, shape, "D:P");
    expect(made.status).toBe(STATUS_INVALID_PARAMETER);
  });
});

describe("a device of IoCreateDevice", () => {
  it("is open to everybody but app containers for reading and writing, a disk to administrators", () => {
    const { open, driver, ready, kernel } = setUp();
    ready(driver.createDevice("\\Device\\Plain"));
    ready(kernel.io.IoCreateDevice(driver.object, 0, "\\Device\\Disk", 0x7, 0, false).device);
    const statuses = (name: string) =>
      (["administrator", "standard", "appcontainer"] as const).map((kind) => open(kind, name, READ_WRITE).status);
    expect(statuses("\\Device\\Plain")).toEqual([STATUS_SUCCESS, STATUS_SUCCESS, STATUS_ACCESS_DENIED]);
    expect(statuses("\\Device\\Disk")).toEqual([STATUS_SUCCESS, STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED]);
  });

  it("gives the handle what the list grants for MAXIMUM_ALLOWED", () => {
    const { secure, open } = setUp();
    secure("\\Device\\Some", deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R);
    expect(open("standard", "\\Device\\Some", MAXIMUM_ALLOWED)).toEqual({ status: STATUS_SUCCESS, granted: 0x120089 });
  });

  it("case 51: protects the names below it only with FILE_DEVICE_SECURE_OPEN", () => {
    const { secure, open } = setUp();
    secure("\\Device\\Loose", deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_ALL);
    secure("\\Device\\Tight", deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_ALL, FILE_DEVICE_SECURE_OPEN);
    const below = (name: string) => open("standard", `${name}\\x`, READ_WRITE).status;
    expect(open("standard", "\\Device\\Loose", READ_WRITE).status).toBe(STATUS_ACCESS_DENIED);
    expect(["\\Device\\Loose", "\\Device\\Tight"].map(below)).toEqual([STATUS_SUCCESS, STATUS_ACCESS_DENIED]);
  });

  it("hands its driver no request that was refused", () => {
    const { secure, open, driver } = setUp();
    let creates = 0;
    driver.handle(IRP_MJ_CREATE, (_device, irp) => {
      creates += 1;
      return driver.complete(irp, STATUS_SUCCESS);
    });
    secure("\\Device\\Quiet", deviceSecurity.SDDL_DEVOBJ_SYS_ALL);
    open("standard", "\\Device\\Quiet", READ_WRITE);
    expect(creates).toBe(0);
    open("system", "\\Device\\Quiet", READ_WRITE);
    expect(creates).toBe(1);
  });
});

describe("handles and names", () => {
  it("gets no more by duplicating than an open would give", () => {
    const { secure, as, kernel } = setUp();
    secure("\\Device\\Some", deviceSecurity.SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R);
    as("standard", () => {
      const opened = kernel.files.NtCreateFile({ name: "\\Device\\Some" }, { desiredAccess: GENERIC_READ });
      if (opened.pending) throw new Error("pending");
      const { process } = kernel.ps.current;
      const duplicate = (desiredAccess: number) =>
        kernel.ob.NtDuplicateObject(process, opened.handle, process, { desiredAccess }).status;
      expect([GENERIC_READ >>> 0, GENERIC_WRITE].map(duplicate)).toEqual([STATUS_SUCCESS, STATUS_ACCESS_DENIED]);
    });
  });

  it("lets a standard user make objects where everybody may, and nowhere else", () => {
    const { as, kernel, test } = setUp();
    test.kernel.objects.NtCreateDirectoryObject(0, { name: "\\BaseNamedObjects", attributes: OBJ_PERMANENT });
    kernel.boot();
    const make = (kind: ReadyToken, name: string) =>
      as(kind, () => kernel.objects.events.NtCreateEvent(0x1f0003, { name }, 1, false).status);
    expect(make("standard", "\\BaseNamedObjects\\Mine")).toBe(STATUS_SUCCESS);
    expect(make("standard", "\\Device\\Mine")).toBe(STATUS_ACCESS_DENIED);
    expect(make("administrator", "\\Device\\Mine")).toBe(STATUS_SUCCESS);
  });

  it("lets nobody but administrators list drivers", () => {
    const { as, kernel } = setUp();
    const list = (kind: ReadyToken) =>
      as(kind, () => kernel.objects.NtOpenDirectoryObject(DIRECTORY_QUERY, { name: "\\Driver" }).status);
    expect((["administrator", "standard"] as const).map(list)).toEqual([STATUS_SUCCESS, STATUS_ACCESS_DENIED]);
  });

  it("goes through a directory that does not grant it with SeChangeNotifyPrivilege, and not without", () => {
    const { as, kernel } = setUp();
    kernel.objects.NtCreateDirectoryObject(0, {
      name: "\\Closed",
      attributes: OBJ_PERMANENT,
      securityDescriptor: descriptorOfSddl("D:"),
    });
    const everybody = descriptorOfSddl("D:(A;;GA;;;WD)");
    const made = kernel.objects.events.NtCreateEvent(
      0,
      { name: "\\Closed\\E", securityDescriptor: everybody },
      1,
      false,
    );
    expect(made.status).toBe(STATUS_SUCCESS);
    const open = () =>
      as("standard", () => kernel.objects.open(kernel.objects.events.type, 0x2, { name: "\\Closed\\E" }).status);
    expect(open()).toBe(STATUS_SUCCESS);
    // As a driver that takes the privilege away.
    const enabled = kernel.se.ready("standard") + TOKEN.offset["Privileges.Enabled"];
    kernel.mem.writeU32(enabled, 0);
    expect(open()).toBe(STATUS_ACCESS_DENIED);
  });

  it("makes temporary what its handle may delete", () => {
    const { as, kernel } = setUp();
    const status = (access: number) =>
      as("administrator", () => {
        const name = `\\Device\\T${access}`;
        const { handle } = kernel.objects.events.NtCreateEvent(access, { name, attributes: OBJ_PERMANENT }, 1, false);
        return kernel.objects.NtMakeTemporaryObject(handle);
      });
    expect([DELETE, 0x2].map(status)).toEqual([STATUS_SUCCESS, STATUS_ACCESS_DENIED]);
  });

  it("passes entries on, the owner's in the owner's name", () => {
    const { as, kernel } = setUp();
    const sddl = (name: string) => {
      const { object } = kernel.ob.ObReferenceObjectByName(name, 0, kernel.ob.symbolicLinkType);
      const parsed = parseSecurityDescriptor(kernel.ob.securityOf(object) ?? new Uint8Array());
      kernel.ob.ObDereferenceObject(object);
      return parsed === undefined ? undefined : sddlText(parsed);
    };
    as("administrator", () => {
      kernel.objects.NtCreateSymbolicLinkObject(0, { name: "\\GLOBAL??\\L", attributes: OBJ_PERMANENT }, "\\Device\\X");
    });
    expect(sddl("\\GLOBAL??\\L")).toMatch(
      /^O:BAG:S-1-5-21-[-\d]+-513D:\(A;;CCRC;;;WD\).*\(A;;CCSDRCWDWO;;;SY\)\(A;;CCSDRCWDWO;;;BA\)\(A;;CCSDRCWDWO;;;BA\)/,
    );
  });

  it("takes no descriptor that is none", () => {
    const { as, kernel } = setUp();
    const attributes = { name: "\\Device\\Odd", securityDescriptor: Uint8Array.of(1, 2, 3) };
    const made = as("administrator", () => kernel.objects.events.NtCreateEvent(0, attributes, 1, false));
    expect(made.status).toBe(STATUS_INVALID_SECURITY_DESCR);
  });
});

describe("in memory", () => {
  it("keeps one descriptor for all that have it, and gives it back with the last", () => {
    const { kernel, driver, ready } = setUp();
    const [first, second] = ["\\Device\\A", "\\Device\\B"].map((name) => ready(driver.createDevice(name)));
    if (first === undefined || second === undefined) throw new Error("no devices");
    const slot = (object: Address) => kernel.mem.readPointer(object + SECURITY_DESCRIPTOR);
    expect(slot(first)).toBe(slot(second));
    expect(slot(first) & 0xf).toBe(0xf);
    kernel.ob.setSecurity(first, descriptorOfSddl("D:P(A;;GR;;;AN)"));
    const own = kernel.ob.store.descriptors.of(first);
    expect(own?.references).toBe(1);
    kernel.io.devices.IoDeleteDevice(first);
    expect(own?.references).toBe(0);
  });

  it("makes a process whoever its EPROCESS.Token says it is: a stolen token works", () => {
    const { secure, kernel } = setUp();
    secure("\\Device\\System", deviceSecurity.SDDL_DEVOBJ_SYS_ALL);
    const process = kernel.ps.createProcess("exploit.exe", kernel.se.ready("standard"));
    const thread = kernel.ps.createThread(process);
    const status = () =>
      kernel.ps.runAs(thread, UserMode, () => {
        const outcome = kernel.files.NtCreateFile({ name: "\\Device\\System" }, { desiredAccess: READ_WRITE });
        return outcome.pending ? undefined : outcome.status;
      });
    expect(status()).toBe(STATUS_ACCESS_DENIED);
    const { Token } = EPROCESS.offset;
    kernel.mem.writePointer(process.object + Token, kernel.mem.readPointer(kernel.ps.system.object + Token));
    expect(status()).toBe(STATUS_SUCCESS);
    expect(kernel.se.kindOf(process.object)).toBe("system");
    kernel.mem.writePointer(process.object + Token, 0);
    expect(status()).toBe(STATUS_ACCESS_DENIED);
  });
});
