/** DdkRegistry over the kernel's registry, as from kernel mode. */
import { STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER_2 } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import { readObjectAttributes } from "../cm/zwKeys";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import { type StringArgument, textOf } from "../rtl/unicodeStrings";
import type { AttributesArgument, DdkRegistry } from "./ddkRegistry";

const PARAMETERS = "Parameters";

export function registryDdk(kernel: Kernel, module: KernelModule): DdkRegistry {
  const { mem, ps, ob, io, zwKeys, rtlRegistry, cmCallbacks } = kernel;
  const attributesOf = (attributes: AttributesArgument) =>
    typeof attributes === "number" ? readObjectAttributes(mem, attributes) : attributes;
  const name = (string: StringArgument) => textOf(mem, string);
  const zw = <T>(action: () => T) => ps.asKernel(action);
  return {
    ZwOpenKey: (access, attributes) => zw(() => zwKeys.open(attributesOf(attributes), access)),
    ZwCreateKey: (access, attributes) => zw(() => zwKeys.create(attributesOf(attributes), access)),
    ZwQueryValueKey: (key, value, informationClass, buffer, length) =>
      zw(() => zwKeys.queryValue(key, name(value), informationClass, buffer, length)),
    ZwSetValueKey: (key, value, type, data, bytes) => zw(() => zwKeys.setValue(key, name(value), type, data, bytes)),
    ZwDeleteValueKey: (key, value) => zw(() => zwKeys.deleteValue(key, name(value))),
    ZwDeleteKey: (key) => zw(() => zwKeys.delete(key)),
    ZwQueryKey: (key, informationClass, buffer, length) =>
      zw(() => zwKeys.query(key, informationClass, buffer, length)),
    ZwEnumerateKey: (key, index, informationClass, buffer, length) =>
      zw(() => zwKeys.enumerate(key, index, informationClass, buffer, length)),
    ZwEnumerateValueKey: (key, index, informationClass, buffer, length) =>
      zw(() => zwKeys.enumerateValue(key, index, informationClass, buffer, length)),
    ZwFlushKey: (key) => zw(() => zwKeys.flush(key)),
    ZwClose: (handle) => zw(() => ob.NtClose(handle)),
    IoOpenDriverRegistryKey: (driverObject, type, access, flags) => {
      const record = io.drivers.find(driverObject);
      if (record === undefined) return { status: STATUS_INVALID_PARAMETER, handle: 0 };
      if (type !== 0 || flags !== 0) return { status: STATUS_INVALID_PARAMETER_2, handle: 0 };
      const attributes = OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE;
      const { status, handle } = zw(() =>
        zwKeys.create({ name: `${record.servicePath}\\${PARAMETERS}`, attributes }, access),
      );
      return { status, handle };
    },
    CmRegisterCallbackEx: (routine, altitude, _driver, context) =>
      cmCallbacks.register(module, routine, name(altitude), context),
    CmUnRegisterCallback: (cookie) => cmCallbacks.unregister(cookie),
    RtlCheckRegistryKey: (relativeTo, path) => zw(() => rtlRegistry.check(relativeTo, path)),
    RtlCreateRegistryKey: (relativeTo, path) => zw(() => rtlRegistry.create(relativeTo, path)),
    RtlWriteRegistryValue: (relativeTo, path, value, type, data, bytes) =>
      zw(() => rtlRegistry.write(relativeTo, path, value, type, data, bytes)),
    RtlDeleteRegistryValue: (relativeTo, path, value) => zw(() => rtlRegistry.deleteValue(relativeTo, path, value)),
    RtlQueryRegistryValues: (relativeTo, path, table, context) =>
      zw(() => rtlRegistry.query(relativeTo, path, table, context)),
  };
}
