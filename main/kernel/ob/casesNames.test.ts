/** Cases 1 to 20 of the project's facts: paths, attributes, collisions, case. Oracle: Wine's ntdll/tests/om.c. */
import { describe, expect, it } from "vitest";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_NAME_EXISTS,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_OPENIF } from "../../../native-bindings/abi/objectAttributes";
import { withHandleOut } from "../nt/objectsProbe";
import { UserMode } from "./caller";
import { ensureDirectory, ensureSymbolicLink } from "./namedObjects";
import type { ObjectAttributes } from "./objectAttributes";
import { createTestKernel, type TestKernel } from "./testKernel";
import { kinds } from "./testKinds";

const ALL = 0x1000_0000;

function setUp() {
  const kernel = createTestKernel();
  ensureDirectory(kernel.ob, "\\BaseNamedObjects");
  return kernel;
}

/** Creates and opens each kind, closing what came; the statuses of all must be these. */
function expectAll(kernel: TestKernel, attributes: ObjectAttributes | undefined, create: number, open: number): void {
  for (const [kind, calls] of Object.entries(kinds(kernel))) {
    const created = kernel.user(() => calls.create(attributes));
    const opened = kernel.user(() => calls.open(attributes));
    expect([kind, created.status, opened.status]).toEqual([kind, create, open]);
    for (const { handle } of [created, opened]) if (handle !== 0) kernel.user(() => kernel.ob.NtClose(handle));
  }
}

/** Status of NtCreateDirectoryObject and NtOpenDirectoryObject; case 7 and 8 ask for both. */
function createAndOpen({ nt, ob, user }: TestKernel, name: string, rootDirectory = 0): [number, number] {
  const attributes = { name, rootDirectory };
  const created = user(() => nt.NtCreateDirectoryObject(1, attributes));
  if (created.handle !== 0) user(() => ob.NtClose(created.handle));
  const opened = user(() => nt.NtOpenDirectoryObject(1, attributes));
  if (opened.handle !== 0) user(() => ob.NtClose(opened.handle));
  return [created.status, opened.status];
}

function both(status: number): [number, number] {
  return [status, status];
}

