/** A process's handle table as a list. */
import { decodeAccess } from "../../../native-bindings/abi/access";
import { OBJ_AUDIT_OBJECT_CLOSE, OBJ_INHERIT, OBJ_PROTECT_CLOSE } from "../../../native-bindings/abi/objectAttributes";
import type { HandleInfo } from "../../machine/machine";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObProcess } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import { filePath } from "./filePath";

const attributeWords: readonly (readonly [bit: number, word: string])[] = [
  [OBJ_INHERIT, "inherit"],
  [OBJ_PROTECT_CLOSE, "protect"],
  [OBJ_AUDIT_OBJECT_CLOSE, "audit"],
];

export function processHandles(memory: KernelMemory, ob: ObjectManager, process: ObProcess): HandleInfo[] {
  return Array.from(process.handles.entries(), ({ handle, object, grantedAccess, attributes }): HandleInfo => {
    const type = ob.typeOf(object).name;
    return {
      handle,
      type,
      path: type === "File" ? filePath(memory, ob, object) : ob.names.pathOf(object),
      access: decodeAccess(type, grantedAccess)
        .map(({ name }) => name)
        .join(" | "),
      process: process.name,
      processId: process.id,
      attributes: attributeWords.filter(([bit]) => (attributes & bit) !== 0).map(([, word]) => word),
    };
  });
}
