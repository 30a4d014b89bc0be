/**
 * Where an IRP trace hooks in. Nothing is recorded here; a hook that is not set costs one test.
 */
import type { Address } from "../../../native-bindings/abi/address";

export interface IrpWatch {
  /** A dispatch routine is about to be called. `location` is the number of its stack location. */
  onCall?: ((irp: Address, device: Address, location: number, major: number) => void) | undefined;
  /** It has returned. The IRP may be gone. */
  onReturn?: ((irp: Address, device: Address, location: number, status: number) => void) | undefined;
  /** IoCompleteRequest was called by the driver of that location. */
  onComplete?: ((irp: Address, location: number, status: number, information: number) => void) | undefined;
  /** A completion routine has returned; `device` is 0 for the creator's own. */
  onCompletionRoutine?: ((irp: Address, device: Address, routine: Address, status: number) => void) | undefined;
}
