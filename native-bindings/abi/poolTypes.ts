/**
 * POOL_TYPE of ExAllocatePoolWithTag and POOL_FLAGS of ExAllocatePool2 (wdm.h).
 */
import { flagTable, valueTable } from "./flags";

export const poolTypes = valueTable({
  NonPagedPool: [0, "Always in memory, executable"],
  PagedPool: [1, "May be paged out; not to be touched at DISPATCH_LEVEL"],
  NonPagedPoolMustSucceed: [2, "Obsolete: stops the system instead of failing"],
  NonPagedPoolCacheAligned: [4, "Non-paged, aligned to cache lines"],
  PagedPoolCacheAligned: [5, "Paged, aligned to cache lines"],
  NonPagedPoolCacheAlignedMustS: [6, "Obsolete"],
  NonPagedPoolSession: [32, "Non-paged, for one session"],
  PagedPoolSession: [33, "Paged, for one session"],
  NonPagedPoolNx: [512, "Always in memory, not executable"],
  NonPagedPoolNxCacheAligned: [516, "Not executable, aligned to cache lines"],
  NonPagedPoolSessionNx: [544, "Not executable, for one session"],
});
export const {
  NonPagedPool,
  PagedPool,
  NonPagedPoolMustSucceed,
  NonPagedPoolCacheAligned,
  PagedPoolCacheAligned,
  NonPagedPoolCacheAlignedMustS,
  NonPagedPoolSession,
  PagedPoolSession,
  NonPagedPoolNx,
  NonPagedPoolNxCacheAligned,
  NonPagedPoolSessionNx,
} = poolTypes.value;

/** Bits that may be added to a POOL_TYPE. */
export const poolAllocationModifiers = flagTable({
  POOL_QUOTA_FAIL_INSTEAD_OF_RAISE: [0x8, "With quota: answer NULL instead of raising"],
  POOL_RAISE_IF_ALLOCATION_FAILURE: [0x10, "Raise STATUS_INSUFFICIENT_RESOURCES instead of answering NULL"],
  POOL_COLD_ALLOCATION: [0x100, "Rarely used"],
  POOL_ZERO_ALLOCATION: [0x400, "Filled with zeros"],
});
export const {
  POOL_QUOTA_FAIL_INSTEAD_OF_RAISE,
  POOL_RAISE_IF_ALLOCATION_FAILURE,
  POOL_COLD_ALLOCATION,
  POOL_ZERO_ALLOCATION,
} = poolAllocationModifiers.bit;

/** The lower half of POOL_FLAGS; the upper half holds optional bits. */
export const poolFlags = flagTable({
  POOL_FLAG_USE_QUOTA: [0x1, "Charge the process"],
  POOL_FLAG_UNINITIALIZED: [0x2, "Don't fill with zeros"],
  POOL_FLAG_SESSION: [0x4, "For one session"],
  POOL_FLAG_CACHE_ALIGNED: [0x8, "Align to cache lines"],
  POOL_FLAG_RAISE_ON_FAILURE: [0x20, "Raise instead of answering NULL"],
  POOL_FLAG_NON_PAGED: [0x40, "Non-paged, not executable"],
  POOL_FLAG_NON_PAGED_EXECUTE: [0x80, "Non-paged, executable"],
  POOL_FLAG_PAGED: [0x100, "Paged"],
});
export const {
  POOL_FLAG_USE_QUOTA,
  POOL_FLAG_UNINITIALIZED,
  POOL_FLAG_SESSION,
  POOL_FLAG_CACHE_ALIGNED,
  POOL_FLAG_RAISE_ON_FAILURE,
  POOL_FLAG_NON_PAGED,
  POOL_FLAG_NON_PAGED_EXECUTE,
  POOL_FLAG_PAGED,
} = poolFlags.bit;
