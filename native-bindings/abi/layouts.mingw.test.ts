/**
 * Checks the layouts and numbers against mingw-w64's headers by having its compiler judge static assertions.
 * Without the compiler the test is skipped with a word; on CI, where it is installed, that is a failure.
 */
import { execFile, spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { knownIoctls } from "./knownIoctls";
import { ntStatusCodes } from "./ntstatus/ntStatus";
import type { StructureLayout } from "./structure";
import { structureByName } from "./structureByName";
import { win32Codes } from "./win32/win32Error";

const COMPILER = "x86_64-w64-mingw32-gcc";
const HEADERS = ["-I/usr/x86_64-w64-mingw32/include/ddk", "-I/usr/share/mingw-w64/include/ddk"];
const hasCompiler = spawnSync(COMPILER, ["--version"]).status === 0;

/** What is asserted of one subject; `message` of an assertion that fails begins with the subject. */
type Subject = "structure" | "event tracing" | "NTSTATUS" | "Win32 error" | "control code" | "canary";

function assertion(subject: Subject, condition: string, name: string): string {
  return `_Static_assert(${condition}, "${subject}: ${name}");`;
}

/** For a name that this version of the headers may not know. */
function assertionWhereDefined(subject: Subject, name: string, condition: string): string {
  return `#ifdef ${name}\n${assertion(subject, condition, name)}\n#endif`;
}

/** Has the compiler judge all assertions over some headers in one run: it spends its time on the headers. */
function failedAssertions(includes: readonly string[], assertions: readonly string[]): Promise<string[]> {
  const source = ["stddef.h", ...includes].map((name) => `#include <${name}>`).concat(assertions);
  const flags = [...HEADERS, "-std=gnu11", "-fsyntax-only", "-w", "-DWIN32_LEAN_AND_MEAN", "-x", "c", "-"];
  return new Promise((resolve) => {
    const run = execFile(COMPILER, flags, { maxBuffer: 1 << 26 }, (_error, _stdout, stderr) => {
      const others = stderr.split("\n").filter((line) => /: (?:fatal )?error: (?!static assertion)/.test(line));
      const failed = [...stderr.matchAll(/static assertion failed: "([^"]*)"/g)].map((match) => match[1] ?? "");
      resolve([...others, ...failed]);
    });
    run.stdin?.end(`${source.join("\n")}\n`);
  });
}

const kernelStructures = `UNICODE_STRING ANSI_STRING OBJECT_ATTRIBUTES LIST_ENTRY SINGLE_LIST_ENTRY SLIST_HEADER
  IO_STATUS_BLOCK DISPATCHER_HEADER KEVENT KMUTANT KSEMAPHORE KTIMER KQUEUE KDEVICE_QUEUE
  KDEVICE_QUEUE_ENTRY KDPC WAIT_CONTEXT_BLOCK KAPC DEVICE_OBJECT VPB DRIVER_OBJECT FAST_IO_DISPATCH FILE_OBJECT
  SECTION_OBJECT_POINTERS IO_COMPLETION_CONTEXT IRP IO_STACK_LOCATION MDL GENERIC_MAPPING ERESOURCE OWNER_ENTRY
  FAST_MUTEX IO_REMOVE_LOCK IO_REMOVE_LOCK_COMMON_BLOCK WORK_QUEUE_ITEM IO_CSQ GENERAL_LOOKASIDE
  NPAGED_LOOKASIDE_LIST PAGED_LOOKASIDE_LIST SECURITY_DESCRIPTOR SECURITY_DESCRIPTOR_RELATIVE ACL ACE_HEADER
  ACCESS_ALLOWED_ACE SID SECURITY_QUALITY_OF_SERVICE SECURITY_SUBJECT_CONTEXT ACCESS_STATE IO_SECURITY_CONTEXT
  NAMED_PIPE_CREATE_PARAMETERS MAILSLOT_CREATE_PARAMETERS CLIENT_ID GUID FILE_FS_DEVICE_INFORMATION
  FILE_BASIC_INFORMATION FILE_STANDARD_INFORMATION FILE_NAME_INFORMATION KEY_FULL_INFORMATION RTL_BITMAP
  RTL_BALANCED_LINKS RTL_AVL_TABLE TIME_FIELDS RTL_QUERY_REGISTRY_TABLE`.split(/\s+/);
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

function layoutAssertions(subject: Subject, layout: StructureLayout): string[] {
  const { name, size, fields } = layout;
  const ofFields = fields.flatMap((field) => {
    const path = cPaths[`${name}.${field.name}`] ?? field.name;
    return [
      assertion(subject, `offsetof(${name}, ${path}) == ${field.offset}`, `offset of ${name}.${field.name}`),
      assertion(subject, `sizeof(((${name} *)0)->${path}) == ${field.size}`, `size of ${name}.${field.name}`),
    ];
  });
  const whole = assertion(subject, `sizeof(${name}) == ${size}`, `size of ${name}`);
  return sizeDiffers.has(name) ? ofFields : [...ofFields, whole];
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

function kernelAssertions(): string[] {
  return [
    ...kernelStructures.flatMap((name) => layoutAssertions("structure", requireLayout(name))),
    // It ends there without the allocator's alignment.
    assertion("structure", "sizeof(DEVICE_OBJECT) == 0x148", "size of DEVICE_OBJECT"),
    ...Object.entries(ntStatusCodes).map(([name, code]) =>
      assertionWhereDefined("NTSTATUS", name, `(unsigned)${name} == ${code}u`),
    ),
    ...layoutAssertions("canary", wrongLayout("IRP", "Cancel")),
  ];
}

function userAssertions(): string[] {
  return [
    ...userStructures.flatMap((name) => layoutAssertions("event tracing", requireLayout(name))),
    ...Object.entries(win32Codes).map(([name, code]) =>
      assertionWhereDefined("Win32 error", name, `${name} == ${code}`),
    ),
    ...Object.entries(knownIoctls).flatMap(([code, names]) =>
      names.map((name) => assertionWhereDefined("control code", name, `(unsigned)(${name}) == ${code}u`)),
    ),
    ...layoutAssertions("canary", wrongLayout("EVENT_RECORD", "UserData")),
  ];
}

/** The layout with one field moved by a byte: a harness that accepts anything would prove nothing. */
function wrongLayout(name: string, wrongField: string): StructureLayout {
  const layout = requireLayout(name);
  const fields = layout.fields.map((field) =>
    field.name === wrongField ? { ...field, offset: field.offset + 1 } : field,
  );
  return { ...layout, fields };
}

describe.skipIf(!hasCompiler)("against mingw-w64's headers", () => {
  let failed: readonly string[] = [];

  beforeAll(async () => {
    // The kernel's headers and those of programs exclude each other.
    const runs = await Promise.all([
      failedAssertions(["ntifs.h", "ntstatus.h"], kernelAssertions()),
      failedAssertions(["windows.h", "winioctl.h", "winsmcrd.h", "evntrace.h", "evntcons.h"], userAssertions()),
    ]);
    failed = runs.flat();
  }, 60_000);

  it("the compiler understands the assertions, and sees one byte too many", () => {
    const ofNoSubject = failed.filter(
      (line) => !/^(?:structure|event tracing|NTSTATUS|Win32 error|control code): /.test(line),
    );
    expect(ofNoSubject).toEqual(["canary: offset of IRP.Cancel", "canary: offset of EVENT_RECORD.UserData"]);
  });

  it.each<Subject>(["structure", "event tracing", "NTSTATUS", "Win32 error", "control code"])(
    "every %s that the headers know",
    (subject) => {
      expect(failed.filter((line) => line.startsWith(`${subject}: `))).toEqual([]);
    },
  );
});
