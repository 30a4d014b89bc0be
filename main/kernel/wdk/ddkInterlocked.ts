/** Interlocked operations (wdm.h) on kernel memory. 32-bit values are signed, 64-bit ones bigint; all wrap around. */
import type { Address } from "../../../native-bindings/abi/address";

export interface DdkInterlocked {
  /** `InterlockedIncrement`: answers the new value. */
  InterlockedIncrement(addend: Address): number;
  /** `InterlockedDecrement`: answers the new value. */
  InterlockedDecrement(addend: Address): number;
  /** `InterlockedAdd`: answers the new value. */
  InterlockedAdd(addend: Address, value: number): number;
  /** `InterlockedExchangeAdd`: answers the value before. */
  InterlockedExchangeAdd(addend: Address, value: number): number;
  /** `InterlockedExchange`: answers the value before. */
  InterlockedExchange(target: Address, value: number): number;
  /** `InterlockedCompareExchange`: writes `exchange` when the value is `comparand`; answers the value before. */
  InterlockedCompareExchange(destination: Address, exchange: number, comparand: number): number;
  /** `InterlockedOr`: answers the value before. */
  InterlockedOr(destination: Address, value: number): number;
  /** `InterlockedAnd`: answers the value before. */
  InterlockedAnd(destination: Address, value: number): number;
  /** `InterlockedXor`: answers the value before. */
  InterlockedXor(destination: Address, value: number): number;
  /** `InterlockedBitTestAndSet`: answers whether the bit was set. */
  InterlockedBitTestAndSet(base: Address, bit: number): boolean;
  /** `InterlockedBitTestAndReset`: answers whether the bit was set. */
  InterlockedBitTestAndReset(base: Address, bit: number): boolean;
  /** `InterlockedIncrement64`: answers the new value. */
  InterlockedIncrement64(addend: Address): bigint;
  /** `InterlockedDecrement64`: answers the new value. */
  InterlockedDecrement64(addend: Address): bigint;
  /** `InterlockedAdd64`: answers the new value. */
  InterlockedAdd64(addend: Address, value: bigint): bigint;
  /** `InterlockedExchange64`: answers the value before. */
  InterlockedExchange64(target: Address, value: bigint): bigint;
  /** `InterlockedCompareExchange64`: answers the value before. */
  InterlockedCompareExchange64(destination: Address, exchange: bigint, comparand: bigint): bigint;
  /** `InterlockedExchangePointer`: answers the pointer before. */
  InterlockedExchangePointer(target: Address, value: Address): Address;
  /** `InterlockedCompareExchangePointer`: answers the pointer before. */
  InterlockedCompareExchangePointer(destination: Address, exchange: Address, comparand: Address): Address;
}
