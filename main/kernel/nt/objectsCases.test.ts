/** Cases 33 to 35, 38 and 43: what the queries write into the caller's buffers. */
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import {
  ObjectBasicInformation,
  ObjectHandleFlagInformation,
  ObjectNameInformation,
  ObjectTypeInformation,
  ObjectTypesInformation,
} from "../../../native-bindings/abi/informationClasses";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INVALID_INFO_CLASS,
  STATUS_MORE_ENTRIES,
  STATUS_NO_MORE_ENTRIES,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_INHERIT, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import {
  OBJECT_BASIC_INFORMATION,
  OBJECT_DIRECTORY_INFORMATION,
  OBJECT_TYPE_INFORMATION,
} from "../../../native-bindings/abi/structures/nativeQueries";
import { OBJECT_ATTRIBUTES } from "../../../native-bindings/abi/structures/strings";
import { ensureDirectory } from "../ob/namedObjects";
import { createTestKernel } from "../ob/testKernel";
import { captureObjectAttributes } from "./objectsProbe";

const ALL = 0x1000_0000;
const BUFFER_BYTES = 0x1_0000;

function setUp() {
  const kernel = createTestKernel();
  const { ob, nt, ps, client, user } = kernel;
  ensureDirectory(ob, "\\Dir");
  const buffer = ps.allocateUser(client, BUFFER_BYTES);
  const directory = user(() => nt.NtOpenDirectoryObject(1, { name: "\\Dir" })).handle;
  const create = (name: string) =>
    user(() => nt.events.NtCreateEvent(ALL, { name: `\\Dir\\${name}` }, 0, false)).handle;
  /** The entries up to the one of zeros, with where their strings lie. */
  const entries = (at: Address = buffer) =>
    user(() => {
      const found: { name: string; type: string; nameAt: number; typeAt: number }[] = [];
      for (let entry = at; ; entry += OBJECT_DIRECTORY_INFORMATION.size) {
        const { Name, TypeName } = OBJECT_DIRECTORY_INFORMATION.view(kernel.memory, entry);
        if (Name.Buffer === 0) {
          expect(
            [...kernel.memory.readBytes(entry, OBJECT_DIRECTORY_INFORMATION.size)].every((byte) => byte === 0),
          ).toBe(true);
          return found;
        }
        found.push({
          name: kernel.memory.readUnicodeString(Name.address),
          type: kernel.memory.readUnicodeString(TypeName.address),
          nameAt: Name.Buffer - at,
          typeAt: TypeName.Buffer - at,
        });
      }
    });
  const query = (length: number, context = 0, single = false) =>
    user(() => nt.NtQueryDirectoryObject(directory, buffer, length, single, false, context));
  return { ...kernel, buffer, directory, create, entries, query };
}

describe("NtQueryDirectoryObject", () => {
  it("case 33: a single entry that does not fit tells its size", () => {
    const { create, query, entries } = setUp();
    create("one");
    // Entry, closing entry, "one" and "Event" with their NULs.
    const needed = 0x20 + 0x20 + 8 + 12;
    expect(query(0, 0, true)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, context: 0, returnLength: needed });
    expect(query(needed - 1, 0, true).status).toBe(STATUS_BUFFER_TOO_SMALL);
    expect(query(needed, 0, true)).toEqual({ status: STATUS_SUCCESS, context: 1, returnLength: needed });
    expect(entries()).toEqual([{ name: "one", type: "Event", nameAt: 0x40, typeAt: 0x48 }]);
    expect(query(needed, 1, true).status).toBe(STATUS_NO_MORE_ENTRIES);
  });

  it("case 34: what fits comes with MORE_ENTRIES, then the rest, then NO_MORE_ENTRIES", () => {
    const { create, query, entries } = setUp();
    for (let number = 0; number < 10; number++) create(`object${number}`);
    const seen: string[] = [];
    let context = 0;
    const statuses: number[] = [];
    for (let call = 0; call < 10; call++) {
      const result = query(300, context);
      statuses.push(result.status);
      if (result.status === STATUS_NO_MORE_ENTRIES) break;
      seen.push(...entries().map(({ name }) => name));
      expect(result.context).toBe(seen.length);
      context = result.context;
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 10 }, (_, number) => `object${number}`));
    expect(statuses.slice(0, -2).every((status) => status === STATUS_MORE_ENTRIES)).toBe(true);
    expect(statuses.slice(-2)).toEqual([STATUS_SUCCESS, STATUS_NO_MORE_ENTRIES]);
  });

  it("case 34: MORE_ENTRIES may come without any entry", () => {
    const { create, query, entries } = setUp();
    create("one");
    expect(query(0x40)).toEqual({ status: STATUS_MORE_ENTRIES, context: 0, returnLength: 0x20 });
    expect(entries()).toEqual([]);
  });

  it("case 35: entries come bucket by bucket, the newest of a bucket first", () => {
    const { create, query, entries, ob } = setUp();
    // "A" + 37 has the same bucket as "A": the hash of one letter is the letter.
    for (const name of ["B", "A", String.fromCharCode(0x41 + 37 * 20)]) create(name);
    expect(query(BUFFER_BYTES).status).toBe(STATUS_SUCCESS);
    const order = entries().map(({ name }) => name);
    expect(order).toEqual([String.fromCharCode(0x41 + 37 * 20), "A", "B"]);
    const directory = ob.ObReferenceObjectByName("\\Dir", 0, ob.directoryType).object;
    expect([...ob.children(directory)].map(({ name }) => name)).toEqual(order);
  });

  it("case 35: all strings lie behind the entry of zeros, in order", () => {
    const { create, query, entries } = setUp();
    for (const name of ["alpha", "beta", "gamma"]) create(name);
    const { returnLength } = query(BUFFER_BYTES);
    let next = 4 * 0x20;
    for (const { name, type, nameAt, typeAt } of entries()) {
      expect([nameAt, typeAt]).toEqual([next, next + name.length * 2 + 2]);
      next = typeAt + type.length * 2 + 2;
    }
    expect(returnLength).toBe(next);
  });

  it("refuses a buffer of the kernel's, and one that is not there", () => {
    const { nt, ob, directory, create, user } = setUp();
    create("one");
    const query = (at: Address) => user(() => nt.NtQueryDirectoryObject(directory, at, 0x1000, false, true, 0)).status;
    expect(query(ob.root)).toBe(STATUS_ACCESS_VIOLATION);
    expect(query(0)).toBe(STATUS_ACCESS_VIOLATION);
    expect(query(0x7000_0000)).toBe(STATUS_ACCESS_VIOLATION);
  });

  it("answers an empty directory with NO_MORE_ENTRIES at once", () => {
    expect(setUp().query(BUFFER_BYTES).status).toBe(STATUS_NO_MORE_ENTRIES);
  });
});

