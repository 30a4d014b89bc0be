/**
 * `\Device\Prints` prints what readers of debug output get wrong. What it prints is chosen by the first letter written:
 * l levels, w a long line, u a line in two pieces, e escape codes, b a burst of 10,000 lines. The same as prints.c of the
 * drivers in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  DPFLTR_DEFAULT_ID,
  DPFLTR_ERROR_LEVEL,
  DPFLTR_IHVDRIVER_ID,
  DPFLTR_INFO_LEVEL,
  DPFLTR_MASK,
  DPFLTR_TRACE_LEVEL,
  DPFLTR_WARNING_LEVEL,
} from "../../../native-bindings/abi/debugPrintComponents";
import { DO_BUFFERED_IO } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { completeIrp } from "./completeIrp";
import {
  createNamedDevice,
  deleteNamedDevice,
  dispatchRoutine,
  setMajorFunction,
  setUnload,
  succeedOpenAndClose,
} from "./namedDevice";

const LINK = "\\??\\Prints";

const LONG_LINE = 700;
const BURST_LINES = 10_000;

/** All levels of one component, as numbers of a bit and as masks (DbgPrintEx: above 31 the level is the mask itself). */
function printLevels(ddk: Ddk): void {
  ddk.DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "level error\n");
  ddk.DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_WARNING_LEVEL, "level warning\n");
  ddk.DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_TRACE_LEVEL, "level trace\n");
  ddk.DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "level info\n");
  ddk.DbgPrintEx(DPFLTR_IHVDRIVER_ID, (DPFLTR_MASK | 0x10) >>> 0, "level mask\n");
  ddk.DbgPrintEx(DPFLTR_DEFAULT_ID, DPFLTR_ERROR_LEVEL, "component default\n");
  ddk.DbgPrint("no level\n");
}

/** Counts, so that a reader sees where the line was cut: "0000 0005 0010...", each number its own position. */
function printLongLine(ddk: Ddk): void {
  let line = "";
  for (let at = 0; at < LONG_LINE; at += 5) line += `${String(at).padStart(4, "0")} `;
  ddk.DbgPrint("%s", `${line}\n`);
}

function printBurst(ddk: Ddk): void {
  for (let line = 0; line < BURST_LINES; line += 1) ddk.DbgPrint("burst %05u\n", line);
}

const printers: Readonly<Record<string, (ddk: Ddk) => void>> = {
  l: printLevels,
  w: printLongLine,
  u: (ddk) => {
    ddk.DbgPrint("unfinished, ");
    ddk.DbgPrint("finished\n");
  },
  e: (ddk) => void ddk.DbgPrint("\x1b[31mred\x1b[0m \x1b]0;title\x07 bell\x07 tab\there \xff\xfe\n"),
  b: printBurst,
};

function write(ddk: Ddk, irp: Address): NtStatus {
  const stack = ddk.IoGetCurrentIrpStackLocation(irp);
  const length = ddk.memory.readU32(stack + IO_STACK_LOCATION.offset["Parameters.Write.Length"]);
  if (length === 0) return completeIrp(ddk, irp, STATUS_INVALID_PARAMETER);
  const letter = String.fromCharCode(ddk.memory.readU8(ddk.memory.readPointer(irp + IRP.offset.SystemBuffer)));
  const print = Object.hasOwn(printers, letter) ? printers[letter] : undefined;
  if (print === undefined) return completeIrp(ddk, irp, STATUS_INVALID_PARAMETER);
  print(ddk);
  return completeIrp(ddk, irp, STATUS_SUCCESS, length);
}

export const printsDriver: DriverEntry = (ddk, driver) => {
  succeedOpenAndClose(ddk, driver, "PrintsOpenClose");
  setMajorFunction(
    ddk,
    driver,
    IRP_MJ_WRITE,
    dispatchRoutine(ddk, "PrintsWrite", (_device, irp) => write(ddk, irp)),
  );
  setUnload(ddk, driver, "PrintsUnload", (object) => deleteNamedDevice(ddk, object, LINK));
  const device = { deviceName: "\\Device\\Prints", linkName: LINK, ioFlags: DO_BUFFERED_IO };
  return createNamedDevice(ddk, driver, device).status;
};
