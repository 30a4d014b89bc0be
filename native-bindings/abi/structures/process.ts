/**
 * Processes, threads and the processor's control region, as far as drivers touch them and the fields are known.
 * Offsets inside KTHREAD, ETHREAD and EPROCESS change between versions; these are of Windows 10 2004 to 22H2 (build
 * 19041 and later of that line), which the kernel model declares itself to be.
 */

import { structure } from "../structure";
import { threadStates, waitReasons } from "../threadStates";
import { DISPATCHER_HEADER, KWAIT_BLOCK } from "./dispatcher";
import { LIST_ENTRY } from "./lists";

const SYMBOLS = "public symbols of Windows 10 x64, build 19041; the fields listed are not all there are";

export const CLIENT_ID = structure("CLIENT_ID", 0x10, {
  UniqueProcess: [0x0, "pointer", "process id"],
  UniqueThread: [0x8, "pointer", "thread id"],
});

export const KAPC_STATE = structure("KAPC_STATE", 0x30, {
  ApcListHead: [0x0, [LIST_ENTRY, 2], "kernel and user APCs"],
  Process: [0x20, "pointer", "KPROCESS the thread runs in"],
  KernelApcInProgress: [0x28, "u8", "a kernel APC runs"],
  KernelApcPending: [0x29, "u8", "a kernel APC waits"],
  UserApcPending: [0x2a, "u8", "a user APC waits"],
});

export const KTHREAD = structure(
  "KTHREAD",
  0x430,
  {
    Header: [0x0, DISPATCHER_HEADER, "signalled when the thread has ended"],
    InitialStack: [0x28, "pointer", "top of the kernel stack"],
    StackLimit: [0x30, "pointer", "lowest address of the kernel stack"],
    StackBase: [0x38, "pointer", "highest address of the kernel stack"],
    KernelStack: [0x58, "pointer", "stack pointer while it doesn't run"],
    ApcState: [0x98, KAPC_STATE, "APC queues and current process"],
    WaitStatus: [0xc8, "i64", "what the last wait answered"],
    WaitBlockList: [0xd0, "pointer", "first KWAIT_BLOCK of the wait, or NULL"],
    Priority: [0xc3, "i8", "0 to 31"],
    WaitBlock: [0x140, [KWAIT_BLOCK, 3], "for waits of up to three objects"],
    State: [0x184, "u8", "what it does, in the second block's spare bytes", threadStates],
    WaitIrql: [0x186, "u8", "IRQL that it goes on at"],
    WaitMode: [0x187, "i8", "0 kernel, 1 user"],
    KernelApcDisable: [0x1e4, "i16", "below 0 in a critical region"],
    SpecialApcDisable: [0x1e6, "i16", "below 0 in a guarded region"],
    Process: [0x220, "pointer", "KPROCESS it belongs to"],
    PreviousMode: [0x232, "i8", "0 when the caller is the kernel, 1 when it is a program"],
    WaitReason: [0x283, "u8", "why it waits, as it says itself", waitReasons],
  },
  SYMBOLS,
);

export const ETHREAD = structure(
  "ETHREAD",
  0x898,
  {
    Tcb: [0x0, KTHREAD, "the kernel's part"],
    CreateTime: [0x430, "i64", "100 ns since 1601, UTC"],
    StartAddress: [0x450, "pointer", "first routine of the thread"],
    Cid: [0x478, CLIENT_ID, "process and thread id"],
    Win32StartAddress: [0x4d0, "pointer", "first routine as Win32 sees it"],
    ThreadListEntry: [0x4e8, LIST_ENTRY, "threads of the process"],
  },
  SYMBOLS,
);

/** EPROCESS.ImageFileName holds this many characters. */
const IMAGE_FILE_NAME_LENGTH = 15;

