/** The requests that are under way, for those who wonder why something hangs. */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpOrigin } from "./irpRecord";
import type { Irps } from "./irps";

export interface PendingIrp {
  readonly irp: Address;
  readonly origin: IrpOrigin;
  /** IRP_MJ_xxx of the request as it was issued. */
  readonly major: number;
  /** The top of the stack that it was sent to. */
  readonly device: Address;
  /** "\Driver\Example" */
  readonly driver: string | undefined;
  readonly file: Address;
  /** EPROCESS and ETHREAD that issued it. */
  readonly process: Address;
  readonly thread: Address;
}

export function pendingIrps(irps: Irps, driverOf: (device: Address) => string | undefined): PendingIrp[] {
  const underWay = irps.live.filter(
    ({ irp, origin, block }) => !block.isForeign && (origin !== "driver" || irps.isSent(irp)),
  );
  return underWay.map(({ irp, origin, major, device, file, process, thread }) => ({
    irp,
    origin,
    major,
    device,
    driver: driverOf(device),
    file,
    process,
    thread,
  }));
}
