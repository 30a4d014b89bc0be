/** DdkPool over the kernel's pool for drivers: each block is known by the routine that allocated it. */
import type { Address } from "../../../native-bindings/abi/address";
import { POOL_FLAG_RAISE_ON_FAILURE, POOL_ZERO_ALLOCATION } from "../../../native-bindings/abi/poolTypes";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import type { DdkPool, PoolTag } from "./ddkPool";

/** POOL_EXTENDED_PARAMETER (wdm.h): type in the low 8 bits, "optional" above, then the value. */
const PARAMETER_SIZE = 0x10;
const PARAMETER_OPTIONAL = 0x100;
/** PoolExtendedParameterPriority and -NumaNode mean nothing here and are taken; a secure pool there is not. */
const knownParameters: readonly number[] = [1, 3];

/** Whether all of ExAllocatePool3's extended parameters are known, or need not be. */
function acceptsParameters({ mem }: Kernel, parameters: Address, count: number): boolean {
  for (let index = 0; index < count; index++) {
    const type = mem.readU32(parameters + index * PARAMETER_SIZE);
    if (!knownParameters.includes(type & 0xff) && (type & PARAMETER_OPTIONAL) === 0) return false;
  }
  return true;
}

export function poolDdk(kernel: Kernel, module: KernelModule): DdkPool {
  const { driverPool } = kernel;
  const allocate = (type: number, bytes: number, tag: PoolTag) => driverPool.allocate(module, type, bytes, tag);
  const allocateZero = (type: number, bytes: number, tag: PoolTag) => allocate(type | POOL_ZERO_ALLOCATION, bytes, tag);
  const withQuota = (type: number, bytes: number, tag: PoolTag) =>
    driverPool.allocateWithQuota(module, type, bytes, tag);
  const allocate2 = (flags: number, bytes: number, tag: PoolTag) =>
    driverPool.allocate2(module, flags, bytes, tag, (flags & POOL_FLAG_RAISE_ON_FAILURE) !== 0);
  const free = (block: Address, tag?: PoolTag) => driverPool.free(module, block, tag);
  return {
    ExAllocatePool2: allocate2,
    ExAllocatePool3: (flags, bytes, tag, parameters, count) =>
      acceptsParameters(kernel, parameters, count) ? allocate2(flags, bytes, tag) : 0,
    ExAllocatePool: (type, bytes) => allocate(type, bytes, "None"),
    ExAllocatePoolWithTag: allocate,
    ExAllocatePoolZero: allocateZero,
    ExAllocatePoolUninitialized: allocate,
    ExAllocatePoolWithTagPriority: allocate,
    ExAllocatePoolPriorityZero: allocateZero,
    ExAllocatePoolPriorityUninitialized: allocate,
    ExAllocatePoolWithQuotaTag: withQuota,
    ExAllocatePoolQuotaZero: (type, bytes, tag) => withQuota(type | POOL_ZERO_ALLOCATION, bytes, tag),
    ExAllocatePoolQuotaUninitialized: withQuota,
    ExFreePoolWithTag: free,
    ExFreePool2: (block, tag) => free(block, tag),
    ExFreePool: (block) => free(block),
  };
}
