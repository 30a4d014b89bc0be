/** One IRP's row in the port's words. */
import { addressToHex } from "../../../native-bindings/abi/address";
import { majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import type { IrpRow } from "../../machine/irpTrace";
import { ntStatusText } from "../../machine/statusText";
import type { RowChunk } from "./rowChunk";

/** @param index in the chunk */
export function irpRow(chunk: RowChunk, index: number): IrpRow {
  const source = chunk.sources[chunk.source[index] as number];
  const target = chunk.targets[chunk.target[index] as number];
  const row: IrpRow = {
    number: chunk.start + index,
    time: chunk.timeOf(index),
    irp: addressToHex(chunk.irp[index] as number),
    origin: chunk.originOf(index),
    process: source?.process ?? "",
    processId: source?.processId ?? 0,
    threadId: source?.threadId ?? 0,
    major: majorFunctionName(chunk.major[index] as number),
    minor: chunk.minor[index] as number,
    device: target?.device ?? "",
    driver: target?.driver ?? "",
    fileName: chunk.fileNames.textOf(chunk.fileName[index] as number),
    information: chunk.information[index] as number,
    hops: chunk.hops[index] as number,
    wasCancelled: chunk.isCancelled(index),
  };
  if (!chunk.isEnded(index)) return row;
  return { ...row, status: ntStatusText(chunk.status[index] as number), duration: chunk.duration[index] as number };
}
