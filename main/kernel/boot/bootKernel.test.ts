import { describe, expect, it } from "vitest";
import { locate } from "../describe/locate";
import type { Kernel } from "../kernel";
import { TestHost } from "../testHost";
import { bootKernel } from "./bootKernel";
import { inboxDrivers } from "./inboxDrivers";

const { kernel } = bootKernel(new TestHost());

function* everything({ ob }: Pick<Kernel, "ob">, directory = ob.root): Generator<{ path: string; type: string }> {
  for (const { object, type } of ob.children(directory)) {
    yield { path: ob.names.pathOf(object), type: type.name };
    if (type === ob.directoryType) yield* everything({ ob }, object);
  }
}

const all = [...everything(kernel)];

function typeAt(path: string): string {
  const located = locate(kernel.ob, path);
  return "object" in located ? located.type.name : `0x${located.status.toString(16)}`;
}

describe("the booted namespace", () => {
  it("has a thousand objects and more", () => {
    expect(all.length).toBeGreaterThan(1000);
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
  });

  it.each([
    ["\\Device\\Null", "Device"],
    ["\\Device\\PhysicalMemory", "Section"],
    ["\\Device\\Harddisk0\\DR0", "Device"],
    ["\\Driver\\Null", "Driver"],
    ["\\Driver\\PnpManager", "Driver"],
    ["\\FileSystem\\Ntfs", "Driver"],
    ["\\FileSystem\\RAW", "Driver"],
    ["\\GLOBAL??\\C:", "SymbolicLink"],
    ["\\DosDevices", "SymbolicLink"],
    ["\\SystemRoot", "SymbolicLink"],
    ["\\KernelObjects\\LowMemoryCondition", "Event"],
    ["\\KernelObjects\\Session0", "Session"],
    ["\\KnownDlls\\ntdll.dll", "Section"],
    ["\\ObjectTypes\\SymbolicLink", "Type"],
    ["\\REGISTRY", "Key"],
    ["\\RPC Control\\epmapper", "ALPC Port"],
    ["\\Windows\\WindowStations\\WinSta0", "WindowStation"],
    ["\\Callback\\PowerState", "Callback"],
    ["\\BaseNamedObjects\\SM0:1044:304:WilStaging_02_p0", "Semaphore"],
    ["\\Sessions\\1\\BaseNamedObjects\\DBWinMutex", "Mutant"],
    ["\\??\\PhysicalDrive0", "SymbolicLink"],
  ])("has %s, a %s", (path, type) => {
    expect(typeAt(path)).toBe(type);
  });

  it("has a running service behind every driver that the kernel did not make itself", () => {
    const services = new Map(kernel.scm.EnumServicesStatus().map(({ name, state }) => [name, state]));
    const own = inboxDrivers.filter(({ kernelMade }) => !kernelMade);
    expect(own.filter(({ name }) => services.get(name) !== "RUNNING")).toEqual([]);
    expect(services.size).toBe(own.length);
    expect(own.length).toBeGreaterThan(130);
  });

  it("leaves no DOS name leading nowhere; GLOBALROOT alone is only a way to go on", () => {
    const links = all.filter(({ path, type }) => type === "SymbolicLink" && path.startsWith("\\GLOBAL??\\"));
    const dangling = links.filter(({ path }) => {
      const { status } = kernel.ob.explain(path);
      return status >= 0x8000_0000;
    });
    expect(links.length).toBeGreaterThan(150);
    expect(dangling.map(({ path }) => path)).toEqual(["\\GLOBAL??\\GLOBALROOT"]);
  });

  it("never lists \\?? and keeps what programs made by their handles", () => {
    expect(all.some(({ path }) => path === "\\??")).toBe(false);
    const located = locate(kernel.ob, "\\Sessions\\1\\BaseNamedObjects\\ShellReadyEvent");
    if (!("object" in located)) throw new Error("not there");
    expect(kernel.ob.handleCount(located.object)).toBe(1);
  });

  it("lets a driver's generated names follow those of the boot", () => {
    const { status, device } = kernel.io.devices.IoCreateDevice(
      [...kernel.io.drivers.all][0]?.object ?? 0,
      0,
      undefined,
      0x22,
      0x80,
      false,
    );
    expect(status).toBe(0);
    expect(kernel.ob.names.pathOf(device)).toMatch(/^\\Device\\000000[0-9a-f]{2}$/);
  });

  it("is the same whenever it is booted", () => {
    const again = bootKernel(new TestHost()).kernel;
    expect([...everything(again)]).toEqual(all);
  });
});
