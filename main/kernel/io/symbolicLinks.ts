/** IoCreateSymbolicLink and IoDeleteSymbolicLink (wdm.h): permanent links, as drivers make them for Win32 programs. */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import type { Ke } from "../ke/ke";
import { KernelMode } from "../ob/caller";
import { createSymbolicLinkObject } from "../ob/namedObjects";
import type { ObjectManager } from "../ob/objectManager";
import { PUBLIC_LINK_SDDL } from "../se/namespaceSecurity";
import { descriptorOfSddl } from "../se/sddlDescriptors";
import type { DriverObjects } from "./driverObjects";
import type { DriverRecord } from "./driverRecord";

const LINK_ATTRIBUTES = OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE;

export class SymbolicLinks {
  constructor(
    private readonly ob: ObjectManager,
    private readonly ke: Ke,
    private readonly drivers: DriverObjects,
  ) {}

  /** The target need not exist. */
  IoCreateSymbolicLink(link: string, target: string): number {
    const { ob } = this;
    const securityDescriptor = descriptorOfSddl(PUBLIC_LINK_SDDL);
    const attributes = { name: link, attributes: LINK_ATTRIBUTES | OBJ_PERMANENT, securityDescriptor };
    const created = createSymbolicLinkObject(ob, attributes, target, 0, KernelMode, { createHandle: false });
    if (created.status !== STATUS_SUCCESS) return created.status;
    ob.ObDereferenceObject(created.object);
    this.#callingDriver()?.links.set(link, target);
    return STATUS_SUCCESS;
  }

  IoDeleteSymbolicLink(link: string): number {
    const { ob } = this;
    const found = ob.ObReferenceObjectByName(link, LINK_ATTRIBUTES, ob.symbolicLinkType);
    if (found.status !== STATUS_SUCCESS) return found.status;
    ob.ObMakeTemporaryObject(found.object);
    ob.ObDereferenceObject(found.object);
    for (const driver of this.drivers.all) forget(driver, link);
    return STATUS_SUCCESS;
  }

  /** The driver whose code runs, by the innermost routine that is not the kernel's. */
  #callingDriver(): DriverRecord | undefined {
    for (const routine of this.ke.routines.callStack()) {
      const module = routine.slice(0, routine.indexOf("!"));
      if (module !== "nt") return this.drivers.byModule(module);
    }
    return undefined;
  }
}

function forget(driver: DriverRecord, link: string): void {
  const wanted = link.toUpperCase();
  for (const known of driver.links.keys()) if (known.toUpperCase() === wanted) driver.links.delete(known);
}
