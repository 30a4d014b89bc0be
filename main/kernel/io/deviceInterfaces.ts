/**
 * Device interfaces (wdm.h: IoRegisterDeviceInterface, IoSetDeviceInterfaceState) and what is known of a physical device
 * (IoGetDeviceProperty). An enabled interface is a link below \GLOBAL?? to the PDO.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_NAME_EXISTS,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { Pnp } from "./pnp";
import type { SymbolicLinks } from "./symbolicLinks";

/** `{4d36e97d-e325-11ce-bfc1-08002be10318}` */
const GUID = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

/** DEVICE_REGISTRY_PROPERTY (wdm.h). */
const DevicePropertyDeviceDescription = 0;
const DevicePropertyHardwareID = 1;
const DevicePropertyDriverKeyName = 7;
const DevicePropertyPhysicalDeviceObjectName = 11;
const DevicePropertyEnumeratorName = 15;

export interface DeviceProperty {
  /** STATUS_BUFFER_TOO_SMALL: `resultLength` says what is needed. */
  readonly status: number;
  /** In bytes. */
  readonly resultLength: number;
}

export class DeviceInterfaces {
  /** The PDO of each registered link. */
  readonly #registered = new Map<string, Address>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly links: SymbolicLinks,
    private readonly pnp: Pnp,
  ) {}

  /**
   * @param interfaceClass GUID in braces
   * @param reference a further part of the name, or undefined
   * @returns STATUS_INVALID_DEVICE_REQUEST for what is no PDO
   */
  IoRegisterDeviceInterface(
    pdo: Address,
    interfaceClass: string,
    reference: string | undefined,
  ): { status: number; symbolicLinkName: string } {
    const node = this.pnp.nodeOf(pdo);
    if (node === undefined) return { status: STATUS_INVALID_DEVICE_REQUEST, symbolicLinkName: "" };
    if (!GUID.test(interfaceClass) || /[\\/]/.test(reference ?? "")) {
      return { status: STATUS_INVALID_PARAMETER, symbolicLinkName: "" };
    }
    const instance = node.instancePath.replaceAll("\\", "#");
    const further = reference === undefined || reference === "" ? "" : `\\${reference}`;
    const symbolicLinkName = `\\??\\${instance}#${interfaceClass.toLowerCase()}${further}`;
    this.#registered.set(symbolicLinkName.toUpperCase(), pdo);
    return { status: STATUS_SUCCESS, symbolicLinkName };
  }

  /** STATUS_OBJECT_NAME_EXISTS when it is enabled already, STATUS_OBJECT_NAME_NOT_FOUND when it is not enabled. */
  IoSetDeviceInterfaceState(symbolicLinkName: string, enable: boolean): number {
    const pdo = this.#registered.get(symbolicLinkName.toUpperCase());
    if (pdo === undefined) return STATUS_OBJECT_NAME_NOT_FOUND;
    if (!enable) return this.links.IoDeleteSymbolicLink(linkOf(symbolicLinkName));
    const status = this.links.IoCreateSymbolicLink(linkOf(symbolicLinkName), this.ob.ObQueryNameString(pdo));
    return status === STATUS_OBJECT_NAME_COLLISION ? STATUS_OBJECT_NAME_EXISTS : status;
  }

  /** @param property DEVICE_REGISTRY_PROPERTY: description, hardware ids, driver key, PDO name, enumerator */
  IoGetDeviceProperty(pdo: Address, property: number, length: number, buffer: Address): DeviceProperty {
    const node = this.pnp.nodeOf(pdo);
    if (node === undefined) return { status: STATUS_INVALID_DEVICE_REQUEST, resultLength: 0 };
    const text = this.#textOf(pdo, node.service, property);
    if (text === undefined) return { status: STATUS_OBJECT_NAME_NOT_FOUND, resultLength: 0 };
    const resultLength = text.length * 2;
    if (length < resultLength) return { status: STATUS_BUFFER_TOO_SMALL, resultLength };
    this.memory.writeUtf16(buffer, text);
    return { status: STATUS_SUCCESS, resultLength };
  }

  /** With its NULs: one, of a list of texts two. */
  #textOf(pdo: Address, service: string, property: number): string | undefined {
    switch (property) {
      case DevicePropertyDeviceDescription:
        return `${service}\0`;
      case DevicePropertyHardwareID:
        return `Root\\${service}\0\0`;
      case DevicePropertyDriverKeyName:
        return `${service}\\0000\0`;
      case DevicePropertyPhysicalDeviceObjectName:
        return `${this.ob.ObQueryNameString(pdo)}\0`;
      case DevicePropertyEnumeratorName:
        return "ROOT\0";
      default:
        return undefined;
    }
  }
}

/** What follows the GUID is the driver's part of the name, below the link. */
function linkOf(symbolicLinkName: string): string {
  const end = symbolicLinkName.indexOf("}");
  return symbolicLinkName.slice(0, end + 1);
}
