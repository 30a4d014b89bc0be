import { describe, expect, it } from "vitest";
import {
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { ensureDirectory, ensureSymbolicLink } from "./namedObjects";
import { createTestKernel } from "./testKernel";

function setUp() {
  const kernel = createTestKernel();
  const { ob } = kernel;
  ensureDirectory(ob, "\\Device");
  const opened: string[] = [];
  const type = ob.createType("Device", {
    parse: ({ remaining }) => {
      opened.push(remaining);
      return { status: STATUS_SUCCESS };
    },
  });
  const { object } = ob.ObCreateObject(type, { name: "\\Device\\Example" });
  ob.ObInsertObject(object, 0);
  ensureSymbolicLink(ob, "\\GLOBAL??\\Example", "\\Device\\Example");
  return { ...kernel, opened };
}

describe("explain", () => {
  it("tells each hop from a DOS name to the device, and opens nothing", () => {
    const { ob, opened } = setUp();
    expect(ob.explain("\\DosDevices\\Example\\sub\\file")).toEqual({
      status: STATUS_SUCCESS,
      hops: [
        { component: "", object: "\\", type: "Directory", status: STATUS_SUCCESS },
        {
          component: "DosDevices",
          object: "\\DosDevices",
          type: "SymbolicLink",
          linkTarget: "\\??",
          reparse: "\\??\\Example\\sub\\file",
          status: STATUS_SUCCESS,
        },
        { component: "??", object: "\\GLOBAL??", type: "Directory", status: STATUS_SUCCESS },
        {
          component: "Example",
          object: "\\GLOBAL??\\Example",
          type: "SymbolicLink",
          linkTarget: "\\Device\\Example",
          reparse: "\\Device\\Example\\sub\\file",
          status: STATUS_SUCCESS,
        },
        { component: "", object: "\\", type: "Directory", status: STATUS_SUCCESS },
        { component: "Device", object: "\\Device", type: "Directory", status: STATUS_SUCCESS },
        {
          component: "Example",
          object: "\\Device\\Example",
          type: "Device",
          parsed: "\\sub\\file",
          status: STATUS_SUCCESS,
        },
      ],
    });
    expect(opened).toEqual([]);
  });

  it("ends where the look-up ends, with its status", () => {
    const { ob } = setUp();
    const end = (path: string) => {
      const { hops, status } = ob.explain(path);
      return [hops.at(-1)?.component, hops.at(-1)?.status, status];
    };
    expect(end("\\Device\\Nothing")).toEqual(["Nothing", STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_NAME_NOT_FOUND]);
    expect(end("\\Nothing\\x")).toEqual(["Nothing", STATUS_OBJECT_PATH_NOT_FOUND, STATUS_OBJECT_PATH_NOT_FOUND]);
    expect(end("Device")).toEqual([undefined, undefined, STATUS_OBJECT_PATH_SYNTAX_BAD]);
  });

  it("leaves no reference behind", () => {
    const { ob } = setUp();
    const device = ob.ObReferenceObjectByName("\\Device", 0, ob.directoryType).object;
    const before = ob.pointerCount(device);
    ob.explain("\\Device");
    ob.explain("\\Device\\Example");
    expect(ob.pointerCount(device)).toBe(before);
  });
});
