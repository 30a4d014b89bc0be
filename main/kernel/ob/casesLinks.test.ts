/** Cases 23 to 32, 36 and 37: symbolic links and DOS devices. */
import { describe, expect, it } from "vitest";
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_REPARSE_POINT_ENCOUNTERED,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_DONT_REPARSE } from "../../../native-bindings/abi/objectAttributes";
import { ensureDirectory } from "./namedObjects";
import { linkTarget } from "./symbolicLinks";
import { createTestKernel } from "./testKernel";

const ALL = 0x1000_0000;

function setUp() {
  const kernel = createTestKernel();
  const { ob, nt, user } = kernel;
  ensureDirectory(ob, "\\BaseNamedObjects");
  ensureDirectory(ob, "\\Device");
  const createEvent = (name: string) => user(() => nt.events.NtCreateEvent(ALL, { name }, 0, false));
  const openEvent = (name: string, attributes = 0) => user(() => nt.open(nt.events.type, ALL, { name, attributes }));
  const createLink = (name: string, target: string) => user(() => nt.NtCreateSymbolicLinkObject(ALL, { name }, target));
  return { ...kernel, createEvent, openEvent, createLink };
}

describe("symbolic links", () => {
  it("case 23: the target takes the link's place, and the rest of the path follows it", () => {
    const { createEvent, openEvent, createLink } = setUp();
    createEvent("\\BaseNamedObjects\\event");
    createLink("\\Link", "\\BaseNamedObjects");
    expect(openEvent("\\Link\\event").status).toBe(STATUS_SUCCESS);
    expect(openEvent("\\Link\\missing").status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    expect(openEvent("\\Link\\event", OBJ_DONT_REPARSE).status).toBe(STATUS_REPARSE_POINT_ENCOUNTERED);
  });

  it("case 24: as the last component a link is itself for those who want a link, and followed for others", () => {
    const { createEvent, openEvent, createLink, nt, ob, user } = setUp();
    createEvent("\\BaseNamedObjects\\event");
    createLink("\\Link", "\\BaseNamedObjects\\event");
    expect(openEvent("\\Link").status).toBe(STATUS_SUCCESS);
    const link = user(() => nt.NtOpenSymbolicLinkObject(1, { name: "\\Link" }));
    const { object } = user(() => ob.ObReferenceObjectByHandle(link.handle, 0, undefined));
    expect(ob.typeOf(object)).toBe(ob.symbolicLinkType);
    expect(ob.ObReferenceObjectByName("\\Link", 0, undefined).object).not.toBe(object);
  });

  it("case 25: links are followed when creating too", () => {
    const { createEvent, createLink, openEvent } = setUp();
    createLink("\\DosDevices\\test_link", "\\BaseNamedObjects");
    expect(createEvent("\\DosDevices\\test_link\\object").status).toBe(STATUS_SUCCESS);
    expect(openEvent("\\BaseNamedObjects\\object").status).toBe(STATUS_SUCCESS);
    expect(createEvent("\\BaseNamedObjects\\object").status).toBe(STATUS_OBJECT_NAME_COLLISION);
    expect(createEvent("\\DosDevices\\test_link\\object").status).toBe(STATUS_OBJECT_NAME_COLLISION);
  });

  it("case 26: a circle ends as a missing name; 29 links in a row do not", () => {
    const { createEvent, createLink, openEvent } = setUp();
    createLink("\\A", "\\B");
    createLink("\\B", "\\A");
    expect(openEvent("\\A").status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
    createEvent("\\L0");
    for (let number = 1; number <= 30; number++) createLink(`\\L${number}`, `\\L${number - 1}`);
    expect(openEvent("\\L29").status).toBe(STATUS_SUCCESS);
    expect(openEvent("\\L30").status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("case 27: a path does not go on through an object that cannot parse", () => {
    const { createEvent, openEvent } = setUp();
    createEvent("\\BaseNamedObjects\\event");
    expect(openEvent("\\BaseNamedObjects\\event\\x").status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(createEvent("\\BaseNamedObjects\\event\\x").status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 28: below a device nothing but files can be created", () => {
    const { ob, createEvent, createLink } = setUp();
    const device = ob.createType("Device", { parse: () => ({ status: STATUS_SUCCESS }) });
    const { object } = ob.ObCreateObject(device, { name: "\\Device\\NamedPipe" });
    ob.ObInsertObject(object, 0);
    createLink("\\GLOBAL??\\PIPE", "\\Device\\NamedPipe");
    expect(createEvent("\\??\\PIPE\\om.c-mutant").status).toBe(STATUS_OBJECT_PATH_NOT_FOUND);
  });

  it("case 29: what wants another type than a directory does not get one through a link", () => {
    const { createLink, openEvent } = setUp();
    createLink("\\DosDevices\\test_link", "\\BaseNamedObjects");
    expect(openEvent("\\DosDevices\\test_link").status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(openEvent("\\BaseNamedObjects\\").status).toBe(STATUS_OBJECT_NAME_INVALID);
  });

  it("case 30: a target of no room or of an odd length is refused, and the kernel prints so", () => {
    const { nt, user, printed } = setUp();
    const create = (target: Parameters<typeof nt.NtCreateSymbolicLinkObject>[2]) =>
      user(() => nt.NtCreateSymbolicLinkObject(1, { name: undefined }, target)).status;
    expect(create({ text: "", length: 0, maximumLength: 0 })).toBe(STATUS_INVALID_PARAMETER);
    expect(create({ text: "any", length: 5, maximumLength: 8 })).toBe(STATUS_INVALID_PARAMETER);
    expect(printed).toEqual(["OB: Invalid symbolic link target - \n", "OB: Invalid symbolic link target - any\n"]);
    expect(create("")).toBe(STATUS_SUCCESS);
  });

  it("case 31: the target's text is not checked, and may lead nowhere", () => {
    const { createLink, openEvent, ob } = setUp();
    for (const target of ["anywhere", "->Somewhere", "\\nowhere\\at\\all", "\u0000\ud800"]) {
      const name = `\\link${target.length}`;
      expect(createLink(name, target).status).toBe(STATUS_SUCCESS);
      expect(openEvent(name).status >>> 30).toBe(3);
      const { object } = ob.ObReferenceObjectByName(name, 0, ob.symbolicLinkType);
      expect(linkTarget(ob.memory, object)).toBe(target);
    }
    expect(openEvent("\\link8").status).toBe(STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("case 32: the target needs room for its NUL when the returned length is asked for, else not", () => {
    const { nt, ps, client, memory, createLink, user } = setUp();
    const { handle } = createLink("\\Link", "\\DosDevices");
    const string = ps.allocateUser(client, 256);
    const query = (maximumLength: number, wantsLength: boolean) =>
      user(() => {
        memory.writeU16(string, 0xaaaa);
        memory.writeU16(string + 2, maximumLength);
        memory.writePointer(string + 8, string + 0x20);
        memory.fill(string + 0x20, 64, 0xaa);
        return nt.NtQuerySymbolicLinkObject(handle, string, wantsLength);
      });
    expect(query(0, true)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, returnLength: 24 });
    expect(query(22, true)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, returnLength: 24 });
    expect(query(22, false).status).toBe(STATUS_SUCCESS);
    expect(user(() => memory.readUnicodeString(string))).toBe("\\DosDevices");
    expect(query(24, true)).toEqual({ status: STATUS_SUCCESS, returnLength: 24 });
    expect(user(() => [memory.readU16(string), memory.readU16(string + 0x20 + 22)])).toEqual([22, 0]);
  });
});

describe("DOS devices", () => {
  it("case 36: \\?? is never listed, and \\DosDevices is a permanent link to it", () => {
    const { ob, nt, user } = setUp();
    expect([...ob.children(ob.root)].map(({ name }) => name)).not.toContain("??");
    const link = ob.ObReferenceObjectByName("\\DosDevices", 0, ob.symbolicLinkType);
    expect(linkTarget(ob.memory, link.object)).toBe("\\??");
    ob.ObDereferenceObject(link.object);
    user(() => ob.NtClose(nt.NtOpenSymbolicLinkObject(1, { name: "\\DosDevices" }).handle));
    expect(user(() => nt.NtOpenDirectoryObject(1, { name: "\\??" })).status).toBe(STATUS_SUCCESS);
    expect(user(() => nt.NtOpenDirectoryObject(1, { name: "\\DosDevices" })).status).toBe(STATUS_SUCCESS);
    expect(user(() => nt.NtOpenDirectoryObject(1, { name: "\\??\\" })).status).toBe(STATUS_OBJECT_NAME_INVALID);
  });

  it("case 37: local names go before global ones, and system threads make global ones", () => {
    const { ob, nt, ps, client, user, createEvent, createLink } = setUp();
    client.dosDevices = ob.createLocalDosDevices("00000000-0003e7f1");
    createEvent("\\BaseNamedObjects\\global");
    createEvent("\\BaseNamedObjects\\local");
    ps.runAs(ps.systemThread, 0, () =>
      nt.NtCreateSymbolicLinkObject(ALL, { name: "\\??\\X" }, "\\BaseNamedObjects\\global"),
    );
    const nameOf = (path: string) =>
      user(() => ob.ObQueryNameString(ob.ObReferenceObjectByName(path, 0, nt.events.type).object));
    expect(nameOf("\\??\\X")).toBe("\\BaseNamedObjects\\global");
    expect(nameOf("\\GLOBAL??\\X")).toBe("\\BaseNamedObjects\\global");
    // The global name is no obstacle: the local one shadows it.
    expect(createLink("\\DosDevices\\X", "\\BaseNamedObjects\\local").status).toBe(STATUS_SUCCESS);
    expect(nameOf("\\??\\X")).toBe("\\BaseNamedObjects\\local");
    expect(nameOf("\\Sessions\\0\\DosDevices\\00000000-0003e7f1\\X")).toBe("\\BaseNamedObjects\\local");
    expect(nameOf("\\??\\Global\\X")).toBe("\\BaseNamedObjects\\global");
    expect(nameOf("\\??\\GLOBALROOT\\BaseNamedObjects\\global")).toBe("\\BaseNamedObjects\\global");
  });
});
