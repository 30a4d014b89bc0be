/**
 * What a driver file imports from "ntscope/driver": the framework, and NT's names as the DDK has them. The one module is
 * built into a text for the sandbox (`?sandbox`) and into types for editors (`?declarations`).
 */
export * from "../../../native-bindings/abi/deviceCharacteristics";
export * from "../../../native-bindings/abi/deviceFlags";
export * from "../../../native-bindings/abi/deviceTypes";
export {
  CTL_CODE,
  decodeIoctl,
  FILE_ANY_ACCESS,
  FILE_READ_ACCESS,
  FILE_WRITE_ACCESS,
  METHOD_BUFFERED,
  METHOD_IN_DIRECT,
  METHOD_NEITHER,
  METHOD_OUT_DIRECT,
} from "../../../native-bindings/abi/ioctl";
export * from "../../../native-bindings/abi/irpFunctions";
export * from "../../../native-bindings/abi/ntstatus/codes";
export { NT_ERROR, NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
export * from "../../../native-bindings/abi/poolTypes";
export { structure } from "../../../native-bindings/abi/structure";
export { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
export { KDPC } from "../../../native-bindings/abi/structures/deviceQueue";
export {
  DISPATCHER_HEADER,
  KEVENT,
  KMUTANT,
  KSEMAPHORE,
  KTIMER,
} from "../../../native-bindings/abi/structures/dispatcher";
export { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
export { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
export { IRP } from "../../../native-bindings/abi/structures/irp";
export { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
export { MDL } from "../../../native-bindings/abi/structures/mdl";
export { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
export { UNICODE_STRING } from "../../../native-bindings/abi/structures/strings";
export * from "../../../native-bindings/abi/structures/sync";
export { completeIrp } from "../../kernel/drivers/completeIrp";
export {
  createNamedDevice,
  deleteNamedDevice,
  dispatchRoutine,
  setMajorFunction,
  setUnload,
  succeedOpenAndClose,
} from "../../kernel/drivers/namedDevice";
export type { Ddk, DispatchRoutine, DriverEntry, NtStatus, UnloadRoutine } from "../../kernel/wdk/ddk";
export { Device } from "../../kernel/wdk/framework/device";
export { DeviceOperations } from "../../kernel/wdk/framework/deviceOperations";
export { Access, DeviceDoFlags, DeviceFlags, DeviceType } from "../../kernel/wdk/framework/deviceType";
export { Driver } from "../../kernel/wdk/framework/driver";
export { type Droppable, orDrop } from "../../kernel/wdk/framework/drop";
export { ControlRequest, IoRequest, ReadRequest, WriteRequest } from "../../kernel/wdk/framework/ioRequest";
export { KernelModule, kernelModule, type ModuleInit } from "../../kernel/wdk/framework/kernelModule";
export { NtError } from "../../kernel/wdk/framework/ntError";
export { print, println } from "../../kernel/wdk/framework/print";
export { SymbolicLink } from "../../kernel/wdk/framework/symbolicLink";
export { MutableSlice, UserPtr } from "../../kernel/wdk/framework/userPtr";
