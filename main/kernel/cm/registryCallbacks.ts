/**
 * CmRegisterCallbackEx (wdm.h): routines that are told before and after what Zw routines do to keys, highest altitude
 * first. A status that is no success, from a routine before, is the operation's; STATUS_CALLBACK_BYPASS makes it succeed.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_CALLBACK_BYPASS,
  STATUS_FLT_INSTANCE_ALTITUDE_COLLISION,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import type { KernelModule } from "../ke/routines";
import { UNICODE_STRING_SIZE } from "../mem/unicodeString";

/** REG_NOTIFY_CLASS: what comes before, and what after. */
export const keyOperations = {
  deleteKey: [0, 15],
  setValue: [1, 16],
  deleteValue: [2, 17],
  createKey: [26, 27],
  openKey: [28, 29],
} as const;
export type KeyOperation = keyof typeof keyOperations;

/** Longer than any REG_xxx_KEY_INFORMATION; a name comes behind it, REG_POST_OPERATION_INFORMATION in front. */
const INFORMATION_BYTES = 0x80;
const POST_BYTES = 0x30;
const POST_STATUS = 0x8;
const POST_PRE_INFORMATION = 0x10;
const TAG = "CMcb";

interface Registration {
  readonly routine: Address;
  readonly altitude: string;
  readonly context: Address;
  readonly owner: KernelModule;
}

export interface KeyOperationDetails {
  /** The key object, or 0 where only a name is known. */
  readonly object: Address;
  /** Of the value, or of the key. */
  readonly name: string;
  /** Writes the rest: the name's UNICODE_STRING lies at `name`. */
  fill?(information: Address, name: Address): void;
}

export class RegistryCallbacks {
  readonly #registrations = new Map<bigint, Registration>();
  #sorted: readonly Registration[] = [];
  #nextCookie = 1n;

  constructor(private readonly pool: Pool) {}

  register(
    owner: KernelModule,
    routine: Address,
    altitude: string,
    context: Address,
  ): { status: number; cookie: bigint } {
    if (altitude === "" || routine === 0) return { status: STATUS_INVALID_PARAMETER, cookie: 0n };
    if (this.#sorted.some((other) => other.altitude === altitude)) {
      return { status: STATUS_FLT_INSTANCE_ALTITUDE_COLLISION, cookie: 0n };
    }
    const cookie = this.#nextCookie++;
    this.#registrations.set(cookie, { routine, altitude, context, owner });
    this.#sort();
    return { status: STATUS_SUCCESS, cookie };
  }

  /** @returns STATUS_INVALID_PARAMETER when there is none of that cookie */
  unregister(cookie: bigint): number {
    const found = this.#registrations.delete(cookie);
    this.#sort();
    return found ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  }

  countOf(owner: KernelModule): number {
    return this.#sorted.filter((registration) => registration.owner === owner).length;
  }

  /** Runs an operation with its callbacks around it. @returns its status, or the one that a callback gave it */
  around(operation: KeyOperation, details: KeyOperationDetails, action: () => number): number {
    if (this.#sorted.length === 0) return action();
    const { memory } = this.pool;
    const { object, name, fill } = details;
    const [before, after] = keyOperations[operation];
    const size = POST_BYTES + INFORMATION_BYTES + UNICODE_STRING_SIZE + name.length * 2 + 2;
    const block = this.pool.ExAllocatePoolWithTag(PagedPool, size, TAG);
    if (block === 0) return STATUS_INSUFFICIENT_RESOURCES;
    memory.fill(block, size, 0);
    const information = block + POST_BYTES;
    const nameAt = information + INFORMATION_BYTES;
    memory.writeUnicodeString(nameAt, name);
    memory.writePointer(information, object);
    fill?.(information, nameAt);
    const refused = this.#tell(before, information);
    const status = refused ?? action();
    if (refused === undefined) {
      memory.writePointer(block, object);
      memory.writeU32(block + POST_STATUS, status);
      memory.writePointer(block + POST_PRE_INFORMATION, information);
      this.#tell(after, block);
    }
    this.pool.ExFreePoolWithTag(block, TAG);
    return status === STATUS_CALLBACK_BYPASS ? STATUS_SUCCESS : status;
  }

  /** @returns the first status that is no success */
  #tell(notifyClass: number, information: Address): number | undefined {
    for (const { routine, context } of this.#sorted) {
      const answer = this.pool.ke.routines.call(routine, context, notifyClass, information);
      const status = typeof answer === "number" ? answer >>> 0 : STATUS_SUCCESS;
      if (!NT_SUCCESS(status)) return status;
    }
    return undefined;
  }

  #sort(): void {
    this.#sorted = [...this.#registrations.values()].sort((a, b) => Number(b.altitude) - Number(a.altitude));
  }
}
