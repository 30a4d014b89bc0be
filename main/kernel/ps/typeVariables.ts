/** The variables PsProcessType and PsThreadType, whose addresses drivers give to ObRegisterCallbacks. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import type { ObjectType } from "../ob/objectType";
import type { Ps } from "./ps";

const POINTER_BYTES = 8;

export interface TypeVariables {
  readonly process: Address;
  readonly thread: Address;
  /** The type that the variable at an address points to; undefined for any other address. */
  typeAt(variable: Address): ObjectType | undefined;
}

export function createTypeVariables(pool: Pool, { processType, threadType }: Ps): TypeVariables {
  const process = pool.ExAllocatePoolWithTag(NonPagedPoolNx, 2 * POINTER_BYTES, "ObTy");
  const thread = process + POINTER_BYTES;
  pool.memory.writePointer(process, processType.address);
  pool.memory.writePointer(thread, threadType.address);
  return {
    process,
    thread,
    typeAt: (variable) => (variable === process ? processType : variable === thread ? threadType : undefined),
  };
}
