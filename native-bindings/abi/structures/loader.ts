/**
 * Loaded images. The first is what DRIVER_OBJECT.DriverSection points to; the second is the user-mode loader's, as
 * far as it has not changed since Windows 7 (public symbols of Windows x64).
 */
import { structure } from "../structure";
import { LIST_ENTRY } from "./lists";
import { UNICODE_STRING } from "./strings";

const SYMBOLS = "public symbols of Windows x64";

export const KLDR_DATA_TABLE_ENTRY = structure(
  "KLDR_DATA_TABLE_ENTRY",
  0xa0,
  {
    InLoadOrderLinks: [0x0, LIST_ENTRY, "in PsLoadedModuleList"],
    ExceptionTable: [0x10, "pointer", "RUNTIME_FUNCTION table"],
    ExceptionTableSize: [0x18, "u32", "bytes of that table"],
    GpValue: [0x20, "pointer", "unused on x64"],
    NonPagedDebugInfo: [0x28, "pointer", "debug information"],
    DllBase: [0x30, "pointer", "base of the image"],
    EntryPoint: [0x38, "pointer", "entry point"],
    SizeOfImage: [0x40, "u32", "bytes"],
    FullDllName: [0x48, UNICODE_STRING, "path of the file"],
    BaseDllName: [0x58, UNICODE_STRING, "name of the file"],
    Flags: [0x68, "u32", "LDRP_ flags"],
    LoadCount: [0x6c, "u16", "references"],
    SignatureLevel: [0x6e, "u16", "signature level and type"],
    SectionPointer: [0x70, "pointer", "section object"],
    CheckSum: [0x78, "u32", "of the image header"],
    CoverageSectionSize: [0x7c, "u32", "bytes"],
    CoverageSection: [0x80, "pointer", "for code coverage"],
    LoadedImports: [0x88, "pointer", "modules it imports from"],
    Spare: [0x90, "pointer", "unused"],
    SizeOfImageNotRounded: [0x98, "u32", "bytes"],
    TimeDateStamp: [0x9c, "u32", "of the image header"],
  },
  SYMBOLS,
);

export const LDR_DATA_TABLE_ENTRY = structure(
  "LDR_DATA_TABLE_ENTRY",
  0x80,
  {
    InLoadOrderLinks: [0x0, LIST_ENTRY, "modules in load order"],
    InMemoryOrderLinks: [0x10, LIST_ENTRY, "modules in memory order"],
    InInitializationOrderLinks: [0x20, LIST_ENTRY, "modules in initialization order"],
    DllBase: [0x30, "pointer", "base of the image"],
    EntryPoint: [0x38, "pointer", "entry point"],
    SizeOfImage: [0x40, "u32", "bytes"],
    FullDllName: [0x48, UNICODE_STRING, "path of the file"],
    BaseDllName: [0x58, UNICODE_STRING, "name of the file"],
    Flags: [0x68, "u32", "LDRP_ flags"],
    ObsoleteLoadCount: [0x6c, "u16", "references, before Windows 8"],
    TlsIndex: [0x6e, "u16", "index of its thread-local storage"],
    HashLinks: [0x70, LIST_ENTRY, "modules with the same hash of the name"],
  },
  SYMBOLS,
);
