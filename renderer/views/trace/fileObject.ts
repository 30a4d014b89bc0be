/** The file object of an IRP under way. Once the IRP has ended, its memory tells nothing of it any more. */
import type { IrpRow } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { showNotice } from "../../frame/notices";
import { showStructure } from "../structure/showStructure";

export async function showFileObject({ irp, number }: IrpRow): Promise<void> {
  const answer = await engine.call("structures.dump", { type: "IRP", where: irp });
  if (!answer.ok) return showNotice("error", `IRP #${number} could not be read`, answer.error.message);
  const field = answer.value.fields.find(({ name }) => name === "OriginalFileObject")?.value;
  const value = field && "value" in field ? field.value : undefined;
  if (value?.kind === "address" && Number(value.address) !== 0) {
    showStructure({ type: "FILE_OBJECT", where: value.address });
  } else showNotice("info", `IRP #${number} has no file object`);
}
