import { describe, expect, it } from "vitest";
import * as win32 from "../../../native-bindings/abi/win32/codes";
import { TestKernel } from "../testKernel";
import { installService } from "./testService";

describe("the service database", () => {
  it.each<[string, number]>([
    ["", win32.ERROR_INVALID_NAME],
    ["a\\b", win32.ERROR_INVALID_NAME],
    ["a/b", win32.ERROR_INVALID_NAME],
    ["a\0", win32.ERROR_INVALID_NAME],
    ["x".repeat(256), win32.ERROR_INVALID_NAME],
  ])("refuses the name %j", (name, error) => {
    expect(new TestKernel().kernel.scm.CreateService({ name })).toEqual({ error });
  });

  it("refuses what it has already, and types, starts and controls that do not exist", () => {
    const { scm } = new TestKernel().kernel;
    expect(scm.CreateService({ name: "one", displayName: "First" })).toMatchObject({
      value: { name: "one", displayName: "First", type: 1, start: 3, errorControl: 1, binaryPath: "" },
    });
    expect(scm.CreateService({ name: "ONE" })).toEqual({ error: win32.ERROR_SERVICE_EXISTS });
    expect(scm.CreateService({ name: "two", displayName: "first" })).toEqual({
      error: win32.ERROR_DUPLICATE_SERVICE_NAME,
    });
    expect(scm.CreateService({ name: "three", type: 0x10 })).toEqual({ error: win32.ERROR_INVALID_PARAMETER });
    expect(scm.CreateService({ name: "three", start: 5 })).toEqual({ error: win32.ERROR_INVALID_PARAMETER });
    expect(scm.EnumServicesStatus().map(({ name, state: current }) => [name, current])).toEqual([["one", "STOPPED"]]);
    expect(scm.QueryServiceStatus("one")).toMatchObject({
      value: { win32ExitCode: win32.ERROR_SERVICE_NEVER_STARTED },
    });
  });

  it("marks a running service for deletion and removes it when it stops", () => {
    const test = new TestKernel();
    const { scm } = test.kernel;
    installService(test, "x");
    scm.StartService("x");
    expect(scm.DeleteService("x")).toMatchObject({ value: { state: "RUNNING", deletePending: true } });
    expect(scm.DeleteService("x")).toEqual({ error: win32.ERROR_SERVICE_MARKED_FOR_DELETE });
    expect(scm.CreateService({ name: "x" })).toEqual({ error: win32.ERROR_SERVICE_MARKED_FOR_DELETE });
    expect(scm.StopService("x")).toMatchObject({ value: { state: "STOPPED" } });
    expect(scm.QueryServiceStatus("x")).toEqual({ error: win32.ERROR_SERVICE_DOES_NOT_EXIST });
    expect(scm.CreateService({ name: "x" })).toHaveProperty("value");
    expect(scm.DeleteService("x")).toHaveProperty("value");
    expect(scm.EnumServicesStatus()).toEqual([]);
  });

  it("starts a driver again after it was stopped", () => {
    const test = new TestKernel();
    installService(test, "x");
    for (let round = 0; round < 3; round++) {
      expect(test.kernel.scm.StartService("x")).toMatchObject({ value: { state: "RUNNING", controlsAccepted: 1 } });
      expect(test.kernel.scm.StopService("x")).toMatchObject({ value: { state: "STOPPED" } });
    }
    expect(test.kernel.io.types.driver.objectCount).toBe(0);
    expect(test.kernel.io.types.device.objectCount).toBe(0);
  });
});
