/**
 * Pool (wdm.h). A tag is four characters, or their ULONG. Sizes are in bytes; blocks are 16-byte aligned, page aligned
 * from 4065 bytes on. Each allocation answers 0 when the pool is exhausted, unless it says that it raises.
 */
import type { Address } from "../../../native-bindings/abi/address";

export type PoolTag = string | number;

export interface DdkPool {
  /**
   * `ExAllocatePool2`: zeroed memory; `flags` are POOL_FLAG_xxx. 0 for flags that it does not know and for zero bytes;
   * raises STATUS_INSUFFICIENT_RESOURCES with POOL_FLAG_RAISE_ON_FAILURE.
   */
  ExAllocatePool2(flags: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePool3`: the same with `count` POOL_EXTENDED_PARAMETERs; 0 where one is required that it does not know. */
  ExAllocatePool3(flags: number, bytes: number, tag: PoolTag, parameters: Address, count: number): Address;
  /** `ExAllocatePool`: tag 'None'. */
  ExAllocatePool(poolType: number, bytes: number): Address;
  /** `ExAllocatePoolWithTag`: memory with whatever was in it. `poolType` is a POOL_TYPE, with POOL_xxx modifiers. */
  ExAllocatePoolWithTag(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePoolZero`: zeroed. */
  ExAllocatePoolZero(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePoolUninitialized`: memory with whatever was in it. */
  ExAllocatePoolUninitialized(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePoolWithTagPriority`: the priority (EX_POOL_PRIORITY) has no meaning: nothing competes for the pool. */
  ExAllocatePoolWithTagPriority(poolType: number, bytes: number, tag: PoolTag, priority: number): Address;
  /** `ExAllocatePoolPriorityZero`: the same, zeroed. */
  ExAllocatePoolPriorityZero(poolType: number, bytes: number, tag: PoolTag, priority: number): Address;
  /** `ExAllocatePoolPriorityUninitialized`: as `ExAllocatePoolWithTagPriority`. */
  ExAllocatePoolPriorityUninitialized(poolType: number, bytes: number, tag: PoolTag, priority: number): Address;
  /** `ExAllocatePoolWithQuotaTag`: raises STATUS_INSUFFICIENT_RESOURCES, unless POOL_QUOTA_FAIL_INSTEAD_OF_RAISE is given. */
  ExAllocatePoolWithQuotaTag(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePoolQuotaZero`: the same, zeroed. */
  ExAllocatePoolQuotaZero(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExAllocatePoolQuotaUninitialized`: as `ExAllocatePoolWithQuotaTag`. */
  ExAllocatePoolQuotaUninitialized(poolType: number, bytes: number, tag: PoolTag): Address;
  /** `ExFreePoolWithTag`: frees a block; a wrong tag, a second time or a foreign address is a bugcheck. */
  ExFreePoolWithTag(block: Address, tag: PoolTag): void;
  /** `ExFreePool2`: the same; it takes no extended parameters yet. */
  ExFreePool2(block: Address, tag: PoolTag, parameters: Address, count: number): void;
  /** `ExFreePool`: frees a block whatever its tag. */
  ExFreePool(block: Address): void;
}
