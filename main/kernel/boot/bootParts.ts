/** The parts of a kernel that the boot tables are played into. */
import type { Registry } from "../cm/registry";
import type { Pool } from "../ex/pool";
import type { IoManager } from "../io/ioManager";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { Ps } from "../ps/ps";
import type { Se } from "../se/se";

export interface BootParts {
  readonly memory: KernelMemory;
  readonly pool: Pool;
  readonly ke: Ke;
  readonly ob: ObjectManager;
  readonly ps: Ps;
  readonly se: Se;
  readonly io: IoManager;
  readonly registry: Registry;
}
