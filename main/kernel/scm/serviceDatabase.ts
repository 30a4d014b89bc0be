/**
 * The services as the registry holds them: a subkey of `Services` with a `Type` value is one.
 * Source: "HKLM\SYSTEM\CurrentControlSet\Services Registry Tree" (Windows Driver Kit).
 */
import { type Registry, SERVICES_KEY } from "../cm/registry";
import type { RegistryKey } from "../cm/registryKey";
import { errorControls, type NewService, type ServiceConfig, serviceTypes, startTypes } from "./serviceTypes";

/** CreateServiceW: the longest name of a service, in characters. */
const MAXIMUM_NAME = 256;

/** A name that CreateServiceW takes. The registry would refuse longer ones than 255. */
export function isServiceName(name: string): boolean {
  return name.length > 0 && name.length < MAXIMUM_NAME && !/[\\/\0]/.test(name);
}

export function servicePath(name: string): string {
  return `${SERVICES_KEY}\\${name}`;
}

export class ServiceDatabase {
  constructor(private readonly registry: Registry) {}

  key(name: string): RegistryKey | undefined {
    if (!isServiceName(name)) return undefined;
    const opened = this.registry.open(servicePath(name));
    return "key" in opened && opened.key.number("Type") !== undefined ? opened.key : undefined;
  }

  config(name: string): ServiceConfig | undefined {
    const key = this.key(name);
    return key === undefined ? undefined : configOf(key);
  }

  /** In the order of their names. */
  configs(): ServiceConfig[] {
    const services = this.registry.ensure(SERVICES_KEY).subkeys();
    return services.filter((key) => key.number("Type") !== undefined).map(configOf);
  }

  create(service: NewService): ServiceConfig {
    const key = this.registry.ensure(servicePath(service.name));
    key.setNumber("Type", service.type ?? serviceTypes.SERVICE_KERNEL_DRIVER);
    key.setNumber("Start", service.start ?? startTypes.SERVICE_DEMAND_START);
    key.setNumber("ErrorControl", service.errorControl ?? errorControls.SERVICE_ERROR_NORMAL);
    if (service.binaryPath) key.setValue("ImagePath", { type: "REG_EXPAND_SZ", text: service.binaryPath });
    key.setText("DisplayName", service.displayName ?? service.name);
    return configOf(key);
  }

  isDeletePending(name: string): boolean {
    return this.key(name)?.number("DeleteFlag") === 1;
  }

  /** What DeleteService leaves in the registry while the driver still runs: it must not start again. */
  markForDelete(name: string): void {
    const key = this.key(name);
    key?.setNumber("DeleteFlag", 1);
    key?.setNumber("Start", startTypes.SERVICE_DISABLED);
  }

  remove(name: string): void {
    const key = this.key(name);
    if (key !== undefined) this.#removeTree(key);
  }

  #removeTree(key: RegistryKey): void {
    for (const subkey of key.subkeys()) this.#removeTree(subkey);
    this.registry.delete(key);
  }
}

function configOf(key: RegistryKey): ServiceConfig {
  return {
    name: key.name,
    displayName: key.text("DisplayName") ?? key.name,
    type: key.number("Type") ?? 0,
    start: key.number("Start") ?? startTypes.SERVICE_DEMAND_START,
    errorControl: key.number("ErrorControl") ?? errorControls.SERVICE_ERROR_NORMAL,
    binaryPath: key.text("ImagePath") ?? "",
  };
}
