/** Cases 21, 22 and 39 to 42, 44: how long names and objects live, handles and references. */
import { describe, expect, it } from "vitest";
import {
  STATUS_ACCESS_DENIED,
  STATUS_HANDLE_NOT_CLOSABLE,
  STATUS_INVALID_HANDLE,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_KERNEL_HANDLE, OBJ_PERMANENT, OBJ_PROTECT_CLOSE } from "../../../native-bindings/abi/objectAttributes";
import { BugcheckSignal } from "../ke/bugcheck";
import { DUPLICATE_CLOSE_SOURCE, DUPLICATE_SAME_ACCESS } from "./handles";
import { ensureDirectory } from "./namedObjects";
import { createTestKernel } from "./testKernel";

const ALL = 0x1000_0000;
const EVENT_QUERY = 1;
const NAME = "\\BaseNamedObjects\\test";

function setUp() {
  const kernel = createTestKernel();
  ensureDirectory(kernel.ob, "\\BaseNamedObjects");
  const { nt, ps } = kernel;
  const system = <T>(action: () => T): T => ps.runAs(ps.systemThread, 0, action);
  const create = (attributes = 0) => system(() => nt.events.NtCreateEvent(ALL, { name: NAME, attributes }, 0, false));
  const open = (attributes = 0) => system(() => nt.open(nt.events.type, ALL, { name: NAME, attributes }));
  return { ...kernel, system, create, open };
}

