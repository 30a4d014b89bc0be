/** The text of object names in pool memory. */
import type { Address } from "../../../native-bindings/abi/address";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";

/** The tag that poolmon shows for object names. */
const NAME_TAG = "ObNm";

/** 0 when the pool is exhausted. An empty name gets a buffer too, as a mark that there is one. */
export function allocateObjectName(memory: KernelMemory, pool: Pool, name: string): Address {
  const buffer = pool.ExAllocatePoolWithTag(PagedPool, name.length * 2, NAME_TAG);
  if (buffer !== 0) memory.writeUtf16(buffer, name);
  return buffer;
}

/** @param buffer 0: there is none */
export function freeObjectName(pool: Pool, buffer: Address): void {
  if (buffer !== 0) pool.ExFreePoolWithTag(buffer, NAME_TAG);
}
