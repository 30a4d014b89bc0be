/**
 * The Type field that I/O manager structures begin with (ntddk.h, IO_TYPE_).
 */
import { valueTable } from "./flags";

export const ioTypes = valueTable({
  IO_TYPE_ADAPTER: [1, "Adapter object"],
  IO_TYPE_CONTROLLER: [2, "Controller object"],
  IO_TYPE_DEVICE: [3, "DEVICE_OBJECT"],
  IO_TYPE_DRIVER: [4, "DRIVER_OBJECT"],
  IO_TYPE_FILE: [5, "FILE_OBJECT"],
  IO_TYPE_IRP: [6, "IRP"],
  IO_TYPE_MASTER_ADAPTER: [7, "Master adapter"],
  IO_TYPE_OPEN_PACKET: [8, "The I/O manager's packet for an open"],
  IO_TYPE_TIMER: [9, "IO_TIMER"],
  IO_TYPE_VPB: [10, "VPB"],
  IO_TYPE_ERROR_LOG: [11, "Error log entry"],
  IO_TYPE_ERROR_MESSAGE: [12, "Error log message"],
  IO_TYPE_DEVICE_OBJECT_EXTENSION: [13, "DEVOBJ_EXTENSION"],
});
export const {
  IO_TYPE_ADAPTER,
  IO_TYPE_CONTROLLER,
  IO_TYPE_DEVICE,
  IO_TYPE_DRIVER,
  IO_TYPE_FILE,
  IO_TYPE_IRP,
  IO_TYPE_MASTER_ADAPTER,
  IO_TYPE_OPEN_PACKET,
  IO_TYPE_TIMER,
  IO_TYPE_VPB,
  IO_TYPE_ERROR_LOG,
  IO_TYPE_ERROR_MESSAGE,
  IO_TYPE_DEVICE_OBJECT_EXTENSION,
} = ioTypes.value;
