/** A driver object with its routines, as WinDbg's !drvobj shows it. Addresses are in hex. */

export interface DriverRoutine {
  /** `DriverEntry`, `IRP_MJ_READ`... */
  name: string;
  /** Zero for a routine that the driver does not have. */
  address: string;
  /** `example!DispatchRead`; empty for none. */
  symbol: string;
}

export interface DriverObject {
  address: string;
  /** Raw path. */
  path: string;
  /** Address of the driver extension. */
  driverExtension: string;
  /** Newest first, as the driver's list has them. */
  devices: { address: string; path: string }[];
  /** DriverEntry, DriverStartIo, DriverUnload, AddDevice. */
  entries: DriverRoutine[];
  /** By major function, from IRP_MJ_CREATE on. */
  dispatch: DriverRoutine[];
}
