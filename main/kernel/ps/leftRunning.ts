/** What of a driver's still runs when it goes: timers with its DPC, queued DPCs, threads. Windows calls into freed memory then. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { KDPC } from "../../../native-bindings/abi/structures/deviceQueue";
import { ETHREAD } from "../../../native-bindings/abi/structures/process";
import type { DriverRule } from "../driverRule";
import type { Ke } from "../ke/ke";
import type { KernelModule } from "../ke/routines";
import type { Threading } from "../ke/threading";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Ps } from "./ps";

export class LeftRunning {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly ps: Ps,
    private readonly threading: Threading,
  ) {}

  /** @param driver "\Driver\Example"; @param when "DriverUnload" or "DriverEntry failed" */
  report(module: KernelModule, driver: string, when: string): void {
    const tell = (rule: DriverRule, what: string) => this.ke.report({ rule, message: `${when}: ${what}`, driver });
    const { timers, dpcs } = this.threading;
    for (const timer of timers.active) {
      const routine = this.#routineOf(timers.dpcOf(timer));
      if (isIn(module, routine)) tell("leakedTimer", `the timer at ${addressToHex(timer)} was not cancelled.`);
    }
    for (const dpc of dpcs.queued) {
      if (isIn(module, this.#routineOf(dpc))) tell("leakedDpc", `the DPC at ${addressToHex(dpc)} is still queued.`);
    }
    for (const thread of this.ps.system.threads) {
      const start = this.memory.readPointer(thread.object + ETHREAD.offset.StartAddress);
      if (isIn(module, start) && !thread.control.hasEnded) {
        tell("leakedThread", `thread ${thread.id} (${this.ke.routines.nameOf(start) ?? "?"}) still runs.`);
      }
    }
  }

  #routineOf(dpc: Address): Address {
    return dpc === 0 ? 0 : this.memory.readPointer(dpc + KDPC.offset.DeferredRoutine);
  }
}

function isIn({ base, size }: KernelModule, address: Address): boolean {
  return address >= base && address < base + size;
}
