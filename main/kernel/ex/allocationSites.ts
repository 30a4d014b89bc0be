/** Places in drivers' code that allocate and free, numbered so that 16 bits in a pool header can say which. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelModule, RoutineTable } from "../ke/routines";

export interface AllocationSite {
  /** "example!DriverEntry"; the module's name alone when none of its routines ran. */
  readonly name: string;
}

/** A header has 16 bits; whoever comes later shares the last number. */
const MAXIMUM_SITES = 0xffff;

export class AllocationSites {
  readonly #numbers = new Map<Address, number>();
  /** Number 0 is no site. */
  readonly #sites: AllocationSite[] = [{ name: "" }];

  constructor(private readonly routines: RoutineTable) {}

  /** The number, from 1, of the innermost driver routine that runs now. */
  current(module: KernelModule): number {
    const routine = this.routines.runningDriverRoutine || module.base;
    return this.#numbers.get(routine) ?? this.#add(routine, module);
  }

  at(number: number): AllocationSite {
    return this.#sites[number] ?? { name: "" };
  }

  #add(routine: Address, module: KernelModule): number {
    if (this.#sites.length > MAXIMUM_SITES) return MAXIMUM_SITES;
    const name = routine === module.base ? module.name : (this.routines.nameOf(routine) ?? module.name);
    const number = this.#sites.push({ name }) - 1;
    this.#numbers.set(routine, number);
    return number;
  }
}