describe("NtQueryObject", () => {
  it("case 38: a name that does not fit tells the full size; no name is success with a NULL buffer", () => {
    const { nt, memory, buffer, create, user } = setUp();
    const handle = create("test_event");
    const query = (length: number) => user(() => nt.NtQueryObject(handle, ObjectNameInformation, buffer, length));
    const full = 0x10 + "\\Dir\\test_event".length * 2 + 2;
    for (const length of [0, 0x10, full - 2]) {
      expect(query(length)).toEqual({ status: STATUS_INFO_LENGTH_MISMATCH, returnLength: full });
    }
    expect(query(full)).toEqual({ status: STATUS_SUCCESS, returnLength: full });
    expect(user(() => memory.readUnicodeString(buffer))).toBe("\\Dir\\test_event");
    const unnamed = user(() => nt.events.NtCreateEvent(ALL, undefined, 0, false)).handle;
    const nothing = user(() => nt.NtQueryObject(unnamed, ObjectNameInformation, buffer, 0x10));
    expect(nothing).toEqual({ status: STATUS_SUCCESS, returnLength: 0x10 });
    expect(user(() => [memory.readU64(buffer), memory.readU64(buffer + 8)])).toEqual([0n, 0n]);
  });

  it("case 43: the twenty types that Wine checks against Windows have their mappings", () => {
    const { nt, ob, memory, client, ps, user } = setUp();
    ob.createRemainingTypes();
    const { returnLength } = user(() => nt.NtQueryObject(0, ObjectTypesInformation, 0, 0));
    const buffer = ps.allocateUser(client, returnLength);
    expect(user(() => nt.NtQueryObject(0, ObjectTypesInformation, buffer, returnLength)).status).toBe(STATUS_SUCCESS);
    const types = user(() => {
      const read: Record<string, number[]> = {};
      let at = buffer + 8;
      for (let count = memory.readU32(buffer); count > 0; count--) {
        const { GenericMapping, ValidAccessMask, TypeName } = OBJECT_TYPE_INFORMATION.view(memory, at);
        const { GenericRead, GenericWrite, GenericExecute, GenericAll } = GenericMapping;
        read[memory.readUnicodeString(at)] = [GenericRead, GenericWrite, GenericExecute, GenericAll, ValidAccessMask];
        at = Math.ceil((TypeName.Buffer + TypeName.MaximumLength) / 8) * 8;
      }
      return read;
    });
    const file = [0x120089, 0x120116, 0x1200a0, 0x1f01ff, 0x1f01ff];
    const state = [0x20001, 0x20002, 0x120000, 0x1f0003, 0x1f0003];
    expect(types).toMatchObject({
      DebugObject: [0x20001, 0x20002, 0x120000, 0x1f000f, 0x1f000f],
      Desktop: [0x20041, 0x200be, 0x20100, 0xf01ff, 0xf01ff],
      Device: file,
      Directory: [0x20003, 0x2000c, 0x20003, 0xf000f, 0xf000f],
      Event: state,
      File: file,
      IoCompletion: state,
      Job: [0x20004, 0x2000b, 0x120000, 0x1f003f, 0x1f003f],
      Key: [0x20019, 0x20006, 0x20039, 0xf003f, 0x1f003f],
      KeyedEvent: [0x20001, 0x20002, 0x20000, 0xf0003, 0x1f0003],
      Mutant: [0x20001, 0x20000, 0x120000, 0x1f0001, 0x1f0001],
      Process: [0x20410, 0x20bea, 0x121001, 0x1fffff, 0x1fffff],
      Section: [0x20005, 0x20002, 0x20008, 0xf001f, 0x1f001f],
      Semaphore: state,
      SymbolicLink: [0x20001, 0x20000, 0x20001, 0xf0001, 0xf0001],
      Thread: [0x20048, 0x20437, 0x121800, 0x1fffff, 0x1fffff],
      Timer: state,
      Token: [0x2001a, 0x201e0, 0x20005, 0xf01ff, 0x1f01ff],
      Type: [0x20000, 0x20000, 0x20000, 0xf0001, 0x1f0001],
      WindowStation: [0x20303, 0x2001c, 0x20060, 0xf037f, 0xf037f],
    });
    expect(Object.keys(types)).toHaveLength(ob.types.all.length);
  });

  it("gives counts, access and attributes, the asking handle included", () => {
    const { nt, ob, memory, buffer, user, host } = setUp();
    const attributes = { name: "\\Dir\\link", attributes: OBJ_PERMANENT | OBJ_INHERIT };
    const { handle } = user(() => nt.NtCreateSymbolicLinkObject(0x2_0001, attributes, "\\x"));
    const query = (length: number) => user(() => nt.NtQueryObject(handle, ObjectBasicInformation, buffer, length));
    expect(query(0x37).status).toBe(STATUS_INFO_LENGTH_MISMATCH);
    expect(query(0x39).status).toBe(STATUS_INFO_LENGTH_MISMATCH);
    expect(query(0x38)).toEqual({ status: STATUS_SUCCESS, returnLength: 0x38 });
    const { object } = user(() => ob.ObReferenceObjectByHandle(handle, 0, undefined));
    ob.setSecurity(object, Uint8Array.of(1, 2, 3));
    ob.ObDereferenceObject(object);
    query(0x38);
    user(() => {
      const view = OBJECT_BASIC_INFORMATION.view(memory, buffer);
      expect(view.Attributes).toBe(OBJ_PERMANENT | OBJ_INHERIT);
      expect(view.GrantedAccess).toBe(0x2_0001);
      expect([view.HandleCount, view.PointerCount]).toEqual([1, 2]);
      expect(view.NameInfoSize).toBe(0x10 + "\\Dir\\link".length * 2 + 2);
      expect(view.SecurityDescriptorSize).toBe(3);
      expect(view.CreationTime).toBe(BigInt(host.time) * 10_000n + 116_444_736_000_000_000n);
    });
  });

  it("gives one type, and its handles' flags", () => {
    const { nt, ob, memory, buffer, create, user } = setUp();
    const handle = create("one");
    create("two");
    const query = (kind: number, length: number) => user(() => nt.NtQueryObject(handle, kind, buffer, length));
    expect(query(ObjectTypeInformation, 0x68)).toEqual({ status: STATUS_INFO_LENGTH_MISMATCH, returnLength: 0x74 });
    expect(query(ObjectTypeInformation, 0x74).status).toBe(STATUS_SUCCESS);
    user(() => {
      const view = OBJECT_TYPE_INFORMATION.view(memory, buffer);
      expect(memory.readUnicodeString(buffer)).toBe("Event");
      expect([view.TotalNumberOfObjects, view.TotalNumberOfHandles, view.TypeIndex]).toEqual([2, 2, 16]);
    });
    user(() => memory.writeU16(buffer, 0x0001));
    expect(user(() => nt.NtSetInformationObject(handle, ObjectHandleFlagInformation, buffer, 2))).toBe(STATUS_SUCCESS);
    expect(ob.memory && query(ObjectHandleFlagInformation, 2).status).toBe(STATUS_SUCCESS);
    expect(user(() => memory.readU16(buffer))).toBe(1);
    expect(query(99, 2).status).toBe(STATUS_INVALID_INFO_CLASS);
  });
});

describe("captureObjectAttributes", () => {
  it("reads the structure as a compiled caller lays it out", () => {
    const { memory, buffer, user } = setUp();
    user(() => {
      const view = OBJECT_ATTRIBUTES.view(memory, buffer);
      view.Length = 0x30;
      view.RootDirectory = 8;
      view.Attributes = 0x40;
      view.ObjectName = buffer + 0x40;
      memory.writeUnicodeString(buffer + 0x40, "na\u0000me");
    });
    const capture = (at: Address) => user(() => captureObjectAttributes(memory, 1, at));
    const attributes = { length: 0x30, rootDirectory: 8, attributes: 0x40, name: "na\u0000me", nameBytes: 10 };
    expect(capture(buffer)).toEqual({ status: STATUS_SUCCESS, attributes });
    user(() => memory.writePointer(buffer + 0x48, 0x10));
    expect(capture(buffer).status).toBe(STATUS_ACCESS_VIOLATION);
    expect(capture(0x10).status).toBe(STATUS_ACCESS_VIOLATION);
    expect(capture(0)).toEqual({ status: STATUS_SUCCESS, attributes: undefined });
  });
});
