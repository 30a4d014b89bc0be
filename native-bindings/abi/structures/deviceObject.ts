/**
 * DEVICE_OBJECT and what hangs on it (wdm.h).
 *
 * The fields end at 0x148, and that is what a compiler says that takes mingw's header as it stands. Windows
 * declares DEVICE_OBJECT with the alignment of the memory allocator, 16 bytes on x64, which makes sizeof
 * 0x150: so a device extension, which begins at `DeviceObject + 1`, begins at 0x150.
 */
import { deviceCharacteristics } from "../deviceCharacteristics";
import { deviceExtensionFlags, deviceObjectFlags } from "../deviceFlags";
import { deviceTypes } from "../deviceTypes";
import { ioTypes } from "../ioTypes";
import { structure } from "../structure";
import { KDEVICE_QUEUE, KDPC, WAIT_CONTEXT_BLOCK } from "./deviceQueue";
import { KEVENT } from "./dispatcher";
import { LIST_ENTRY } from "./lists";

export const DEVICE_OBJECT = structure("DEVICE_OBJECT", 0x150, {
  Type: [0x0, "i16", "IO_TYPE_DEVICE", ioTypes],
  Size: [0x2, "u16", "0x150 plus the device extension"],
  ReferenceCount: [0x4, "i32", "open file objects, and what else keeps the device"],
  DriverObject: [0x8, "pointer", "driver that made it"],
  NextDevice: [0x10, "pointer", "next device of the same driver"],
  AttachedDevice: [0x18, "pointer", "device attached on top of this one, or NULL"],
  CurrentIrp: [0x20, "pointer", "IRP that StartIo works on"],
  Timer: [0x28, "pointer", "IO_TIMER, or NULL"],
  Flags: [0x30, "u32", "how the I/O manager treats the device", deviceObjectFlags],
  Characteristics: [0x34, "u32", "what the device is like", deviceCharacteristics],
  Vpb: [0x38, "pointer", "volume parameter block, or NULL"],
  DeviceExtension: [0x40, "pointer", "the driver's own data, or NULL"],
  DeviceType: [0x48, "u32", "FILE_DEVICE_ code", deviceTypes],
  StackSize: [0x4c, "i8", "stack locations that an IRP to this device needs"],
  "Queue.ListEntry": [0x50, LIST_ENTRY, "queue of file systems"],
  "Queue.Wcb": [0x50, WAIT_CONTEXT_BLOCK, "wait for an adapter or a controller"],
  AlignmentRequirement: [0x98, "u32", "buffer address mask: 0 byte, 1 word, 3 long, 7 quad..."],
  DeviceQueue: [0xa0, KDEVICE_QUEUE, "IRPs that wait for StartIo"],
  Dpc: [0xc8, KDPC, "DPC of IoRequestDpc"],
  ActiveThreadCount: [0x108, "u32", "file systems: threads at work"],
  SecurityDescriptor: [0x110, "pointer", "who may open the device"],
  DeviceLock: [0x118, KEVENT, "serializes mounting"],
  SectorSize: [0x130, "u16", "bytes; 512 for disks, 2048 for CDs, else 0"],
  Spare1: [0x132, "u16", "unused"],
  DeviceObjectExtension: [0x138, "pointer", "DEVOBJ_EXTENSION"],
  Reserved: [0x140, "pointer", "unused"],
});

export const DEVOBJ_EXTENSION = structure(
  "DEVOBJ_EXTENSION",
  0x70,
  {
    Type: [0x0, "i16", "IO_TYPE_DEVICE_OBJECT_EXTENSION", ioTypes],
    Size: [0x2, "u16", "0"],
    DeviceObject: [0x8, "pointer", "back to the device"],
    PowerFlags: [0x10, "u32", "state of power management"],
    Dope: [0x18, "pointer", "power extension"],
    ExtensionFlags: [0x20, "u32", "what is pending", deviceExtensionFlags],
    DeviceNode: [0x28, "pointer", "Plug and Play node of a physical device"],
    AttachedTo: [0x30, "pointer", "device below this one, or NULL"],
    StartIoCount: [0x38, "i32", "nested StartIo calls"],
    StartIoKey: [0x3c, "i32", "key of the next request"],
    StartIoFlags: [0x40, "u32", "DeferredStartIo and the like"],
    Vpb: [0x48, "pointer", "volume parameter block"],
    DependencyNode: [0x50, "pointer", "Plug and Play dependencies"],
    InterruptContext: [0x58, "pointer", "interrupts of the device"],
    InterruptCount: [0x60, "i32", "how many interrupts"],
    VerifierContext: [0x68, "pointer", "of Driver Verifier"],
  },
  "wdm.h to DeviceObject, then the public symbols of Windows 10 x64",
);

/** VPB.VolumeLabel holds this many characters. */
const MAXIMUM_VOLUME_LABEL_CHARACTERS = 32;

export const VPB = structure("VPB", 0x60, {
  Type: [0x0, "i16", "IO_TYPE_VPB", ioTypes],
  Size: [0x2, "i16", "0x60"],
  Flags: [0x4, "u16", "1 mounted, 2 locked, 4 persistent..."],
  VolumeLabelLength: [0x6, "u16", "bytes of VolumeLabel in use"],
  DeviceObject: [0x8, "pointer", "file system's device of the mounted volume"],
  RealDevice: [0x10, "pointer", "device that the volume is on"],
  SerialNumber: [0x18, "u32", "of the volume"],
  ReferenceCount: [0x1c, "u32", "open files on the volume"],
  VolumeLabel: [0x20, ["wchar", MAXIMUM_VOLUME_LABEL_CHARACTERS], "name of the volume"],
});
