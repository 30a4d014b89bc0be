/** What every dispatch routine ends with: status and information into the IRP, then IoCompleteRequest. */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Ddk, NtStatus } from "../wdk/ddk";

const IO_NO_INCREMENT = 0;

/** @returns the status, so that a dispatch routine never reads the IRP after it has given it up */
export function completeIrp(ddk: Ddk, irp: Address, status: NtStatus, information = 0): NtStatus {
  ddk.memory.writeU32(irp + IRP.offset["IoStatus.Status"], status);
  ddk.memory.writePointer(irp + IRP.offset["IoStatus.Information"], information);
  ddk.IoCompleteRequest(irp, IO_NO_INCREMENT);
  return status;
}
