import { describe, expect, it } from "vitest";
import {
  STATUS_CANNOT_DELETE,
  STATUS_KEY_DELETED,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DEBUG_PRINT_FILTER_KEY, Registry, SERVICES_KEY } from "./registry";
import { registryNameKey } from "./registryKey";

describe("Registry", () => {
  it("finds keys without regard to case, through the link CurrentControlSet", () => {
    const registry = new Registry();
    const key = registry.ensure(`${SERVICES_KEY}\\Example`);
    expect(registry.open("\\REGISTRY\\machine\\SYSTEM\\ControlSet001\\services\\EXAMPLE")).toEqual({ key });
    expect(key.path).toBe("\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\Example");
    expect(registry.open(DEBUG_PRINT_FILTER_KEY)).toHaveProperty("key");
  });

  it("tells a missing name from a missing path", () => {
    const registry = new Registry();
    expect(registry.open(`${SERVICES_KEY}\\nope`)).toEqual({ failure: STATUS_OBJECT_NAME_NOT_FOUND });
    expect(registry.open(`${SERVICES_KEY}\\nope\\x`)).toEqual({ failure: STATUS_OBJECT_PATH_NOT_FOUND });
    expect(registry.create(`${SERVICES_KEY}\\nope\\x`)).toEqual({ failure: STATUS_OBJECT_PATH_NOT_FOUND });
    expect(registry.open("Registry")).toEqual({ failure: STATUS_OBJECT_PATH_SYNTAX_BAD });
    expect(registry.open("\\Device")).toEqual({ failure: STATUS_OBJECT_PATH_NOT_FOUND });
    expect(registry.open("\\Registry\\Machine\\")).toEqual({ failure: STATUS_OBJECT_NAME_INVALID });
    expect(registry.create(`${SERVICES_KEY}\\${"x".repeat(256)}`)).toEqual({ failure: STATUS_OBJECT_NAME_INVALID });
  });

  it("creates a key once and deletes it only without subkeys", () => {
    const registry = new Registry();
    const created = registry.create(`${SERVICES_KEY}\\A`);
    expect(registry.create(`${SERVICES_KEY}\\a`)).toEqual(created);
    const parent = registry.ensure(`${SERVICES_KEY}\\A`);
    const child = registry.ensure(`${SERVICES_KEY}\\A\\Parameters`);
    expect(registry.delete(parent)).toBe(STATUS_CANNOT_DELETE);
    expect(registry.delete(child)).toBeUndefined();
    expect(registry.delete(child)).toBe(STATUS_KEY_DELETED);
    expect(registry.delete(parent)).toBeUndefined();
    expect(registry.open(`${SERVICES_KEY}\\A`)).toEqual({ failure: STATUS_OBJECT_NAME_NOT_FOUND });
    expect(registry.delete(registry.root)).toBe(STATUS_CANNOT_DELETE);
  });

  it("keeps values by name, in the order they were set, and keys in the order of their names", () => {
    const key = new Registry().ensure(`${SERVICES_KEY}\\A`);
    key.setNumber("Start", 3);
    key.setText("ImagePath", "builtin:a");
    key.setNumber("START", -1);
    expect([...key.values()].map(({ name }) => name)).toEqual(["START", "ImagePath"]);
    expect(key.number("start")).toBe(0xffff_ffff);
    expect(key.text("Start")).toBeUndefined();
    expect(key.deleteValue("imagepath")).toBe(true);
    for (const name of ["b", "A", "c"]) key.ensureSubkey(name);
    expect(key.subkeys().map(({ name }) => name)).toEqual(["A", "b", "c"]);
  });

  it("upcases a unit at a time: names never change their length", () => {
    expect(registryNameKey("straße")).toBe("STRAßE");
    expect(registryNameKey("\ud800x")).toBe("\ud800X");
  });
});
