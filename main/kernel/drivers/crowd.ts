/**
 * A driver that makes much of everything, to see that a tool bears it: 100,000 symbolic links in `\GLOBAL??` while it is
 * loaded, and 100,000 lines of debug output whenever `\\.\Crowd` is opened. The benchmarks and users' own curiosity need it.
 */
import type { Ddk } from "../wdk/ddk";
import type { Device } from "../wdk/framework/device";
import { DeviceOperations } from "../wdk/framework/deviceOperations";
import { Access, DeviceFlags, DeviceType } from "../wdk/framework/deviceType";
import { type Droppable, orDrop } from "../wdk/framework/drop";
import type { IoRequest } from "../wdk/framework/ioRequest";
import { KernelModule, kernelModule } from "../wdk/framework/kernelModule";
import { println } from "../wdk/framework/print";
import { SymbolicLink } from "../wdk/framework/symbolicLink";

const LINKS = 100_000;
const LINES = 100_000;

const DEVICE = "\\Device\\Crowd";

class CrowdDevice extends DeviceOperations {
  constructor(private readonly ddk: Ddk) {
    super();
  }

  override create(_device: Device, request: IoRequest): void {
    for (let line = 1; line <= LINES; line += 1) {
      println(this.ddk, `line ${line} of ${LINES}, as long as lines of drivers are that say what they do`);
    }
    request.complete(0);
  }
}

/** Owns the links, the newest dropped first. */
class Links implements Droppable {
  private readonly links: SymbolicLink[] = [];

  constructor(private readonly ddk: Ddk) {}

  create(): void {
    for (let number = 0; number < LINKS; number += 1) {
      const name = `\\??\\Crowd${String(number).padStart(6, "0")}`;
      this.links.push(SymbolicLink.create(this.ddk, name, DEVICE));
    }
  }

  drop(): void {
    for (let link = this.links.pop(); link !== undefined; link = this.links.pop()) link.drop();
  }
}

class CrowdModule extends KernelModule {
  protected readonly fields: readonly Droppable[];

  constructor(device: Device, link: SymbolicLink, links: Links) {
    super();
    this.fields = [links, link, device];
  }
}

export const crowdDriver = kernelModule((driver) => {
  const { ddk } = driver;
  const { Unknown } = DeviceType;
  const device = driver.createDevice(
    DEVICE,
    Unknown,
    DeviceFlags.SECURE_OPEN,
    Access.NonExclusive,
    new CrowdDevice(ddk),
  );
  const link = orDrop(device, () => SymbolicLink.create(ddk, "\\??\\Crowd", DEVICE));
  const links = new Links(ddk);
  const crowd = new CrowdModule(device, link, links);
  orDrop(crowd, () => links.create());
  return crowd;
});
