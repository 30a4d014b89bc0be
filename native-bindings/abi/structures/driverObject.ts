/** DRIVER_OBJECT and what hangs on it (wdm.h). */
import { driverObjectFlags } from "../driverFlags";
import { ioTypes } from "../ioTypes";
import { IRP_MJ_MAXIMUM_FUNCTION } from "../irpFunctions";
import { structure } from "../structure";
import { UNICODE_STRING } from "./strings";

export const DRIVER_OBJECT = structure("DRIVER_OBJECT", 0x150, {
  Type: [0x0, "i16", "IO_TYPE_DRIVER", ioTypes],
  Size: [0x2, "i16", "0x150"],
  DeviceObject: [0x8, "pointer", "newest of its devices; the others follow by NextDevice"],
  Flags: [0x10, "u32", "state of the driver", driverObjectFlags],
  DriverStart: [0x18, "pointer", "base of the image"],
  DriverSize: [0x20, "u32", "size of the image in bytes"],
  DriverSection: [0x28, "pointer", "KLDR_DATA_TABLE_ENTRY of the image"],
  DriverExtension: [0x30, "pointer", "DRIVER_EXTENSION"],
  DriverName: [0x38, UNICODE_STRING, "for example \\Driver\\Null"],
  HardwareDatabase: [0x48, "pointer", "UNICODE_STRING: \\REGISTRY\\MACHINE\\HARDWARE\\DESCRIPTION\\SYSTEM"],
  FastIoDispatch: [0x50, "pointer", "FAST_IO_DISPATCH, or NULL"],
  DriverInit: [0x58, "pointer", "DriverEntry"],
  DriverStartIo: [0x60, "pointer", "StartIo, or NULL"],
  DriverUnload: [0x68, "pointer", "DriverUnload, or NULL: then it can't be unloaded"],
  MajorFunction: [0x70, ["pointer", IRP_MJ_MAXIMUM_FUNCTION + 1], "dispatch routine for each IRP_MJ_ code"],
});

export const DRIVER_EXTENSION = structure(
  "DRIVER_EXTENSION",
  0x50,
  {
    DriverObject: [0x0, "pointer", "back to the driver"],
    AddDevice: [0x8, "pointer", "AddDevice of a Plug and Play driver, or NULL"],
    Count: [0x10, "u32", "how often the reinitialization routine has been called"],
    ServiceKeyName: [0x18, UNICODE_STRING, "name of the service key"],
    ClientDriverExtension: [0x28, "pointer", "list of IoAllocateDriverObjectExtension's blocks"],
    FsFilterCallbacks: [0x30, "pointer", "of a file system filter"],
    KseCallbacks: [0x38, "pointer", "of the compatibility shim engine"],
    DvCallbacks: [0x40, "pointer", "of Driver Verifier"],
    VerifierContext: [0x48, "pointer", "of Driver Verifier"],
  },
  "wdm.h to ServiceKeyName, then the public symbols of Windows 10 x64",
);

const FAST_IO_ROUTINE = "routine, or NULL";
export const FAST_IO_DISPATCH = structure("FAST_IO_DISPATCH", 0xe0, {
  SizeOfFastIoDispatch: [0x0, "u32", "0xe0"],
  FastIoCheckIfPossible: [0x8, "pointer", FAST_IO_ROUTINE],
  FastIoRead: [0x10, "pointer", FAST_IO_ROUTINE],
  FastIoWrite: [0x18, "pointer", FAST_IO_ROUTINE],
  FastIoQueryBasicInfo: [0x20, "pointer", FAST_IO_ROUTINE],
  FastIoQueryStandardInfo: [0x28, "pointer", FAST_IO_ROUTINE],
  FastIoLock: [0x30, "pointer", FAST_IO_ROUTINE],
  FastIoUnlockSingle: [0x38, "pointer", FAST_IO_ROUTINE],
  FastIoUnlockAll: [0x40, "pointer", FAST_IO_ROUTINE],
  FastIoUnlockAllByKey: [0x48, "pointer", FAST_IO_ROUTINE],
  FastIoDeviceControl: [0x50, "pointer", FAST_IO_ROUTINE],
  AcquireFileForNtCreateSection: [0x58, "pointer", FAST_IO_ROUTINE],
  ReleaseFileForNtCreateSection: [0x60, "pointer", FAST_IO_ROUTINE],
  FastIoDetachDevice: [0x68, "pointer", FAST_IO_ROUTINE],
  FastIoQueryNetworkOpenInfo: [0x70, "pointer", FAST_IO_ROUTINE],
  AcquireForModWrite: [0x78, "pointer", FAST_IO_ROUTINE],
  MdlRead: [0x80, "pointer", FAST_IO_ROUTINE],
  MdlReadComplete: [0x88, "pointer", FAST_IO_ROUTINE],
  PrepareMdlWrite: [0x90, "pointer", FAST_IO_ROUTINE],
  MdlWriteComplete: [0x98, "pointer", FAST_IO_ROUTINE],
  FastIoReadCompressed: [0xa0, "pointer", FAST_IO_ROUTINE],
  FastIoWriteCompressed: [0xa8, "pointer", FAST_IO_ROUTINE],
  MdlReadCompleteCompressed: [0xb0, "pointer", FAST_IO_ROUTINE],
  MdlWriteCompleteCompressed: [0xb8, "pointer", FAST_IO_ROUTINE],
  FastIoQueryOpen: [0xc0, "pointer", FAST_IO_ROUTINE],
  ReleaseForModWrite: [0xc8, "pointer", FAST_IO_ROUTINE],
  AcquireForCcFlush: [0xd0, "pointer", FAST_IO_ROUTINE],
  ReleaseForCcFlush: [0xd8, "pointer", FAST_IO_ROUTINE],
});
