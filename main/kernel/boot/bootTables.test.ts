import { describe, expect, it } from "vitest";
import { joinPath, parentPath } from "../../machine/ntPath";
import { linesOf, parseBootLines } from "./bootLine";
import { parseDriverTable } from "./driverTable";
import { directories, kernelObjects, rootObjects } from "./tables/directories";
import { deviceInterfaces, dosDevices } from "./tables/dosDevices";
import { networkDrivers } from "./tables/networkDrivers";
import { sessionOne, sessionZero } from "./tables/sessionObjects";
import { storageDrivers } from "./tables/storageDrivers";
import { systemDrivers } from "./tables/systemDrivers";

const drivers = parseDriverTable(systemDrivers + storageDrivers + networkDrivers);
const devices = drivers.flatMap((driver) => driver.devices.flatMap(({ path }) => (path === undefined ? [] : [path])));
const objects = parseBootLines(directories + rootObjects + kernelObjects + sessionZero + sessionOne);
const directoryPaths = new Set(["\\", ...parseBootLines(directories).map(({ path }) => path)]);

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name.toLowerCase()).size);
}

describe("the boot tables", () => {
  it("name nothing twice", () => {
    expect(repeated([...objects.map(({ path }) => path), ...devices])).toEqual([]);
    expect(repeated(drivers.map(({ name }) => name))).toEqual([]);
    expect(repeated(linesOf(dosDevices).map((line) => line.split(/\s/)[0] ?? ""))).toEqual([]);
  });

  it("have a parent directory for everything", () => {
    const paths = [...objects.map(({ path }) => path), ...devices];
    expect(paths.filter((path) => !directoryPaths.has(parentPath(path)))).toEqual([]);
  });

  it("link DOS names to devices and objects that are there", () => {
    const known = new Set(
      [...directoryPaths, ...devices, ...objects.map(({ path }) => path)].map((path) => path.toLowerCase()),
    );
    const names = new Set(
      linesOf(dosDevices).map((line) => joinPath("\\DosDevices", line.split(/\s/)[0] ?? "").toLowerCase()),
    );
    const targets = [
      ...linesOf(dosDevices).flatMap((line) => line.split(/\s+/)[1] ?? []),
      ...linesOf(deviceInterfaces).map((line) => line.split(" ")[1] ?? ""),
    ];
    const dangling = targets.filter((target) => {
      const low = target.toLowerCase();
      return !known.has(low) && !names.has(low) && !low.startsWith("\\device\\condrv\\");
    });
    expect(dangling).toEqual([]);
  });

  it("attach devices only to devices that come before them", () => {
    const seen = new Set<string>();
    const order = drivers.flatMap((driver) => driver.devices);
    const named = new Set(devices);
    for (const device of order) {
      if (device.attachTo !== undefined) expect(named).toContain(device.attachTo);
      if (device.path !== undefined) seen.add(device.path);
    }
    expect(seen.size).toBe(devices.length);
  });

  it("refuse lines they do not understand", () => {
    expect(() => parseBootLines("\\X  Nonsense")).toThrow(RangeError);
    expect(() => parseDriverTable("just a name")).toThrow(RangeError);
    expect(() => parseDriverTable("A | a.sys | boot | A\n  \\Device\\A NOTHING opens")).toThrow(RangeError);
  });
});
