/** One IRP's row in the port's words. */
import { addressToHex } from "../../../native-bindings/abi/address";
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import type { IrpRow } from "../../machine/irpTrace";
import { ntStatusText } from "../../machine/statusText";
import type { RowChunk } from "./rowChunk";

/** @param index in the chunk */
export function irpRow(chunk: RowChunk, index: number): IrpRow {
  const source = chunk.sources[chunk.sourceOf(index)];
  const target = chunk.targets[chunk.targetOf(index)];
  const row: IrpRow = {
    number: chunk.start + index,
    time: chunk.timeOf(index),
    irp: addressToHex(chunk.irpOf(index)),
    origin: chunk.originOf(index),
    process: source?.process ?? "",
    processId: source?.processId ?? 0,
    threadId: source?.threadId ?? 0,
    major: majorFunctionName(chunk.majorOf(index)),
    minor: chunk.minorOf(index),
    device: target?.device ?? "",
    driver: target?.driver ?? "",
    fileName: chunk.fileNameOf(index),
    information: chunk.informationOf(index),
    hops: chunk.hopsOf(index),
    wasCancelled: chunk.isCancelled(index),
  };
  if (!chunk.isEnded(index)) return row;
  return { ...row, status: ntStatusText(chunk.statusOf(index)), duration: chunk.durationOf(index) };
}
