/**
 * Checks the layouts and numbers against mingw-w64's headers by having its compiler judge static assertions.
 * Without the compiler the test is skipped with a word; on CI, where it is installed, that is a failure.
 */
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { knownIoctls } from "./knownIoctls";
import { ntStatusCodes } from "./ntstatus/ntStatus";
import type { StructureLayout } from "./structure";
import { structureByName } from "./structureByName";
import { win32Codes } from "./win32/win32Error";

const COMPILER = "x86_64-w64-mingw32-gcc";
const HEADERS = ["-I/usr/x86_64-w64-mingw32/include/ddk", "-I/usr/share/mingw-w64/include/ddk"];
const hasCompiler = spawnSync(COMPILER, ["--version"]).status === 0;

/** Returns the messages of the assertions that failed, or the compiler's words when it failed otherwise. */
function failedAssertions(includes: readonly string[], assertions: readonly string[]): string[] {
  const source = [...includes.map((name) => `#include <${name}>`), "#include <stddef.h>", ...assertions].join("\n");
  const run = spawnSync(COMPILER, [...HEADERS, "-std=gnu11", "-fsyntax-only", "-w", "-x", "c", "-"], {
    input: `${source}\n`,
    encoding: "utf8",
  });
  if (run.status === 0) return [];
  const failed = [...run.stderr.matchAll(/static assertion failed: "([^"]*)"/g)].map((match) => match[1] ?? "");
  return failed.length > 0 ? failed : [run.stderr];
}

const kernelStructures = `UNICODE_STRING ANSI_STRING OBJECT_ATTRIBUTES LIST_ENTRY SINGLE_LIST_ENTRY SLIST_HEADER
  IO_STATUS_BLOCK DISPATCHER_HEADER KEVENT KMUTANT KSEMAPHORE KTIMER KQUEUE KWAIT_BLOCK KDEVICE_QUEUE
  KDEVICE_QUEUE_ENTRY KDPC WAIT_CONTEXT_BLOCK KAPC DEVICE_OBJECT VPB DRIVER_OBJECT FAST_IO_DISPATCH FILE_OBJECT
  SECTION_OBJECT_POINTERS IO_COMPLETION_CONTEXT IRP IO_STACK_LOCATION MDL GENERIC_MAPPING ERESOURCE OWNER_ENTRY
  FAST_MUTEX IO_REMOVE_LOCK IO_REMOVE_LOCK_COMMON_BLOCK WORK_QUEUE_ITEM IO_CSQ GENERAL_LOOKASIDE
  NPAGED_LOOKASIDE_LIST PAGED_LOOKASIDE_LIST SECURITY_DESCRIPTOR SECURITY_DESCRIPTOR_RELATIVE ACL ACE_HEADER
  ACCESS_ALLOWED_ACE SID SECURITY_QUALITY_OF_SERVICE SECURITY_SUBJECT_CONTEXT ACCESS_STATE IO_SECURITY_CONTEXT
  NAMED_PIPE_CREATE_PARAMETERS MAILSLOT_CREATE_PARAMETERS CLIENT_ID GUID FILE_FS_DEVICE_INFORMATION
  FILE_BASIC_INFORMATION FILE_STANDARD_INFORMATION FILE_NAME_INFORMATION KEY_FULL_INFORMATION`.split(/\s+/);
const userStructures = ["EVENT_TRACE_PROPERTIES", "EVENT_TRACE_LOGFILEW", "EVENT_RECORD"];

/** Structures whose tail is not in mingw's headers, or is longer there by alignment: offsets only. */
const sizeDiffers = new Set(["DEVICE_OBJECT"]);

