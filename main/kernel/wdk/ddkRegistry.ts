/** Registry keys by handle (wdm.h). Names may be text or the address of a UNICODE_STRING; sizes are bytes. */
import type { Address } from "../../../native-bindings/abi/address";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { StringArgument } from "../rtl/unicodeStrings";
import type { NtStatus } from "./ddk";

/** Address of OBJECT_ATTRIBUTES, or the same as an object. */
export type AttributesArgument = Address | ObjectAttributes;

export interface DdkRegistry {
  /** `ZwOpenKey`: STATUS_OBJECT_NAME_NOT_FOUND when there is no such key. */
  ZwOpenKey(access: number, attributes: AttributesArgument): { status: NtStatus; handle: number };
  /** `ZwCreateKey`: disposition 1 for a new key, 2 for one that was there. Every key above it must be there. */
  ZwCreateKey(
    access: number,
    attributes: AttributesArgument,
    options?: number,
  ): { status: NtStatus; handle: number; disposition: number };
  /**
   * `ZwQueryValueKey`: KEY_VALUE_INFORMATION_CLASS 0 basic, 1 full, 2 partial. STATUS_BUFFER_TOO_SMALL when the buffer
   * can't hold the fixed part, STATUS_BUFFER_OVERFLOW when it can't hold all; `resultLength` is what all needs.
   */
  ZwQueryValueKey(
    key: number,
    name: StringArgument,
    informationClass: number,
    buffer: Address,
    length: number,
  ): { status: NtStatus; resultLength: number };
  /** `ZwSetValueKey`: any type and any bytes. */
  ZwSetValueKey(key: number, name: StringArgument, type: number, data: Address, bytes: number): NtStatus;
  /** `ZwDeleteValueKey`: STATUS_OBJECT_NAME_NOT_FOUND when there is none. */
  ZwDeleteValueKey(key: number, name: StringArgument): NtStatus;
  /** `ZwDeleteKey`: STATUS_CANNOT_DELETE for a key with subkeys. */
  ZwDeleteKey(key: number): NtStatus;
  /** `ZwQueryKey`: KEY_INFORMATION_CLASS 0 basic, 1 node, 2 full, 3 name. */
  ZwQueryKey(
    key: number,
    informationClass: number,
    buffer: Address,
    length: number,
  ): { status: NtStatus; resultLength: number };
  /** `ZwEnumerateKey`: subkeys by index, in the order of their names; STATUS_NO_MORE_ENTRIES behind the last. */
  ZwEnumerateKey(
    key: number,
    index: number,
    informationClass: number,
    buffer: Address,
    length: number,
  ): { status: NtStatus; resultLength: number };
  /** `ZwEnumerateValueKey`: values by index, in the order they were set; STATUS_NO_MORE_ENTRIES behind the last. */
  ZwEnumerateValueKey(
    key: number,
    index: number,
    informationClass: number,
    buffer: Address,
    length: number,
  ): { status: NtStatus; resultLength: number };
  /** `ZwFlushKey`. */
  ZwFlushKey(key: number): NtStatus;
  /** `ZwClose`: a handle of any kind. */
  ZwClose(handle: number): NtStatus;
  /** `IoOpenDriverRegistryKey`: type 0, the driver's Parameters key, which it makes when there is none. */
  IoOpenDriverRegistryKey(
    driverObject: Address,
    type: number,
    access: number,
    flags: number,
  ): { status: NtStatus; handle: number };
  /**
   * `CmRegisterCallbackEx`: `routine(context, notifyClass, information)` before and after keys are opened, created and
   * deleted and values set and deleted by Zw routines. STATUS_FLT_INSTANCE_ALTITUDE_COLLISION when the altitude is taken.
   */
  CmRegisterCallbackEx(
    routine: Address,
    altitude: StringArgument,
    driver: Address,
    context: Address,
  ): { status: NtStatus; cookie: bigint };
  /** `CmUnRegisterCallback`: STATUS_INVALID_PARAMETER for a cookie that there is not. */
  CmUnRegisterCallback(cookie: bigint): NtStatus;
  /** `RtlCheckRegistryKey`: whether there is a key below RTL_REGISTRY_xxx. Paths are texts that end with NUL. */
  RtlCheckRegistryKey(relativeTo: number, path: Address | string): NtStatus;
  /** `RtlCreateRegistryKey`. */
  RtlCreateRegistryKey(relativeTo: number, path: Address | string): NtStatus;
  /** `RtlWriteRegistryValue`: makes the key when there is none. */
  RtlWriteRegistryValue(
    relativeTo: number,
    path: Address | string,
    name: Address | string,
    type: number,
    data: Address,
    bytes: number,
  ): NtStatus;
  /** `RtlDeleteRegistryValue`. */
  RtlDeleteRegistryValue(relativeTo: number, path: Address | string, name: Address | string): NtStatus;
  /** `RtlQueryRegistryValues`: `table` is an array of RTL_QUERY_REGISTRY_TABLE that ends with a zeroed one. */
  RtlQueryRegistryValues(relativeTo: number, path: Address | string, table: Address, context: Address): NtStatus;
}
