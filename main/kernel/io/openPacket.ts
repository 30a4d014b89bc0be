/**
 * What IoCreateFile hands through the object manager to the parse procedure of the device: how to open, and then what
 * came of it (NT's OPEN_PACKET).
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpRecord } from "./irpRecord";

export interface OpenParameters {
  /** Mapped: no generic bits. */
  readonly desiredAccess: number;
  /** FILE_SHARE_xxx */
  readonly shareAccess: number;
  /** FILE_OPEN... */
  readonly disposition: number;
  /** FILE_xxx create options */
  readonly options: number;
  readonly fileAttributes: number;
  /** IO_ATTACH_DEVICE: the opener is a driver that wants to attach itself; an exclusive device does not mind. */
  readonly attaching?: boolean;
}

/** Who said no to an open whose name had led to a device. */
export interface OpenRefusal {
  /**
   * `state`: the device comes or goes; `exclusive`: it is open already; `access`: its security descriptor; `resources`: there
   * is no pool for a file or an IRP; `driver`: its answer to IRP_MJ_CREATE; `forgotten`: its dispatch routine returned an
   * error and did not complete the IRP.
   */
  readonly by: "state" | "exclusive" | "access" | "resources" | "driver" | "forgotten";
  readonly device: Address;
  /** The top of its stack, which requests go to. */
  readonly top: Address;
}

export class OpenPacket {
  /** The parse procedure was reached: the name led to a device. */
  parsed = false;
  /** The file that the name was relative to. */
  relatedFile: Address = 0;
  file: Address = 0;
  /** What the device's security descriptor, or nobody, has granted: the access of the handle. */
  granted = 0;
  /** FILE_OPENED... as the driver said. */
  information = 0;
  refusal: OpenRefusal | undefined = undefined;
  /** The driver has not decided yet. */
  pending: IrpRecord | undefined = undefined;

  constructor(readonly parameters: OpenParameters) {}
}
