/**
 * IO_SECURITY_CONTEXT (wdm.h): what Parameters.Create.SecurityContext points to. 0x18 bytes: SecurityQos at 0,
 * AccessState at 8, DesiredAccess at 0x10, FullCreateOptions at 0x14.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";

const SIZE = 0x18;
const DESIRED_ACCESS = 0x10;
const FULL_CREATE_OPTIONS = 0x14;
const TAG = "IoSc";
/** As many opens as are likely to be under way at once. */
const KEPT = 16;

export class SecurityContexts {
  readonly #free: Address[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
  ) {}

  /** @returns 0 when the pool is exhausted; a driver that looks then dies as it would of any NULL */
  allocate(desiredAccess: number, createOptions: number): Address {
    let context = this.#free.pop() ?? 0;
    if (context === 0) {
      context = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, SIZE, TAG);
      if (context === 0) return 0;
      this.memory.fill(context, SIZE, 0);
    }
    this.memory.writeU32(context + DESIRED_ACCESS, desiredAccess);
    this.memory.writeU32(context + FULL_CREATE_OPTIONS, createOptions);
    return context;
  }

  free(context: Address): void {
    if (context === 0) return;
    if (this.#free.length < KEPT) this.#free.push(context);
    else this.pool.ExFreePoolWithTag(context, TAG);
  }
}
