/**
 * Power requests (wdm.h: PoRequestPowerIrp, PoCallDriver, PoStartNextPowerIrp, PoSetPowerState). The model's machine never
 * sleeps by itself; a driver that asks for IRP_MJ_POWER gets it through its whole stack.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  IRP_MJ_POWER,
  IRP_MN_QUERY_POWER,
  IRP_MN_SET_POWER,
  IRP_MN_WAIT_WAKE,
} from "../../../native-bindings/abi/irpFunctions";
import { STATUS_INVALID_PARAMETER_2, STATUS_PENDING } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Pool } from "../ex/pool";
import type { Coroutine } from "../ke/call";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DriverCalls } from "./driverCalls";
import type { StackRequests } from "./stackRequests";

/** POWER_STATE_TYPE */
const DEVICE_POWER_STATE = 1;
const POWER_TAG = "PoIr";
/** PowerDeviceD0 */
const FULLY_ON = 1;

const location = IO_STACK_LOCATION.offset;

export class Power {
  /** Of each type, by device. */
  readonly #states = new Map<string, number>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    private readonly calls: DriverCalls,
    private readonly requests: StackRequests,
    /** Runs it soon in a thread of the system's. */
    private readonly start: (work: Coroutine<undefined>) => void,
  ) {}

  /**
   * Makes an IRP_MJ_POWER and sends it to the top of the stack, soon.
   * @param minor IRP_MN_SET_POWER, QUERY_POWER or WAIT_WAKE
   * @param state POWER_STATE: DEVICE_POWER_STATE, or of IRP_MN_WAIT_WAKE a SYSTEM_POWER_STATE
   * @param completion REQUEST_POWER_COMPLETE: device, minor, state, context, IO_STATUS_BLOCK; 0 for none
   * @returns STATUS_PENDING, or STATUS_INVALID_PARAMETER_2 for another minor code
   */
  PoRequestPowerIrp(device: Address, minor: number, state: number, completion: Address, context: Address): number {
    const isKnown = minor === IRP_MN_SET_POWER || minor === IRP_MN_QUERY_POWER || minor === IRP_MN_WAIT_WAKE;
    if (!isKnown) return STATUS_INVALID_PARAMETER_2;
    this.start(this.#run(device, minor, state, completion, context));
    return STATUS_PENDING;
  }

  *#run(device: Address, minor: number, state: number, completion: Address, context: Address): Coroutine<undefined> {
    const { memory } = this;
    const status = yield* this.requests.send(device, IRP_MJ_POWER, minor, (stack) => {
      if (minor === IRP_MN_WAIT_WAKE) {
        memory.writeU32(stack + location["Parameters.WaitWake.PowerState"], state);
        return;
      }
      memory.writeU32(stack + location["Parameters.Power.Type"], DEVICE_POWER_STATE);
      memory.writeU32(stack + location["Parameters.Power.State"], state);
    });
    if (completion === 0) return undefined;
    const block = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, IO_STATUS_BLOCK.size, POWER_TAG);
    if (block === 0) return undefined;
    memory.fill(block, IO_STATUS_BLOCK.size, 0);
    memory.writeU32(block, status);
    try {
      this.ke.routines.call(completion, device, minor, state, context, block);
    } catch (error) {
      this.calls.trap(error, completion);
    }
    this.pool.ExFreePoolWithTag(block, POWER_TAG);
    return undefined;
  }

  /** @param type 0 system, 1 device; @returns the state before, PowerDeviceD0 at first */
  PoSetPowerState(device: Address, type: number, state: number): number {
    const key = `${device}:${type}`;
    const before = this.#states.get(key) ?? FULLY_ON;
    this.#states.set(key, state);
    return before;
  }
}
