/** POOL_HEADER: the 16 bytes before each pool block of less than a page (public symbols of Windows 10 x64). */
import { structure } from "../structure";

export const POOL_HEADER = structure("POOL_HEADER", 0x10, {
  PreviousSize: [0x0, "u8", "size of the block before it in the page, in 16-byte units"],
  PoolIndex: [0x1, "u8", "which pool descriptor"],
  BlockSize: [0x2, "u8", "size of this block, header included, in 16-byte units"],
  PoolType: [0x3, "u8", "pool type + 1 with flags; 0 when free"],
  Ulong1: [0x0, "u32", "the four bytes above"],
  PoolTag: [0x4, "u32", "four characters, first one in the low byte"],
  ProcessBilled: [0x8, "pointer", "EPROCESS charged, or encoded"],
  AllocatorBackTraceIndex: [0x8, "u16", "stack trace of the allocator"],
  PoolTagHash: [0xa, "u16", "hash of the tag"],
});
