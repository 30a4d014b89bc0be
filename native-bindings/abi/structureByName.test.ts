import { describe, expect, it } from "vitest";
import { structureByName, structureNames } from "./structureByName";

function offsetOf(path: string): number | undefined {
  const [name, ...field] = path.split(".");
  return structureByName(name ?? "")?.offset[field.join(".")];
}

describe("structureByName", () => {
  it("forgives case, underscore and module", () => {
    for (const name of ["UNICODE_STRING", "_unicode_string", "nt!_UNICODE_STRING"]) {
      expect(structureByName(name)?.name).toBe("UNICODE_STRING");
    }
    expect(structureByName("NO_SUCH_STRUCTURE")).toBeUndefined();
    expect(structureByName("__proto__")).toBeUndefined();
  });

  it("lists every structure once, and each is found by its name", () => {
    const names = structureNames();
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(80);
    for (const name of names) expect(structureByName(name)?.name).toBe(name);
  });

  it("explains every field in words", () => {
    for (const name of structureNames()) {
      for (const field of structureByName(name)?.fields ?? []) {
        expect(field.meaning, `${name}.${field.name}`).not.toBe("");
      }
    }
  });

  it("aligns every field to its own size where it is a scalar", () => {
    for (const name of structureNames()) {
      for (const field of structureByName(name)?.fields ?? []) {
        if (typeof field.type === "string") expect(field.offset % field.size, `${name}.${field.name}`).toBe(0);
      }
    }
  });
});

/** The figures that the reference documents give for 64-bit Windows. */
describe("layouts of Windows", () => {
  it.each([
    ["DRIVER_OBJECT", 0x150],
    ["DEVICE_OBJECT", 0x150],
    ["FILE_OBJECT", 0xd8],
    ["IRP", 0xd0],
    ["IO_STACK_LOCATION", 0x48],
    ["MDL", 0x30],
    ["KEVENT", 0x18],
    ["POOL_HEADER", 0x10],
    ["OBJECT_HEADER", 0x38],
    ["OBJECT_HEADER_NAME_INFO", 0x20],
    ["OBJECT_HEADER_CREATOR_INFO", 0x20],
    ["OBJECT_HEADER_HANDLE_INFO", 0x10],
    ["OBJECT_HEADER_QUOTA_INFO", 0x20],
    ["OBJECT_HEADER_PROCESS_INFO", 0x10],
    ["OBJECT_DIRECTORY", 0x158],
    ["OBJECT_DIRECTORY_ENTRY", 0x18],
    ["OBJECT_SYMBOLIC_LINK", 0x28],
    ["OBJECT_DIRECTORY_INFORMATION", 0x20],
    ["OBJECT_BASIC_INFORMATION", 0x38],
    ["OBJECT_TYPE_INFORMATION", 0x68],
    ["SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX", 0x28],
    ["SECTION_IMAGE_INFORMATION", 0x40],
    ["JOBOBJECT_BASIC_ACCOUNTING_INFORMATION", 0x30],
    ["EVENT_TRACE_PROPERTIES", 120],
    ["EVENT_TRACE_LOGFILEW", 448],
    ["EVENT_RECORD", 112],
  ])("%s is %i bytes", (name, size) => {
    expect(structureByName(name)?.size).toBe(size);
  });

  it.each([
    ["DRIVER_OBJECT.DriverUnload", 0x68],
    ["DRIVER_OBJECT.MajorFunction", 0x70],
    ["DEVICE_OBJECT.Flags", 0x30],
    ["DEVICE_OBJECT.DeviceExtension", 0x40],
    ["DEVICE_OBJECT.StackSize", 0x4c],
    ["IRP.SystemBuffer", 0x18],
    ["IRP.IoStatus", 0x30],
    ["IRP.CurrentLocation", 0x43],
    ["IRP.CancelRoutine", 0x68],
    ["IRP.UserBuffer", 0x70],
    ["IRP.CurrentStackLocation", 0xb8],
    ["FILE_OBJECT.FsContext", 0x18],
    ["FILE_OBJECT.FileName", 0x58],
    ["KPCR.Prcb.CurrentThread", 0x188],
    ["OBJECT_DIRECTORY.DeviceMap", 0x130],
    ["OBJECT_SYMBOLIC_LINK.LinkTarget", 0x8],
    ["OBJECT_BASIC_INFORMATION.CreationTime", 0x30],
    ["OBJECT_TYPE_INFORMATION.GenericMapping", 0x44],
    ["OBJECT_TYPE_INFORMATION.TypeIndex", 0x5a],
    ["OBJECT_TYPE_INFORMATION.DefaultNonPagedPoolCharge", 0x64],
    ["SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.HandleAttributes", 0x20],
    ["EVENT_TRACE_PROPERTIES.Wnode.ClientContext", 40],
    ["EVENT_TRACE_PROPERTIES.LogFileMode", 64],
    ["EVENT_TRACE_PROPERTIES.EnableFlags", 72],
    ["EVENT_TRACE_PROPERTIES.EventsLost", 88],
    ["EVENT_TRACE_PROPERTIES.LoggerNameOffset", 116],
    ["EVENT_TRACE_LOGFILEW.EventRecordCallback", 424],
    ["EVENT_RECORD.Opcode", 45],
    ["EVENT_RECORD.UserData", 96],
  ])("%s is at %i", (path, offset) => {
    expect(offsetOf(path)).toBe(offset);
  });
});
