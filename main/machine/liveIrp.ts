/** An IRP that a driver has now, as WinDbg's !irp shows it. Addresses are in hex. */

export interface LiveIrpLocation {
  /** 1 is the lowest driver's. */
  location: number;
  isCurrent: boolean;
  /** `IRP_MJ_READ`; the code of a location that no driver has had yet is 0, too: see `isUsed`. */
  major: string;
  majorCode: number;
  minorCode: number;
  /** False for one that the IRP has not come to, or has left: it is zeroed. */
  isUsed: boolean;
  flags: number;
  /** SL_PENDING_RETURNED and SL_INVOKE_ON_xxx. */
  control: number;
  device: string;
  file: string;
  /** `example!OnComplete`, and its address; empty for none. */
  completionRoutine: string;
  completionAddress: string;
  context: string;
  /** `\Driver\Example` of the device; empty for none. */
  driver: string;
  /** The four pointers of Parameters. */
  parameters: string[];
}

export interface LiveIrp {
  address: string;
  stackCount: number;
  /** `stackCount + 1` while no driver has it. */
  currentLocation: number;
  /** Address of the current stack location. */
  currentStackLocation: string;
  /** Addresses; empty for none. */
  mdl: string;
  systemBuffer: string;
  thread: string;
  cancelRoutine: string;
  isCancelled: boolean;
  /** Its number in the trace; left out while it is not traced. */
  number?: number;
  /** Lowest first, as they lie in memory. */
  locations: LiveIrpLocation[];
}
