/**
 * Where an IRP trace hooks in. Nothing is recorded here; a hook that is not set costs one test.
 *
 * A routine may wait in its middle, so what begins it answers a frame, which its end is told with, however much later.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpFrame } from "../trace/irpFrames";
import type { IrpRecord } from "./irpRecord";

export interface IrpWatch {
  /**
   * A dispatch routine is about to be called. `location` is the number of its stack location, `header` its first 32 bits.
   * The first call of an IRP is its issue: only then is known where one that a driver made
   * goes to.
   */
  onCall?:
    | ((record: IrpRecord, device: Address, location: number, header: number, routine: Address) => IrpFrame)
    | undefined;
  /** It has returned. The IRP may be gone. */
  onReturn?: ((frame: IrpFrame, status: number) => void) | undefined;
  /** IoMarkIrpPending was called. */
  onPend?: ((irp: Address) => void) | undefined;
  /**
   * IoCompleteRequest was called by the driver that has the IRP, and a completion routine is about to be; where none is,
   * `onEnd` tells of both.
   */
  onComplete?: ((record: IrpRecord, status: number, information: number) => void) | undefined;
  /**
   * A completion routine is about to be called: `location` has been left, so it is that of the driver above, or of the
   * IRP's creator.
   */
  onCompletionCall?: ((record: IrpRecord, location: number, routine: Address) => IrpFrame) | undefined;
  onCompletionReturn?: ((frame: IrpFrame, status: number) => void) | undefined;
  /** IoCancelIrp was called; `routine` is about to be, 0 when there is none. */
  onCancelCall?: ((record: IrpRecord, routine: Address) => IrpFrame) | undefined;
  onCancelReturn?: ((frame: IrpFrame) => void) | undefined;
  /**
   * The request has ended, or the driver that made the IRP frees it. `completedWith` is the status where IoCompleteRequest
   * was called just now and has not been told by `onComplete`.
   */
  onEnd?:
    | ((record: IrpRecord, status: number, information: number, completedWith: number | undefined) => void)
    | undefined;
  /** The running thread's innermost routine waits for something. */
  onWait?: ((reason: string) => void) | undefined;
  /** It goes on. */
  onResume?: (() => void) | undefined;
}
