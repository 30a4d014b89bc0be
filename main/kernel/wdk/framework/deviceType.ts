/**
 * The enums and bit flags of Driver::create_device, after "Windows Drivers in Rust: Creating Devices". The numbers are
 * the DDK's FILE_DEVICE_xxx, FILE_xxx and DO_xxx.
 */
import * as characteristics from "../../../../native-bindings/abi/deviceCharacteristics";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../../native-bindings/abi/deviceFlags";
import { deviceTypes } from "../../../../native-bindings/abi/deviceTypes";

const type = deviceTypes.value;

export const DeviceType = {
  Port8042: type.FILE_DEVICE_8042_PORT,
  Acpi: type.FILE_DEVICE_ACPI,
  Battery: type.FILE_DEVICE_BATTERY,
  Beep: type.FILE_DEVICE_BEEP,
  BusExtender: type.FILE_DEVICE_BUS_EXTENDER,
  CdRom: type.FILE_DEVICE_CD_ROM,
  Controller: type.FILE_DEVICE_CONTROLLER,
  Disk: type.FILE_DEVICE_DISK,
  FileSystem: type.FILE_DEVICE_FILE_SYSTEM,
  Keyboard: type.FILE_DEVICE_KEYBOARD,
  MassStorage: type.FILE_DEVICE_MASS_STORAGE,
  Mouse: type.FILE_DEVICE_MOUSE,
  NamedPipe: type.FILE_DEVICE_NAMED_PIPE,
  Network: type.FILE_DEVICE_NETWORK,
  Null: type.FILE_DEVICE_NULL,
  SerialPort: type.FILE_DEVICE_SERIAL_PORT,
  Smartcard: type.FILE_DEVICE_SMARTCARD,
  Sound: type.FILE_DEVICE_SOUND,
  Unknown: type.FILE_DEVICE_UNKNOWN,
  Video: type.FILE_DEVICE_VIDEO,
  VirtualDisk: type.FILE_DEVICE_VIRTUAL_DISK,
} as const;
export type DeviceType = (typeof DeviceType)[keyof typeof DeviceType];

/** Bits of DEVICE_OBJECT.Characteristics; or them together. */
export const DeviceFlags = {
  NONE: 0,
  REMOVABLE_MEDIA: characteristics.FILE_REMOVABLE_MEDIA,
  READ_ONLY_DEVICE: characteristics.FILE_READ_ONLY_DEVICE,
  SECURE_OPEN: characteristics.FILE_DEVICE_SECURE_OPEN,
} as const;

/**
 * Bits of DEVICE_OBJECT.Flags that choose how reads and writes bring their buffer. Not in the article: see
 * {@link Driver.createDevice}.
 */
export const DeviceDoFlags = { NONE: 0, BUFFERED_IO: DO_BUFFERED_IO, DIRECT_IO: DO_DIRECT_IO } as const;

export const Access = { NonExclusive: "nonExclusive", Exclusive: "exclusive" } as const;
export type Access = (typeof Access)[keyof typeof Access];
