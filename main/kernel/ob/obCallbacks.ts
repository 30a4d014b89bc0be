/**
 * ObRegisterCallbacks (wdm.h): routines that are told of each handle to a process or thread that is made or duplicated,
 * by altitude, highest first. A routine before may take rights away, never add any.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_FLT_INSTANCE_ALTITUDE_COLLISION,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import {
  OB_CALLBACK_REGISTRATION,
  OB_OPERATION_REGISTRATION,
  OB_POST_OPERATION_INFORMATION,
  OB_PRE_OPERATION_INFORMATION,
} from "../../../native-bindings/abi/structures/notify";
import type { Pool } from "../ex/pool";
import type { KernelModule } from "../ke/routines";
import type { HandleOperation, HandleWatch } from "./handles";
import type { ObjectType } from "./objectType";

const VERSION = 0x100;
const OPERATIONS = 3;
const TAG = "ObCb";
/** DesiredAccess and OriginalDesiredAccess; or GrantedAccess. */
const PARAMETER_BYTES = 0x20;

interface Operation {
  readonly type: ObjectType;
  readonly operations: number;
  readonly before: Address;
  readonly after: Address;
}

interface Registration {
  readonly altitude: string;
  readonly context: Address;
  readonly operations: readonly Operation[];
  readonly owner: KernelModule;
}

export class ObCallbacks implements HandleWatch {
  readonly #registrations = new Map<number, Registration>();
  #sorted: readonly Registration[] = [];
  #nextHandle = 1;

  constructor(
    private readonly pool: Pool,
    /** Types by the addresses of the variables that point to them. */
    private readonly typeAt: (variable: Address) => ObjectType | undefined,
    private readonly didChange: (isAny: boolean) => void,
  ) {}

  /** @param at OB_CALLBACK_REGISTRATION */
  register(owner: KernelModule, at: Address): { status: number; handle: number } {
    const { memory } = this.pool;
    const view = OB_CALLBACK_REGISTRATION.view(memory, at);
    const count = view.OperationRegistrationCount;
    const altitude = memory.readUnicodeString(at + OB_CALLBACK_REGISTRATION.offset.Altitude);
    if (view.Version !== VERSION || count === 0 || altitude === "") return refuse(STATUS_INVALID_PARAMETER);
    const operations: Operation[] = [];
    for (let index = 0; index < count; index++) {
      const operation = this.#readOperation(view.OperationRegistration + index * OB_OPERATION_REGISTRATION.size);
      if (operation === undefined) return refuse(STATUS_INVALID_PARAMETER);
      operations.push(operation);
    }
    const isTaken = [...this.#registrations.values()].some((other) => other.altitude === altitude);
    if (isTaken) return refuse(STATUS_FLT_INSTANCE_ALTITUDE_COLLISION);
    const handle = this.#nextHandle++;
    this.#registrations.set(handle, { altitude, context: view.RegistrationContext, operations, owner });
    this.#sort();
    return { status: STATUS_SUCCESS, handle };
  }

  /** A handle that is not registered is ignored, as no driver could have it. */
  unregister(handle: number): void {
    this.#registrations.delete(handle);
    this.#sort();
  }

  /** How many registrations a driver has. */
  countOf(owner: KernelModule): number {
    return this.#sorted.filter((registration) => registration.owner === owner).length;
  }

  willGrant(operation: HandleOperation): number {
    let access = operation.access;
    this.#each(operation, ({ before }, context, block, parameters) => {
      if (before === 0) return;
      const { memory } = this.pool;
      this.#fill(operation, block);
      memory.writePointer(block + OB_PRE_OPERATION_INFORMATION.offset.Parameters, parameters);
      memory.writePair(parameters, access, operation.access);
      this.pool.ke.routines.call(before, context, block);
      access &= memory.readU32(parameters);
    });
    return access >>> 0;
  }

  didGrant(operation: HandleOperation, status: number): void {
    this.#each(operation, ({ after }, context, block, parameters) => {
      if (after === 0) return;
      const { memory } = this.pool;
      this.#fill(operation, block);
      memory.writeU32(block + OB_POST_OPERATION_INFORMATION.offset.ReturnStatus, status);
      memory.writePointer(block + OB_POST_OPERATION_INFORMATION.offset.Parameters, parameters);
      memory.writeU32(parameters, operation.access);
      this.pool.ke.routines.call(after, context, block);
    });
  }

  #each(
    { kind, type }: HandleOperation,
    action: (operation: Operation, context: Address, block: Address, parameters: Address) => void,
  ): void {
    const bytes = OB_POST_OPERATION_INFORMATION.size;
    for (const { context, operations } of this.#sorted) {
      for (const operation of operations) {
        if (operation.type !== type || (operation.operations & kind) === 0) continue;
        const block = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, bytes + PARAMETER_BYTES, TAG);
        if (block === 0) return;
        this.pool.memory.fill(block, bytes + PARAMETER_BYTES, 0);
        action(operation, context, block, block + bytes);
        this.pool.ExFreePoolWithTag(block, TAG);
      }
    }
  }

  /** What both structures begin with. */
  #fill({ kind, isKernelHandle, object, type }: HandleOperation, block: Address): void {
    this.pool.memory.writePair(block, kind, isKernelHandle ? 1 : 0);
    this.pool.memory.writePointer(block + OB_PRE_OPERATION_INFORMATION.offset.Object, object);
    this.pool.memory.writePointer(block + OB_PRE_OPERATION_INFORMATION.offset.ObjectType, type.address);
  }

  #readOperation(at: Address): Operation | undefined {
    const view = OB_OPERATION_REGISTRATION.view(this.pool.memory, at);
    const type = this.typeAt(view.ObjectType);
    const { Operations: operations, PreOperation: before, PostOperation: after } = view;
    const isValid = operations !== 0 && (operations & ~OPERATIONS) === 0 && (before !== 0 || after !== 0);
    return type === undefined || !isValid ? undefined : { type, operations, before, after };
  }

  #sort(): void {
    const all = [...this.#registrations.values()];
    this.#sorted = all.sort((a, b) => Number(b.altitude) - Number(a.altitude));
    this.didChange(all.length > 0);
  }
}

function refuse(status: number): { status: number; handle: number } {
  return { status, handle: 0 };
}