export const EPROCESS = structure(
  "EPROCESS",
  0xa40,
  {
    Header: [0x0, DISPATCHER_HEADER, "signalled when the process has ended"],
    DirectoryTableBase: [0x28, "u64", "physical address of the page tables"],
    UniqueProcessId: [0x440, "pointer", "process id"],
    ActiveProcessLinks: [0x448, LIST_ENTRY, "in PsActiveProcessHead"],
    Token: [0x4b8, "pointer", "token, with a fast reference count in the low 4 bits"],
    InheritedFromUniqueProcessId: [0x540, "pointer", "id of the parent"],
    Peb: [0x550, "pointer", "user-mode process block"],
    ObjectTable: [0x570, "pointer", "handle table"],
    ImageFileName: [0x5a8, ["u8", IMAGE_FILE_NAME_LENGTH], "name of the file, cut, in ANSI"],
    ThreadListHead: [0x5e0, LIST_ENTRY, "ETHREADs"],
    ActiveThreads: [0x5f0, "u32", "threads"],
  },
  SYMBOLS,
);

/** The gs register points here in kernel mode; KeGetCurrentThread is the pointer at gs:[0x188]. */
export const KPCR = structure(
  "KPCR",
  0x1c0,
  {
    Self: [0x18, "pointer", "the region itself"],
    CurrentPrcb: [0x20, "pointer", "KPRCB at 0x180"],
    LockArray: [0x28, "pointer", "queued spin locks"],
    Used_Self: [0x30, "pointer", "user-mode thread block"],
    IdtBase: [0x38, "pointer", "interrupt descriptor table"],
    Irql: [0x50, "u8", "IRQL; the truth is in CR8"],
    "Prcb.CurrentThread": [0x188, "pointer", "KTHREAD that runs"],
    "Prcb.NextThread": [0x190, "pointer", "KTHREAD that runs next, or NULL"],
    "Prcb.IdleThread": [0x198, "pointer", "KTHREAD that runs when no other can"],
    "Prcb.Number": [0x1a4, "u32", "number of the processor"],
  },
  "public symbols of Windows 10 x64; only the start of a region that is 0xb000 bytes long",
);

const MAX_PATH = 260;
const PROCESSOR_FEATURE_MAX = 64;

/** Mapped at 0xFFFFF78000000000 in the kernel and at 0x7FFE0000 in every process (ntddk.h). */
export const KUSER_SHARED_DATA = structure(
  "KUSER_SHARED_DATA",
  0x738,
  {
    TickCountMultiplier: [0x4, "u32", "milliseconds per tick, times 2^24"],
    "InterruptTime.LowPart": [0x8, "u32", "100 ns since boot"],
    "InterruptTime.High1Time": [0xc, "i32", "upper half"],
    "InterruptTime.High2Time": [0x10, "i32", "upper half again, written first"],
    "SystemTime.LowPart": [0x14, "u32", "100 ns since 1601, UTC"],
    "SystemTime.High1Time": [0x18, "i32", "upper half"],
    "SystemTime.High2Time": [0x1c, "i32", "upper half again, written first"],
    ImageNumberLow: [0x2c, "u16", "machine type of native images"],
    ImageNumberHigh: [0x2e, "u16", "machine type of native images"],
    NtSystemRoot: [0x30, ["wchar", MAX_PATH], "for example C:\\Windows"],
    NtBuildNumber: [0x260, "u32", "build"],
    NtProductType: [0x264, "u32", "1 workstation, 2 domain controller, 3 server"],
    ProductTypeIsValid: [0x268, "u8", "1"],
    NtMajorVersion: [0x26c, "u32", "10"],
    NtMinorVersion: [0x270, "u32", "0"],
    ProcessorFeatures: [0x274, ["u8", PROCESSOR_FEATURE_MAX], "1 for each feature there is"],
    SuiteMask: [0x2d0, "u32", "product suites"],
    KdDebuggerEnabled: [0x2d4, "u8", "1 enabled, 2 present"],
    "TickCount.LowPart": [0x320, "u32", "ticks since boot"],
    "TickCount.High1Time": [0x324, "i32", "upper half"],
    "TickCount.High2Time": [0x328, "i32", "upper half again, written first"],
    Cookie: [0x330, "u32", "for encoding pointers"],
  },
  "ntddk.h; the fields listed are not all there are",
);