describe("the life of a name", () => {
  it("case 21: with the last handle the name goes at once, though references remain", () => {
    const { ob, create, open, system, nt } = setUp();
    const { handle } = create();
    const { object } = ob.ObReferenceObjectByHandle(handle, 0, nt.events.type);
    expect(system(() => ob.NtClose(handle))).toBe(STATUS_SUCCESS);
    expect(open().status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ob.pointerCount(object)).toBe(1);
    expect(ob.ObQueryNameString(object)).toBe("");
    expect(nt.events.type.objectCount).toBe(1);
    ob.ObDereferenceObject(object);
    expect(nt.events.type.objectCount).toBe(0);
  });

  it("case 22: a permanent object stays until it is made temporary and closed", () => {
    const { ob, nt, create, open, system } = setUp();
    system(() => ob.NtClose(create(OBJ_PERMANENT).handle));
    const { status, handle } = open();
    expect(status).toBe(STATUS_SUCCESS);
    expect(system(() => nt.NtMakeTemporaryObject(handle))).toBe(STATUS_SUCCESS);
    expect(system(() => nt.NtMakeTemporaryObject(handle))).toBe(STATUS_SUCCESS);
    system(() => ob.NtClose(handle));
    expect(open().status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(nt.events.type.objectCount).toBe(0);
  });

  it("case 22: OBJ_PERMANENT when opening does nothing", () => {
    const { ob, create, open, system } = setUp();
    const created = create();
    const opened = open(OBJ_PERMANENT);
    system(() => ob.NtClose(created.handle));
    system(() => ob.NtClose(opened.handle));
    expect(open().status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("keeps an object whose handle is being closed alive while it is referenced, and tells of names", () => {
    const { ob, create, system, host } = setUp();
    host.changes.length = 0;
    system(() => ob.NtClose(create().handle));
    const change = { directory: "\\BaseNamedObjects", name: "test", type: "Event" };
    expect(host.changes).toEqual([
      { kind: "added", ...change },
      { kind: "removed", ...change },
    ]);
  });
});

describe("handles and references", () => {
  it("case 39: NULL is no handle, a wrong type is a mismatch, no type is any type", () => {
    const { ob, nt, create } = setUp();
    const { handle } = create();
    expect(ob.ObReferenceObjectByHandle(0, 0, nt.events.type).status).toBe(STATUS_INVALID_HANDLE);
    expect(ob.ObReferenceObjectByHandle(0x7fff_fff0, 0, undefined).status).toBe(STATUS_INVALID_HANDLE);
    expect(ob.ObReferenceObjectByHandle(handle, 0, nt.mutants.type).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    const any = ob.ObReferenceObjectByHandle(handle, 0, undefined);
    expect(any.status).toBe(STATUS_SUCCESS);
    expect(ob.pointerCount(any.object)).toBe(3); // The handle, the name, and this reference.
  });

  it("case 40: two handles of one object lead to one pointer", () => {
    const { ob, create, ps, system } = setUp();
    const { handle } = create();
    const copy = system(() => ob.NtDuplicateObject(ps.system, handle, ps.system, { options: DUPLICATE_SAME_ACCESS }));
    expect(copy.handle).not.toBe(handle);
    const [first, second] = [handle, copy.handle].map((each) => ob.ObReferenceObjectByHandle(each, 0, undefined));
    expect(second?.object).toBe(first?.object);
    expect(ob.handleCount(first?.object ?? 0)).toBe(2);
  });

  it("case 41: ObOpenObjectByPointer compares the type", () => {
    const { ob, nt, create } = setUp();
    const { object } = ob.ObReferenceObjectByHandle(create().handle, 0, undefined);
    expect(ob.ObOpenObjectByPointer(object, 0, ALL, nt.mutants.type).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(ob.ObOpenObjectByPointer(object, 0, ALL, nt.events.type).status).toBe(STATUS_SUCCESS);
  });

  it("case 42: a name that was inserted a moment ago leads to the same pointer", () => {
    const { ob, nt } = setUp();
    const created = ob.ObCreateObject(nt.events.type, { name: NAME });
    ob.ObInsertObject(created.object, ALL);
    const { status, object } = ob.ObReferenceObjectByName(NAME, 0, nt.events.type);
    expect([status, object]).toEqual([STATUS_SUCCESS, created.object]);
  });

  it("case 44: a call for one type refuses a handle of another", () => {
    const { nt, create, system } = setUp();
    const { handle } = create();
    expect(system(() => nt.semaphores.NtReleaseSemaphore(handle, 30)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(system(() => nt.mutants.NtReleaseMutant(handle)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("are 4, 8, 12..., and a closed one is given out again", () => {
    const { nt, ob, user } = setUp();
    const make = () => user(() => nt.events.NtCreateEvent(ALL, undefined, 0, false)).handle;
    expect([make(), make(), make()]).toEqual([4, 8, 12]);
    user(() => ob.NtClose(8));
    expect(make()).toBe(8);
    expect(user(() => ob.NtClose(16))).toBe(STATUS_INVALID_HANDLE);
  });

  it("of the kernel are out of user mode's reach", () => {
    const { nt, ob, user, kernel } = setUp();
    const attributes = { name: undefined, attributes: OBJ_KERNEL_HANDLE };
    const { handle } = kernel(() => nt.events.NtCreateEvent(ALL, attributes, 0, false));
    expect(handle).toBeLessThan(-2);
    expect(user(() => ob.NtClose(handle))).toBe(STATUS_INVALID_HANDLE);
    expect(kernel(() => ob.NtClose(handle))).toBe(STATUS_SUCCESS);
    expect(user(() => nt.events.NtCreateEvent(ALL, attributes, 0, false)).handle).toBe(4);
  });

  it("grant what they were opened with, to user mode", () => {
    const { nt, ob, user } = setUp();
    const { handle } = user(() => nt.events.NtCreateEvent(EVENT_QUERY, undefined, 0, false));
    expect(user(() => nt.events.NtSetEvent(handle)).status).toBe(STATUS_ACCESS_DENIED);
    expect(user(() => nt.events.NtQueryEvent(handle))).toEqual({ status: STATUS_SUCCESS, eventType: 0, eventState: 0 });
    expect(ob.handles.reference(handle, ALL, undefined, 0).status).toBe(STATUS_INVALID_HANDLE); // Another process's.
  });

  it("can be protected from closing", () => {
    const { nt, ob, user, client } = setUp();
    const { handle } = user(() => nt.events.NtCreateEvent(ALL, undefined, 0, false));
    user(() => ob.handles.setAttributes(handle, 1, OBJ_PROTECT_CLOSE));
    expect(user(() => ob.NtClose(handle))).toBe(STATUS_HANDLE_NOT_CLOSABLE);
    ob.handles.closeAll(client);
    expect(nt.events.type.objectCount).toBe(0);
  });

  it("move to another process with DUPLICATE_CLOSE_SOURCE", () => {
    const { nt, ob, ps, client, user } = setUp();
    const { handle } = user(() => nt.events.NtCreateEvent(ALL, undefined, 0, false));
    const options = DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE;
    const moved = ob.NtDuplicateObject(client, handle, ps.system, { options });
    expect(moved.status).toBe(STATUS_SUCCESS);
    expect([client.handles.count, nt.events.type.handleCount]).toEqual([0, 1]);
    expect(user(() => ob.NtClose(handle))).toBe(STATUS_INVALID_HANDLE);
  });

  it("go with their process, and the process with its last reference", () => {
    const { nt, ob, ps, client, user } = setUp();
    user(() => nt.events.NtCreateEvent(ALL, { name: NAME }, 0, false));
    ob.handles.closeAll(client);
    ps.removeProcess(client);
    expect(nt.events.type.objectCount).toBe(0);
    expect(ob.typeByName("Process")?.objectCount).toBe(1);
  });

  it("tell a type of each close, with the counts before it", () => {
    const { ob, ps, client } = setUp();
    const closes: [string, number, number][] = [];
    const type = ob.createType("WindowStation", {
      close: (process, _object, _access, ofProcess, ofSystem) => closes.push([process.name, ofProcess, ofSystem]),
    });
    const { object } = ob.ObCreateObject(type, undefined);
    const { handle } = ob.ObInsertObject(object, ALL);
    const copies = [client, client, ps.system].map((target) => ob.NtDuplicateObject(ps.system, handle, target).handle);
    ob.NtClose(copies[0] ?? 0, client);
    ob.NtClose(handle, ps.system);
    ob.NtClose(copies[2] ?? 0, ps.system);
    ob.NtClose(copies[1] ?? 0, client);
    expect(closes).toEqual([
      ["ntscope.exe", 2, 4],
      ["System", 2, 3],
      ["System", 1, 2],
      ["ntscope.exe", 1, 1],
    ]);
    expect(type.objectCount).toBe(0);
  });

  it("of exclusive objects are one at a time", () => {
    const { ob, nt, system } = setUp();
    const attributes = { name: NAME, attributes: 0x20 };
    const { handle } = system(() => nt.events.NtCreateEvent(ALL, attributes, 0, false));
    expect(system(() => nt.open(nt.events.type, ALL, { name: NAME })).status).toBe(STATUS_ACCESS_DENIED);
    system(() => ob.NtClose(handle));
    expect(nt.events.type.objectCount).toBe(0);
  });

  it("dereferencing too often stops the machine and says so", () => {
    const { ob, nt, host } = setUp();
    const { object } = ob.ObCreateObject(nt.events.type, undefined);
    ob.memory.writePointer(object - 0x30, 0);
    expect(() => ob.ObDereferenceObject(object)).toThrow(BugcheckSignal);
    expect(host.bugchecks).toMatchObject([{ code: 0x18, name: "REFERENCE_BY_POINTER" }]);
    expect(host.bugchecks[0]?.rule).toContain("dereferenced more often than referenced");
  });
});

it("a tree deeper than any call stack is deleted when its last handle closes", () => {
  const { ob, nt, system, host } = setUp();
  host.didChange = undefined; // Spelling out each path would take the square of the depth.
  let root = 0;
  const handles: number[] = [];
  for (let depth = 0; depth < 10_000; depth++) {
    const name = depth === 0 ? "\\BaseNamedObjects\\deep" : "d";
    root = system(() => nt.NtCreateDirectoryObject(ALL, { name, rootDirectory: root })).handle;
    handles.push(root);
  }
  const before = ob.directoryType.objectCount;
  // The outer ones first: each stays alive through its child until the innermost goes.
  for (const handle of handles) system(() => ob.NtClose(handle));
  expect(ob.directoryType.objectCount).toBe(before - 10_000);
}, 60_000);
