/** Cases 86 to 96 of the project's NT facts: loading, unloading, service control. */

import { describe, expect, it } from "vitest";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DRIVER_EXTENSION, DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import * as win32 from "../../../native-bindings/abi/win32/codes";
import type { DriverImage, DriverImages } from "../io/driverImage";
import { atOnce } from "../ke/call";
import { Kernel } from "../kernel";
import { TestHost } from "../testHost";
import { type TestDriver, TestKernel } from "../testKernel";
import { servicePath } from "./serviceDatabase";
import { installService } from "./testService";

const { STATUS_SUCCESS } = codes;

function state(test: TestKernel, name: string): string | undefined {
  const answer = test.kernel.scm.QueryServiceStatus(name);
  return "value" in answer ? answer.value.state : undefined;
}

function exists(test: TestKernel, path: string): boolean {
  const { ob } = test.kernel;
  const found = ob.ObReferenceObjectByName(path, 0, ob.typeByName("Driver"));
  if (found.status === STATUS_SUCCESS) ob.ObDereferenceObject(found.object);
  return found.status === STATUS_SUCCESS;
}

describe("services", () => {
  it("case 86: sc start loads the service's key; the object is \\Driver\\X, \\FileSystem\\X or what ObjectName says", () => {
    const test = new TestKernel();
    const paths: string[] = [];
    const record = (driver: TestDriver) => {
      paths.push(driver.registryPath);
      return undefined;
    };
    for (const name of ["kernel", "filesys", "named"]) installService(test, name, record);
    test.kernel.cm.ensure(servicePath("filesys")).setNumber("Type", 2);
    test.kernel.cm.ensure(servicePath("named")).setText("ObjectName", "\\Driver\\Other");
    for (const name of ["kernel", "filesys", "named"]) {
      expect(test.kernel.scm.StartService(name)).toMatchObject({ value: { state: "RUNNING" } });
    }
    const objects = ["\\Driver\\kernel", "\\FileSystem\\filesys", "\\Driver\\Other", "\\Driver\\named"];
    expect(objects.map((path) => exists(test, path))).toEqual([true, true, true, false]);
    expect(paths[0]).toBe("\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\kernel");
  });

  it("case 87: an empty image path is the drivers' directory, a relative one begins at the Windows directory", () => {
    const asked: string[] = [];
    const images: DriverImages = {
      resolve: (path): DriverImage | number => {
        asked.push(path);
        return codes.STATUS_OBJECT_NAME_NOT_FOUND;
      },
    };
    const kernel = new Kernel(new TestHost(), { images });
    kernel.boot();
    const binaryPaths = [undefined, "System32\\x.sys", "\\SystemRoot\\a.sys", "C:\\dir\\b.sys", "builtin:c"];
    for (const [index, binaryPath] of binaryPaths.entries()) {
      kernel.scm.CreateService(binaryPath === undefined ? { name: `s${index}` } : { name: `s${index}`, binaryPath });
      kernel.scm.StartService(`s${index}`);
    }
    expect(asked).toEqual([
      "\\SystemRoot\\System32\\drivers\\s0.sys",
      "\\SystemRoot\\System32\\x.sys",
      "\\SystemRoot\\a.sys",
      "\\??\\C:\\dir\\b.sys",
      "builtin:c",
    ]);
  });

  it("case 88: a loaded driver is not loaded again", () => {
    const test = new TestKernel();
    const path = installService(test, "x");
    expect(test.kernel.io.NtLoadDriver(path)).toBe(STATUS_SUCCESS);
    expect(test.kernel.io.NtLoadDriver(path)).toBe(codes.STATUS_IMAGE_ALREADY_LOADED);
    expect(test.kernel.scm.StartService("x")).toEqual({ error: win32.ERROR_SERVICE_ALREADY_RUNNING });
    // The same file under another service is the same image.
    test.kernel.scm.CreateService({ name: "y", binaryPath: "builtin:x" });
    expect(test.kernel.io.NtLoadDriver(servicePath("y"))).toBe(codes.STATUS_IMAGE_ALREADY_LOADED);
  });

  it("case 89: when DriverEntry fails, the driver object goes and the service tells the status", () => {
    const test = new TestKernel();
    installService(test, "bad", (driver) => {
      test.kernel.io.IoDeleteDevice(test.kernel.io.records.devicesOf(driver.object)[0] ?? 0);
      return codes.STATUS_NOT_IMPLEMENTED;
    });
    const answer = test.kernel.scm.StartService("bad");
    expect(answer).toEqual({ error: win32.ERROR_INVALID_FUNCTION, status: codes.STATUS_NOT_IMPLEMENTED });
    expect(exists(test, "\\Driver\\bad")).toBe(false);
    expect(test.kernel.io.types.driver.objectCount).toBe(0);
    expect(state(test, "bad")).toBe("STOPPED");
    expect(test.kernel.scm.QueryServiceStatus("bad")).toMatchObject({
      value: { win32ExitCode: win32.ERROR_INVALID_FUNCTION },
    });
    expect(test.rules()).toEqual([]);
  });

  it("case 90: StartService returns after DriverEntry; a disabled service and a missing file have errors of their own", () => {
    const test = new TestKernel();
    const seen: (string | undefined)[] = [];
    installService(test, "x", () => {
      seen.push(state(test, "x"));
      return undefined;
    });
    expect(test.kernel.scm.StartService("x")).toMatchObject({ value: { state: "RUNNING" } });
    expect(seen).toEqual(["START_PENDING"]);
    const { scm } = test.kernel;
    scm.CreateService({ name: "off", start: 4, binaryPath: "builtin:x" });
    expect(scm.StartService("off")).toEqual({ error: win32.ERROR_SERVICE_DISABLED });
    scm.CreateService({ name: "gone", binaryPath: "builtin:nothing" });
    expect(scm.StartService("gone")).toMatchObject({ error: win32.ERROR_PATH_NOT_FOUND });
    expect(scm.StartService("unknown")).toEqual({ error: win32.ERROR_SERVICE_DOES_NOT_EXIST });
  });

  it("case 91: the state of a service is that of its driver, whoever loads and unloads it", () => {
    const test = new TestKernel();
    const path = installService(test, "x");
    expect(state(test, "x")).toBe("STOPPED");
    test.kernel.io.NtLoadDriver(path);
    expect(state(test, "x")).toBe("RUNNING");
    test.kernel.io.NtUnloadDriver(path);
    expect(state(test, "x")).toBe("STOPPED");
  });

  it("case 92: without DriverUnload, or with AddDevice, a driver stays", () => {
    const test = new TestKernel();
    const noUnload = test.install("a", () => undefined);
    const plugAndPlay = installService(test, "b", (driver) => {
      const extension = test.kernel.mem.readPointer(driver.object + DRIVER_OBJECT.offset.DriverExtension);
      test.kernel.mem.writePointer(
        extension + DRIVER_EXTENSION.offset.AddDevice,
        driver.routine(() => 0, "AddDevice"),
      );
      return undefined;
    });
    for (const [name, path] of [
      ["a", noUnload],
      ["b", plugAndPlay],
    ] as const) {
      test.kernel.io.NtLoadDriver(path);
      expect(test.kernel.io.NtUnloadDriver(path)).toBe(codes.STATUS_INVALID_DEVICE_REQUEST);
      expect(test.kernel.scm.StopService(name)).toMatchObject({ error: win32.ERROR_INVALID_SERVICE_CONTROL });
      expect(state(test, name)).toBe("RUNNING");
    }
  });

  it("case 93: with open handles a driver unloads at the last close", () => {
    const test = new TestKernel();
    const unloaded: string[] = [];
    installService(test, "x", (driver) => {
      driver.onUnload(() => {
        unloaded.push("x");
        test.kernel.io.IoDeleteDevice(test.kernel.io.records.devicesOf(driver.object)[0] ?? 0);
      });
      return undefined;
    });
    test.kernel.scm.StartService("x");
    const open = () => test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\x" }, { desiredAccess: 1 }));
    const opened = open();
    if (opened.pending) throw new Error("pending");
    expect(test.kernel.scm.StopService("x")).toMatchObject({ value: { state: "STOP_PENDING" } });
    expect(open()).toMatchObject({ status: codes.STATUS_NO_SUCH_DEVICE });
    expect(unloaded).toEqual([]);
    test.close(opened.handle);
    expect(unloaded).toEqual(["x"]);
    expect(state(test, "x")).toBe("STOPPED");
    expect(exists(test, "\\Driver\\x")).toBe(false);
  });

  it("case 93: an attached device keeps a driver too", () => {
    const test = new TestKernel();
    installService(test, "below");
    let below = 0;
    installService(test, "above", (driver) => {
      const { io } = test.kernel;
      below = io.IoAttachDeviceToDeviceStack(io.records.devicesOf(driver.object)[0] ?? 0, below);
      return undefined;
    });
    test.kernel.scm.StartService("below");
    below = test.kernel.io.records.live[0] ?? 0;
    test.kernel.scm.StartService("above");
    expect(test.kernel.scm.StopService("below")).toMatchObject({ value: { state: "STOP_PENDING" } });
    test.kernel.io.IoDetachDevice(below);
    expect(state(test, "below")).toBe("STOPPED");
  });

  it("case 94: a driver that is being unloaded can't be unloaded again", () => {
    const test = new TestKernel();
    const again: number[] = [];
    const path = installService(test, "x", (driver) => {
      driver.onUnload(() => {
        again.push(atOnce(test.kernel.io.NtUnloadDriver(path)));
        test.kernel.io.IoDeleteDevice(test.kernel.io.records.devicesOf(driver.object)[0] ?? 0);
      });
      return undefined;
    });
    test.kernel.io.NtLoadDriver(path);
    const opened = test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\x" }, { desiredAccess: 1 }));
    if (opened.pending) throw new Error("pending");
    test.kernel.io.NtUnloadDriver(path);
    expect(test.kernel.io.NtUnloadDriver(path)).toBe(codes.STATUS_DELETE_PENDING);
    expect(test.kernel.scm.StopService("x")).toEqual({ error: win32.ERROR_SERVICE_CANNOT_ACCEPT_CTRL });
    test.close(opened.handle);
    expect(again).toEqual([codes.STATUS_DELETE_PENDING]);
  });

  it("case 95: what DriverUnload leaves behind is reported", () => {
    const test = new TestKernel();
    installService(test, "x", (driver) => {
      test.kernel.io.IoCreateSymbolicLink("\\??\\Left", "\\Device\\x");
      test.kernel.io.IoCreateSymbolicLink("\\??\\Taken", "\\Device\\x");
      driver.onUnload(() => {
        test.kernel.io.IoDeleteSymbolicLink("\\??\\taken");
      });
      return undefined;
    });
    test.kernel.scm.StartService("x");
    expect(test.kernel.scm.StopService("x")).toMatchObject({ value: { state: "STOPPED" } });
    expect(test.rules()).toEqual(["leakedDevice", "leakedLink"]);
    expect(test.host.reports[0]).toMatchObject({ driver: "\\Driver\\x" });
    expect(test.host.reports[0]?.message).toContain("\\Device\\x was not deleted");
    expect(test.host.reports[1]?.message).toContain("\\??\\Left");
    // The image stays with its device, so the service can't come back before a restart.
    expect(test.kernel.scm.StartService("x")).toMatchObject({ error: win32.ERROR_SERVICE_ALREADY_RUNNING });
  });

  it("case 96: a stopped service can't be stopped", () => {
    const test = new TestKernel();
    installService(test, "x");
    // 1062 as Windows 10 answers for drivers (sc stop); ReactOS says ERROR_INVALID_SERVICE_CONTROL.
    expect(test.kernel.scm.StopService("x")).toEqual({ error: win32.ERROR_SERVICE_NOT_ACTIVE });
    expect(test.kernel.scm.StopService("y")).toEqual({ error: win32.ERROR_SERVICE_DOES_NOT_EXIST });
  });
});