/** Where a union or a nested header makes C's path longer than our name. */
const cPaths: Readonly<Record<string, string | undefined>> = {
  "IRP.MasterIrp": "AssociatedIrp.MasterIrp",
  "IRP.IrpCount": "AssociatedIrp.IrpCount",
  "IRP.SystemBuffer": "AssociatedIrp.SystemBuffer",
  "IRP.UserApcRoutine": "Overlay.AsynchronousParameters.UserApcRoutine",
  "IRP.IssuingProcess": "Overlay.AsynchronousParameters.IssuingProcess",
  "IRP.UserApcContext": "Overlay.AsynchronousParameters.UserApcContext",
  "IRP.AllocationSize": "Overlay.AllocationSize",
  "IRP.DeviceQueueEntry": "Tail.Overlay.DeviceQueueEntry",
  "IRP.DriverContext": "Tail.Overlay.DriverContext",
  "IRP.Thread": "Tail.Overlay.Thread",
  "IRP.AuxiliaryBuffer": "Tail.Overlay.AuxiliaryBuffer",
  "IRP.ListEntry": "Tail.Overlay.ListEntry",
  "IRP.CurrentStackLocation": "Tail.Overlay.CurrentStackLocation",
  "IRP.PacketType": "Tail.Overlay.PacketType",
  "IRP.OriginalFileObject": "Tail.Overlay.OriginalFileObject",
  "IRP.Apc": "Tail.Apc",
  "IRP.CompletionKey": "Tail.CompletionKey",
  "DISPATCHER_HEADER.Absolute": "TimerControlFlags",
  "DISPATCHER_HEADER.Inserted": "TimerMiscFlags",
  "KEY_FULL_INFORMATION.MaxNameLength": "MaxNameLen",
  "KEY_FULL_INFORMATION.MaxClassLength": "MaxClassLen",
  "KEY_FULL_INFORMATION.MaxValueNameLength": "MaxValueNameLen",
  "KEY_FULL_INFORMATION.MaxValueDataLength": "MaxValueDataLen",
  ...Object.fromEntries(
    "Size HeaderType Flags EventProperty ThreadId ProcessId TimeStamp ProviderId KernelTime UserTime ActivityId"
      .split(" ")
      .map((name) => [`EVENT_RECORD.${name}`, `EventHeader.${name}`]),
  ),
  ...Object.fromEntries(
    "Id Version Channel Level Opcode Task Keyword"
      .split(" ")
      .map((name) => [`EVENT_RECORD.${name}`, `EventHeader.EventDescriptor.${name}`]),
  ),
};

function layoutAssertions(layout: StructureLayout): string[] {
  const { name, size, fields } = layout;
  const offsets = fields.map((field) => {
    const path = cPaths[`${name}.${field.name}`] ?? field.name;
    return `_Static_assert(offsetof(${name}, ${path}) == ${field.offset}, "${name}.${field.name}");`;
  });
  const sizes = fields.map((field) => {
    const path = cPaths[`${name}.${field.name}`] ?? field.name;
    return `_Static_assert(sizeof(((${name} *)0)->${path}) == ${field.size}, "size of ${name}.${field.name}");`;
  });
  const whole = sizeDiffers.has(name) ? [] : [`_Static_assert(sizeof(${name}) == ${size}, "sizeof ${name}");`];
  return [...offsets, ...sizes, ...whole];
}

function requireLayout(name: string): StructureLayout {
  const layout = structureByName(name);
  if (layout === undefined) throw new Error(`no structure ${name}`);
  return layout;
}

if (!hasCompiler) {
  it.skipIf(process.env.CI !== "true")(`needs ${COMPILER} (package gcc-mingw-w64-x86-64)`, () => {
    expect.fail(`${COMPILER} is not installed: layouts were not checked against mingw's headers`);
  });
}

describe.skipIf(!hasCompiler)("against mingw-w64's headers", () => {
  beforeAll(() => {
    // A harness that accepts anything would prove nothing.
    expect(failedAssertions(["ntifs.h"], ['_Static_assert(sizeof(IRP) == 1, "canary");'])).toEqual(["canary"]);
  });

  // One run of the compiler for all: it spends its time on the headers.
  it("every structure of the kernel headers: offsets, sizes", () => {
    const assertions = kernelStructures.flatMap((name) => layoutAssertions(requireLayout(name)));
    expect(failedAssertions(["ntifs.h"], assertions)).toEqual([]);
  });

  it("event tracing", () => {
    const assertions = userStructures.flatMap((name) => layoutAssertions(requireLayout(name)));
    expect(failedAssertions(["windows.h", "evntrace.h", "evntcons.h"], assertions)).toEqual([]);
  });

  it("DEVICE_OBJECT ends at 0x148 without the allocator's alignment", () => {
    expect(failedAssertions(["ntifs.h"], ['_Static_assert(sizeof(DEVICE_OBJECT) == 0x148, "size");'])).toEqual([]);
  });

  it("every NTSTATUS that the header knows", () => {
    const assertions = Object.entries(ntStatusCodes).flatMap(([name, code]) => [
      `#ifdef ${name}`,
      `_Static_assert((unsigned)${name} == ${code}u, "${name}");`,
      "#endif",
    ]);
    expect(failedAssertions(["ntdef.h", "ntstatus.h"], assertions)).toEqual([]);
  });

  it("every Win32 error that the header knows", () => {
    const assertions = Object.entries(win32Codes).flatMap(([name, code]) => [
      `#ifdef ${name}`,
      `_Static_assert(${name} == ${code}, "${name}");`,
      "#endif",
    ]);
    expect(failedAssertions(["windows.h"], assertions)).toEqual([]);
  });

  it("control codes of winioctl.h", () => {
    const assertions = Object.entries(knownIoctls).flatMap(([code, names]) =>
      names.flatMap((name) => [
        `#ifdef ${name}`,
        `_Static_assert((unsigned)(${name}) == ${code}u, "${name}");`,
        "#endif",
      ]),
    );
    expect(failedAssertions(["windows.h", "winioctl.h"], assertions)).toEqual([]);
  });
});
