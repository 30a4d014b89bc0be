/**
 * Names of devices, drivers and routines as the trace keeps them. They are looked up when a device is first met and
 * stay when it is deleted: its last requests come after its name has gone.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import type { IoManager } from "../io/ioManager";
import type { RoutineTable } from "../ke/routines";
import type { Names } from "../ob/names";
import type { RowTarget } from "./rowChunk";
import type { Site } from "./stepChunk";

/** IRP_MJ_ codes are a byte. */
const MAJORS = 256;
/** Past it all are forgotten: a driver may make and use a million devices. */
const MOST_NAMES = 4096;

export class DeviceWords implements RowTarget {
  /** By major function: a driver seldom changes what its dispatch table holds. */
  readonly #sites: (Site | undefined)[] = new Array(MAJORS).fill(undefined);

  constructor(
    readonly device: string,
    readonly driver: string,
    readonly isNamed: boolean,
  ) {}

  siteOf(major: number, routine: Address, names: TraceNames): Site {
    const known = this.#sites[major];
    if (known !== undefined && known.address === routine) return known;
    const { device, driver } = this;
    const site = { address: routine, device, driver, routine: names.routine(routine), chunk: undefined, index: 0 };
    this.#sites[major] = site;
    return site;
  }
}

export class TraceNames {
  readonly #devices = new Map<Address, DeviceWords>();
  readonly #routines = new Map<Address, string>();
  #lastAddress = 0;
  #last: DeviceWords | undefined;

  constructor(
    private readonly io: IoManager,
    private readonly objectNames: Names,
    private readonly routines: RoutineTable,
  ) {
    // Memory of a deleted device may become another one.
    io.records.whenCreated = (device) => {
      this.#devices.delete(device);
      this.#last = undefined;
    };
  }

  device(device: Address): DeviceWords {
    if (device === this.#lastAddress && this.#last !== undefined) return this.#last;
    const words = this.#devices.get(device) ?? this.#learn(device);
    this.#lastAddress = device;
    this.#last = words;
    return words;
  }

  #learn(device: Address): DeviceWords {
    if (this.#devices.size >= MOST_NAMES) this.#devices.clear();
    // What a driver passes for a device may be anything; only a device has a name.
    const path = this.io.records.isLive(device) ? this.objectNames.pathOf(device) : "";
    const driver = this.io.driverNameOf(device) ?? "";
    const words = new DeviceWords(path === "" ? addressToHex(device) : path, driver, path !== "");
    this.#devices.set(device, words);
    return words;
  }

  /** Addresses of routines are not used again, so a name stays right when its driver is gone. */
  routine(address: Address): string {
    const known = this.#routines.get(address);
    if (known !== undefined) return known;
    if (this.#routines.size >= MOST_NAMES) this.#routines.clear();
    const name = this.routines.nameOf(address) ?? addressToHex(address);
    this.#routines.set(address, name);
    return name;
  }
}
