import { expect, it } from "vitest";
import { OBJ_INHERIT, OBJ_PROTECT_CLOSE } from "../../../native-bindings/abi/objectAttributes";
import { KernelMode } from "../ob/caller";
import { createTestKernel } from "../ob/testKernel";
import { processHandles } from "./processHandles";

it("gives a handle's object, rights in words and attributes", () => {
  const { memory, ob, ps, client } = createTestKernel();
  const thread = ps.createThread(client);
  ps.runAs(thread, KernelMode, () => {
    ob.ObOpenObjectByPointer(ob.typesDirectory, OBJ_INHERIT | OBJ_PROTECT_CLOSE, 1, ob.directoryType, KernelMode);
    ob.ObOpenObjectByPointer(ps.systemThread.object, 0, 0, ps.threadType, KernelMode);
  });
  expect(processHandles(memory, ob, client)).toEqual([
    {
      handle: 4,
      type: "Directory",
      path: "\\ObjectTypes",
      access: "DIRECTORY_QUERY",
      process: "ntscope.exe",
      processId: client.id,
      attributes: ["inherit", "protect"],
    },
    expect.objectContaining({ handle: 8, type: "Thread", path: "", access: "", attributes: [] }),
  ]);
});
