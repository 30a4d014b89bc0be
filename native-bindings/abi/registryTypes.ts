/** Types of registry values, and classes of what is asked of them (winnt.h, wdm.h). */
import { valueTable } from "./flags";

export const registryTypes = valueTable({
  REG_NONE: [0, "No type"],
  REG_SZ: [1, "Text, with its NUL"],
  REG_EXPAND_SZ: [2, "Text with %NAME% of the environment"],
  REG_BINARY: [3, "Bytes"],
  REG_DWORD: [4, "32-bit number"],
  REG_DWORD_BIG_ENDIAN: [5, "32-bit number, high byte first"],
  REG_LINK: [6, "Path of the key that a link leads to"],
  REG_MULTI_SZ: [7, "Texts, each with its NUL, and one more"],
  REG_RESOURCE_LIST: [8, "Resources of a driver"],
  REG_FULL_RESOURCE_DESCRIPTOR: [9, "Resources of the hardware"],
  REG_RESOURCE_REQUIREMENTS_LIST: [10, "Resources that a driver could use"],
  REG_QWORD: [11, "64-bit number"],
});
export const { REG_NONE, REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_QWORD } = registryTypes.value;

/** KEY_VALUE_INFORMATION_CLASS */
export const keyValueInformationClasses = valueTable({
  KeyValueBasicInformation: [0, "Type and name"],
  KeyValueFullInformation: [1, "Type, name and data"],
  KeyValuePartialInformation: [2, "Type and data"],
  KeyValueFullInformationAlign64: [3, "Type, name and data, on 8 bytes"],
  KeyValuePartialInformationAlign64: [4, "Type and data, on 8 bytes"],
});
export const {
  KeyValueBasicInformation,
  KeyValueFullInformation,
  KeyValuePartialInformation,
  KeyValueFullInformationAlign64,
  KeyValuePartialInformationAlign64,
} = keyValueInformationClasses.value;
