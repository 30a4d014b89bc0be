/** What a device says of itself through a handle: FILE_FS_DEVICE_INFORMATION (NtQueryVolumeInformationFile, ntifs.h). */
import { deviceCharacteristics } from "../../native-bindings/abi/deviceCharacteristics";
import { deviceTypes } from "../../native-bindings/abi/deviceTypes";
import { FileFsDeviceInformation } from "../../native-bindings/abi/informationClasses";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { IO_STATUS_BLOCK } from "../../native-bindings/abi/structures/ioStatusBlock";
import { FILE_FS_DEVICE_INFORMATION } from "../../native-bindings/abi/structures/nativeQueries";
import { NtQueryVolumeInformationFile } from "../../native-bindings/koffi/ntdll";
import type { NamedField } from "../machine/fieldValue";
import { codeValue, field, flagsValue } from "../machine/fieldValues";
import { ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";

export function deviceFields(handle: bigint): Result<NamedField[]> {
  const { size, offset } = FILE_FS_DEVICE_INFORMATION;
  const answer = Buffer.alloc(size);
  const ioStatus = Buffer.alloc(IO_STATUS_BLOCK.size);
  const status = NtQueryVolumeInformationFile(handle, ioStatus, answer, size, FileFsDeviceInformation) >>> 0;
  if (!NT_SUCCESS(status)) return failNt(status);
  const characteristics = answer.readUInt32LE(offset.Characteristics);
  return ok([
    field("deviceType", "Device type", codeValue(deviceTypes, answer.readUInt32LE(offset.DeviceType))),
    field("characteristics", "Characteristics", flagsValue(deviceCharacteristics, characteristics)),
  ]);
}
