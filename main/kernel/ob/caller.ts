/** Who calls the object manager: the process whose handles and DOS devices count, and from which mode. */
import type { Address } from "../../../native-bindings/abi/address";
import type { HandleTable } from "./handleTable";

/** KPROCESSOR_MODE (wdm.h). */
export const KernelMode = 0;
export const UserMode = 1;
export type ProcessorMode = typeof KernelMode | typeof UserMode;

/** What the object manager must know of a process. */
export interface ObProcess {
  /** EPROCESS, 0 while the first process is being made. */
  readonly object: Address;
  readonly id: number;
  readonly name: string;
  readonly handles: HandleTable;
  /** Directory that `\??` names for it; undefined: `\GLOBAL??`, as for the system. */
  dosDevices: Address | undefined;
}

/** Kept up to date by ps. */
export interface Caller {
  process: ObProcess;
  /** ETHREAD, 0 before threads exist. */
  thread: Address;
  /** The previous mode: where the system call came from. */
  mode: ProcessorMode;
}
