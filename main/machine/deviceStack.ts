/** A device stack, as WinDbg's !devstack shows it. Addresses are in hex. */

export interface StackDevice {
  address: string;
  /** `\Driver\Example` */
  driver: string;
  /** Address of the device extension; zero for none. */
  extension: string;
  /** Raw path; empty for an unnamed device. */
  path: string;
  /** The one that was asked for. */
  isAsked: boolean;
}

/** Top first. */
export type DeviceStack = StackDevice[];
