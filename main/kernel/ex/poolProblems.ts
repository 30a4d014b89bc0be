/**
 * What the machine stops with when pool is misused: codes and parameters of "Bug Check 0x19: BAD_POOL_HEADER" and
 * "Bug Check 0xC2: BAD_POOL_CALLER" (debugger reference).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { BAD_POOL_CALLER, BAD_POOL_HEADER } from "../../../native-bindings/abi/bugcheckCodes";
import type { KernelMemory } from "../mem/kernelMemory";
import { type FreeProblem, POOL_HEADER_SIZE } from "./poolPages";

/** First parameters of BAD_POOL_CALLER. */
export const ALREADY_FREE = 0x07;
export const ALLOCATE_AT_IRQL = 0x08;
export const FREE_AT_IRQL = 0x09;
export const WRONG_TAG = 0x0a;
export const USER_ADDRESS = 0x40;
export const INVALID_ADDRESS = 0x46;
export const CORRUPT_HEADER = 0x99;
export const ZERO_TAG = 0x9b;
/** First parameter of BAD_POOL_HEADER: the sizes of a block and its neighbour disagree. */
const SIZES_DISAGREE = 0x20;

export interface PoolStop {
  readonly code: number;
  readonly parameters: readonly number[];
  readonly rule: string;
}

const HEADER_BYTES = 4;

/** The first bytes of a block's header, or 0 where its page is gone. */
function headerAt(memory: KernelMemory, header: Address): number {
  return memory.pages.allows(header, HEADER_BYTES, "read") ? memory.readU32(header) : 0;
}

export function stopFor(memory: KernelMemory, problem: FreeProblem, address: Address): PoolStop {
  const header = address - POOL_HEADER_SIZE;
  switch (problem) {
    case "alreadyFree":
      return {
        code: BAD_POOL_CALLER,
        parameters: [ALREADY_FREE, 0, headerAt(memory, header), address],
        rule: "A pool block was freed that is already free.",
      };
    case "notPool":
      return {
        code: BAD_POOL_CALLER,
        parameters: [INVALID_ADDRESS, address],
        rule: "An address was freed that no pool allocation returned.",
      };
    case "corruptHeader":
      return {
        code: BAD_POOL_CALLER,
        parameters: [CORRUPT_HEADER, address],
        rule: "A pool block was freed whose header was overwritten.",
      };
    case "corruptNeighbour": {
      const units = (headerAt(memory, header) >>> 16) & 0xff;
      return {
        code: BAD_POOL_HEADER,
        parameters: [SIZES_DISAGREE, header, header + units * 16],
        rule: "A pool block was written beyond its end: the header of the block after it is destroyed.",
      };
    }
  }
}
