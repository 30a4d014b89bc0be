import { describe, expect, it } from "vitest";
import {
  STATUS_KEY_DELETED,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE } from "../../../native-bindings/abi/objectAttributes";
import { TestKernel } from "../testKernel";
import { SERVICES_KEY } from "./registry";

const attributes = OBJ_CASE_INSENSITIVE;

describe("KeyObjects", () => {
  it("shows the registry as a Key in the namespace and opens keys through it", () => {
    const { kernel } = new TestKernel();
    const { ob, keys, cm } = kernel;
    expect([...ob.children(ob.root)].find(({ name }) => name === "REGISTRY")?.type).toBe(keys.type);
    const opened = keys.NtOpenKey({ name: SERVICES_KEY, attributes }, 0);
    expect(opened.status).toBe(STATUS_SUCCESS);
    const { object } = ob.ObReferenceObjectByHandle(opened.handle, 0, keys.type);
    expect(keys.keyOf(object)).toBe(cm.ensure(SERVICES_KEY));
    expect(ob.ObQueryNameString(object)).toBe("\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services");
    const below = keys.NtCreateKey({ name: "X", rootDirectory: opened.handle, attributes }, 0);
    expect(below).toMatchObject({ status: STATUS_SUCCESS, created: true });
    expect(keys.NtCreateKey({ name: `${SERVICES_KEY}\\x`, attributes }, 0)).toMatchObject({ created: false });
    ob.ObDereferenceObject(object);
  });

  it("answers as the registry does for what is not there", () => {
    const { keys, cm } = new TestKernel().kernel;
    const open = (name: string) => keys.NtOpenKey({ name, attributes }, 0).status;
    expect(open(`${SERVICES_KEY}\\none`)).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(open(`${SERVICES_KEY}\\none\\x`)).toBe(STATUS_OBJECT_PATH_NOT_FOUND);
    expect(open(`${SERVICES_KEY}\\`)).toBe(STATUS_OBJECT_NAME_INVALID);
    expect(keys.NtCreateKey({ name: `${SERVICES_KEY}\\a\\b`, attributes }, 0).status).toBe(
      STATUS_OBJECT_PATH_NOT_FOUND,
    );
    const opened = keys.NtCreateKey({ name: `${SERVICES_KEY}\\gone`, attributes }, 0);
    cm.delete(cm.ensure(`${SERVICES_KEY}\\gone`));
    expect(keys.NtOpenKey({ name: "", rootDirectory: opened.handle, attributes }, 0).status).toBe(STATUS_KEY_DELETED);
  });

  it("keeps no key object once its handles are closed", () => {
    const { ob, keys } = new TestKernel().kernel;
    const before = keys.type.objectCount;
    const { handle } = keys.NtOpenKey({ name: SERVICES_KEY, attributes }, 0);
    expect(keys.type.objectCount).toBe(before + 1);
    ob.NtClose(handle);
    expect(keys.type.objectCount).toBe(before);
  });
});