describe("names: what a path must look like", () => {
  it("case 01: a name without a leading backslash needs a root directory", () => {
    expectAll(setUp(), { name: "BaseNamedObjects" }, STATUS_OBJECT_PATH_SYNTAX_BAD, STATUS_OBJECT_PATH_SYNTAX_BAD);
  });

  it("case 02: no name or an empty one opens nothing and creates an unnamed object", () => {
    const kernel = setUp();
    expectAll(kernel, { name: undefined }, STATUS_SUCCESS, STATUS_OBJECT_PATH_SYNTAX_BAD);
    expectAll(kernel, { name: "" }, STATUS_SUCCESS, STATUS_OBJECT_PATH_SYNTAX_BAD);
  });

  it("case 03: no attributes are right for creating, except a symbolic link, and wrong for opening", () => {
    const kernel = setUp();
    for (const [kind, { create, open }] of Object.entries(kinds(kernel))) {
      const expected = kind === "SymbolicLink" ? STATUS_ACCESS_VIOLATION : STATUS_SUCCESS;
      expect([kind, kernel.user(() => create(undefined)).status]).toEqual([kind, expected]);
      expect([kind, kernel.user(() => open(undefined)).status]).toEqual([kind, STATUS_INVALID_PARAMETER]);
    }
  });

  it("case 04: OBJECT_ATTRIBUTES of any other length are refused", () => {
    const kernel = setUp();
    for (let length = 0; length <= 0x60; length++) {
      const expected = length === 0x30 ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
      const attributes = { name: "\\BaseNamedObjects\\length", length, attributes: OBJ_OPENIF };
      const { status, handle } = kernel.user(() => kernel.nt.events.NtCreateEvent(ALL, attributes, 0, false));
      expect([length, status]).toEqual([length, expected]);
      const opened = kernel.user(() => kernel.nt.open(kernel.nt.events.type, ALL, attributes));
      expect([length, opened.status]).toEqual([length, expected]);
      for (const open of [handle, opened.handle]) if (open !== 0) kernel.user(() => kernel.ob.NtClose(open));
    }
  });

  it("case 05: a handle pointer of NULL is an access violation, and nothing is created", () => {
    const { nt, ob, memory, user, ps, client } = setUp();
    const name = "\\BaseNamedObjects\\made";
    const create = () => nt.NtCreateDirectoryObject(1, { name });
    expect(user(() => withHandleOut(memory, UserMode, 0, create))).toBe(STATUS_ACCESS_VIOLATION);
    expect(user(() => withHandleOut(memory, UserMode, ob.root, create))).toBe(STATUS_ACCESS_VIOLATION);
    expect(user(() => nt.NtOpenDirectoryObject(1, { name })).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    const out = ps.allocateUser(client, 8);
    expect(user(() => withHandleOut(memory, UserMode, out, create))).toBe(STATUS_SUCCESS);
    const handle = user(() => memory.readPointer(out));
    expect(user(() => ob.NtClose(handle))).toBe(STATUS_SUCCESS);
  });

  it("case 06: a name of an odd number of bytes, or of 65534, is invalid; one of 65532 is not", () => {
    const kernel = setUp();
    const root = kernel.user(() => kernel.nt.NtOpenDirectoryObject(ALL, { name: "\\BaseNamedObjects" })).handle;
    const odd = { name: "a".repeat(33), nameBytes: 67, rootDirectory: root };
    expectAll(kernel, odd, STATUS_OBJECT_NAME_INVALID, STATUS_OBJECT_NAME_INVALID);
    const tooLong = { name: "a".repeat(32_767), rootDirectory: root };
    expectAll(kernel, tooLong, STATUS_OBJECT_NAME_INVALID, STATUS_OBJECT_NAME_INVALID);
    const attributes = { name: "a".repeat(32_766), rootDirectory: root };
    for (const [kind, { create, open }] of Object.entries(kinds(kernel))) {
      const created = kernel.user(() => create(attributes));
      const opened = kernel.user(() => open(attributes));
      expect([kind, created.status, opened.status]).toEqual([kind, STATUS_SUCCESS, STATUS_SUCCESS]);
      kernel.user(() => kernel.ob.NtClose(created.handle));
      kernel.user(() => kernel.ob.NtClose(opened.handle));
    }
  });

  it("case 07: an empty component is an invalid name, for creating and opening", () => {
    const kernel = setUp();
    for (const name of ["\\BaseNamedObjects\\", "\\\\BaseNamedObjects", "\\BaseNamedObjects\\\\x", "\\\\"]) {
      expect([name, createAndOpen(kernel, name)]).toEqual([name, both(STATUS_OBJECT_NAME_INVALID)]);
    }
  });

  it("case 08: a trailing backslash behind a missing name is a missing path", () => {
    expect(createAndOpen(setUp(), "\\BaseNamedObjects\\missing\\")).toEqual(both(STATUS_OBJECT_PATH_NOT_FOUND));
  });

  it("case 09: a missing last component is a missing name, any other a missing path", () => {
    const { nt, user } = setUp();
    const open = (name: string) => user(() => nt.NtOpenDirectoryObject(1, { name })).status;
    expect(open("\\BaseNamedObjects\\missing")).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(open("\\missing\\x")).toBe(STATUS_OBJECT_PATH_NOT_FOUND);
  });
});

describe("names: relative to a handle", () => {
  it("case 10: relative to a directory no name begins with a backslash", () => {
    const kernel = setUp();
    const root = kernel.user(() => kernel.nt.NtOpenDirectoryObject(1, { name: "\\BaseNamedObjects" })).handle;
    for (const name of ["\\", "\\test", "\\test\\"]) {
      expect([name, createAndOpen(kernel, name, root)]).toEqual([name, both(STATUS_OBJECT_PATH_SYNTAX_BAD)]);
    }
    expect(createAndOpen(kernel, "test\\", root)).toEqual(both(STATUS_OBJECT_PATH_NOT_FOUND));
  });

  it("case 11: an empty name relative to a directory is that directory; a NULL name is invalid", () => {
    const kernel = setUp();
    const { nt, ob, user } = kernel;
    const root = user(() => nt.NtOpenDirectoryObject(1, { name: "\\BaseNamedObjects" })).handle;
    const again = user(() => nt.NtOpenDirectoryObject(1, { name: "", rootDirectory: root }));
    expect(again.status).toBe(STATUS_SUCCESS);
    const [first, second] = user(() =>
      [root, again.handle].map((handle) => ob.ObReferenceObjectByHandle(handle, 0, undefined)),
    );
    expect(second?.object).toBe(first?.object);
    const nameless = { name: undefined, rootDirectory: root };
    expectAll(kernel, nameless, STATUS_OBJECT_NAME_INVALID, STATUS_OBJECT_NAME_INVALID);
    expect(user(() => nt.open(nt.mutants.type, ALL, { name: "", rootDirectory: root })).status).toBe(
      STATUS_OBJECT_TYPE_MISMATCH,
    );
  });

  it("case 12: a root that is no directory is of the wrong type", () => {
    const { nt, user } = setUp();
    const { handle } = user(() => nt.events.NtCreateEvent(ALL, undefined, 0, false));
    for (const name of ["", "x"]) {
      const attributes = { name, rootDirectory: handle };
      expect(user(() => nt.open(nt.events.type, ALL, attributes)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    }
    const created = user(() => nt.mutants.NtCreateMutant(ALL, { name: "x", rootDirectory: handle }, false));
    expect(created.status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 13: a symbolic link as root is not followed", () => {
    const kernel = setUp();
    const { nt, user } = kernel;
    ensureSymbolicLink(kernel.ob, "\\BaseNamedObjects\\Local", "\\BaseNamedObjects");
    const name = "\\BaseNamedObjects\\Local";
    const { handle } = user(() => nt.NtOpenSymbolicLinkObject(1, { name }));
    const attributes = { name: "one more level", rootDirectory: handle };
    expectAll(kernel, attributes, STATUS_OBJECT_TYPE_MISMATCH, STATUS_OBJECT_TYPE_MISMATCH);
    const itself = user(() => nt.NtOpenSymbolicLinkObject(1, { name: "", rootDirectory: handle }));
    expect(itself.status).toBe(STATUS_SUCCESS);
  });
});

describe("names: what is there already", () => {
  it("case 14: opening as another type is a type mismatch", () => {
    const { nt, user } = setUp();
    const attributes = { name: "\\BaseNamedObjects\\event" };
    user(() => nt.events.NtCreateEvent(ALL, attributes, 0, false));
    expect(user(() => nt.open(nt.mutants.type, ALL, attributes)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 15: creating what exists with the same type is a collision", () => {
    const kernel = setUp();
    for (const [kind, { create }] of Object.entries(kinds(kernel))) {
      const attributes = { name: `\\BaseNamedObjects\\${kind}` };
      expect(kernel.user(() => create(attributes)).status).toBe(STATUS_SUCCESS);
      expect([kind, kernel.user(() => create(attributes)).status]).toEqual([kind, STATUS_OBJECT_NAME_COLLISION]);
    }
  });

  it("case 16: OBJ_OPENIF opens what exists if it has the type", () => {
    const kernel = setUp();
    const { nt, ob, user } = kernel;
    for (const [kind, { create }] of Object.entries(kinds(kernel))) {
      const attributes = { name: `\\BaseNamedObjects\\${kind}`, attributes: OBJ_OPENIF };
      const first = user(() => create(attributes));
      const second = user(() => create(attributes));
      expect([kind, first.status, second.status]).toEqual([kind, STATUS_SUCCESS, STATUS_OBJECT_NAME_EXISTS]);
      const objects = user(() =>
        [first, second].map(({ handle }) => ob.ObReferenceObjectByHandle(handle, 0, undefined).object),
      );
      expect(objects[0]).toBe(objects[1]);
    }
    const attributes = { name: "\\BaseNamedObjects\\Event", attributes: OBJ_OPENIF };
    expect(user(() => nt.mutants.NtCreateMutant(ALL, attributes, false)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 17: creating what exists with another type is a type mismatch since Vista", () => {
    const { nt, user } = setUp();
    const attributes = { name: "\\BaseNamedObjects\\test" };
    user(() => nt.mutants.NtCreateMutant(ALL, attributes, false));
    expect(user(() => nt.events.NtCreateEvent(ALL, attributes, 0, false)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 18: the root directory exists", () => {
    const { nt, user } = setUp();
    const name = "\\";
    expect(user(() => nt.NtCreateDirectoryObject(1, { name })).status).toBe(STATUS_OBJECT_NAME_COLLISION);
    const openIf = { name, attributes: OBJ_OPENIF };
    expect(user(() => nt.NtCreateDirectoryObject(1, openIf)).status).toBe(STATUS_OBJECT_NAME_EXISTS);
    expect(user(() => nt.mutants.NtCreateMutant(ALL, openIf, false)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(user(() => nt.NtCreateSymbolicLinkObject(1, { name }, "anywhere")).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });
});

describe("names: upper and lower case", () => {
  it("case 19: without OBJ_CASE_INSENSITIVE, test and Test are two names", () => {
    const { nt, ob, user } = setUp();
    const at = (name: string, attributes = 0) => ({ name: `\\BaseNamedObjects\\${name}`, attributes });
    const mutant = user(() => nt.mutants.NtCreateMutant(ALL, at("test"), false));
    const event = user(() => nt.events.NtCreateEvent(ALL, at("Test"), 0, false));
    expect([mutant.status, event.status]).toEqual([STATUS_SUCCESS, STATUS_SUCCESS]);
    expect(user(() => nt.open(nt.events.type, ALL, at("TEst"))).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    // The newest is found: the event.
    const insensitive = at("TEst", OBJ_CASE_INSENSITIVE);
    expect(user(() => nt.open(nt.mutants.type, ALL, insensitive)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(user(() => nt.open(nt.events.type, ALL, insensitive)).status).toBe(STATUS_SUCCESS);
    user(() => ob.NtClose(mutant.handle));
    const parent = { name: "\\BASENamedObjects\\test", attributes: OBJ_CASE_INSENSITIVE };
    expect(user(() => nt.events.NtCreateEvent(ALL, parent, 0, false)).status).toBe(STATUS_OBJECT_NAME_COLLISION);
    expect(user(() => nt.mutants.NtCreateMutant(ALL, { ...parent, attributes: 0 }, false)).status).toBe(
      STATUS_OBJECT_PATH_NOT_FOUND,
    );
  });

  it("case 20: case is ignored for types that say so, whatever the flag", () => {
    const { ob, nt, user } = setUp();
    expect(ob.directoryType.options.caseInsensitive).toBe(true);
    expect(nt.events.type.options.caseInsensitive).toBe(false);
    expect(user(() => nt.NtOpenDirectoryObject(1, { name: "\\basenamedOBJECTS" })).status).toBe(STATUS_SUCCESS);
    user(() => nt.events.NtCreateEvent(ALL, { name: "\\BaseNamedObjects\\Event" }, 0, false));
    const lower = { name: "\\BaseNamedObjects\\event" };
    expect(user(() => nt.open(nt.events.type, ALL, lower)).status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });
});
