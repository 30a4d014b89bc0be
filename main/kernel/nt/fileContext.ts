/** What the system calls on files share. */
import type { DriverIo } from "../io/driverIo";
import type { IoManager } from "../io/ioManager";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";

export interface FileContext {
  readonly ob: ObjectManager;
  readonly io: IoManager;
  readonly driverIo: () => DriverIo;
  /** The type Event. */
  readonly events: () => ObjectType;
}
