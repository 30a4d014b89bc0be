/**
 * DRIVER_OBJECT.Flags (ntddk.h and what WinDbg's !drvobj names).
 */
import { flagTable } from "./flags";

export const driverObjectFlags = flagTable({
  DRVO_UNLOAD_INVOKED: [0x1, "Unloading has begun; a second attempt answers STATUS_DELETE_PENDING"],
  DRVO_LEGACY_DRIVER: [0x2, "Not a Plug and Play (WDM) driver: loaded and unloaded by its service"],
  DRVO_BUILTIN_DRIVER: [0x4, "Made with IoCreateDriver, so no image belongs to it"],
  DRVO_REINIT_REGISTERED: [0x8, "Asked to be called again after other drivers have started"],
  DRVO_INITIALIZED: [0x10, "DriverEntry has succeeded"],
  DRVO_BOOTREINIT_REGISTERED: [0x20, "Asked to be called again when the boot drivers have started"],
  DRVO_LEGACY_RESOURCES: [0x40, "Claims hardware resources in the legacy way"],
});
export const {
  DRVO_UNLOAD_INVOKED,
  DRVO_LEGACY_DRIVER,
  DRVO_BUILTIN_DRIVER,
  DRVO_REINIT_REGISTERED,
  DRVO_INITIALIZED,
  DRVO_BOOTREINIT_REGISTERED,
  DRVO_LEGACY_RESOURCES,
} = driverObjectFlags.bit;
