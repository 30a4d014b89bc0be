/** Spin locks (wdm.h). One processor: who finds a lock taken would spin for ever. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";
import { DISPATCH_LEVEL, type Ke } from "./ke";

const SPIN_LOCK_ALREADY_OWNED = 0x0f;
const SPIN_LOCK_NOT_OWNED = 0x10;

export function KeInitializeSpinLock(memory: KernelMemory, lock: Address): void {
  memory.writePointer(lock, 0);
}

/** @returns the IRQL before, for {@link KeReleaseSpinLock} */
export function KeAcquireSpinLock(memory: KernelMemory, ke: Ke, lock: Address): number {
  if (memory.readPointer(lock) !== 0) {
    return ke.bugCheck(SPIN_LOCK_ALREADY_OWNED, [lock, 0, 0, 0], {
      rule: "KeAcquireSpinLock was called for a lock that is held already: a deadlock on Windows.",
      routine: "KeAcquireSpinLock",
    });
  }
  const irql = ke.KeRaiseIrql(DISPATCH_LEVEL);
  memory.writePointer(lock, 1);
  return irql;
}

export function KeReleaseSpinLock(memory: KernelMemory, ke: Ke, lock: Address, irql: number): void {
  if (memory.readPointer(lock) === 0) {
    ke.bugCheck(SPIN_LOCK_NOT_OWNED, [lock, 0, 0, 0], {
      rule: "KeReleaseSpinLock was called for a lock that nobody holds.",
      routine: "KeReleaseSpinLock",
    });
  }
  memory.writePointer(lock, 0);
  ke.KeLowerIrql(irql);
}
