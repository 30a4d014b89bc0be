/**
 * An IRP under way in the layout of WinDbg's !irp: a header, then each stack location from the lowest up, the current
 * one marked. Source: "!irp" (Debugging Tools for Windows).
 */
import {
  SL_INVOKE_ON_CANCEL,
  SL_INVOKE_ON_ERROR,
  SL_INVOKE_ON_SUCCESS,
  SL_PENDING_RETURNED,
} from "../../../native-bindings/abi/stackLocationFlags";
import type { LiveIrp, LiveIrpLocation } from "../../machine/liveIrp";
import { visibleText } from "../../machine/visibleText";
import { windbgAddress } from "./windbgAddress";

const controlWords: readonly [number, string][] = [
  [SL_INVOKE_ON_SUCCESS, "Success"],
  [SL_INVOKE_ON_ERROR, "Error"],
  [SL_INVOKE_ON_CANCEL, "Cancel"],
  [SL_PENDING_RETURNED, "pending"],
];

export function windbgIrp(irp: LiveIrp): string {
  const { stackCount, currentLocation, currentStackLocation, mdl, systemBuffer, thread } = irp;
  const at = `${stackCount} stacks ${currentLocation} is current (= ${currentStackLocation.toLowerCase()})`;
  const parts = [
    mdl === "" ? "No Mdl:" : `Mdl=${windbgAddress(mdl)}:`,
    systemBuffer === "" ? "No System Buffer:" : `System buffer=${windbgAddress(systemBuffer)}:`,
    `Thread ${windbgAddress(thread)}:`,
  ];
  const cancel = irp.cancelRoutine === "" ? [] : [` Cancel routine ${visibleText(irp.cancelRoutine)}`];
  return [
    `Irp is active with ${at}`,
    ` ${parts.join(" ")}  Irp ${irp.isCancelled ? "is cancelled, " : ""}stack trace.`,
    ...cancel,
    "     cmd  flg cl Device   File     Completion-Context",
    ...irp.locations.flatMap(locationLines),
  ].join("\n");
}

function locationLines(location: LiveIrpLocation): string[] {
  const { isCurrent, isUsed, major, majorCode, minorCode, flags, control, device, file } = location;
  const minor = `${minorCode === 0 ? "N/A" : `0x${minorCode.toString(16)}`}(${minorCode.toString(16)})`;
  const command = isUsed ? `${major}(${majorCode.toString(16)}), ${minor}` : "N/A(0), N/A(0)";
  const completion = `${windbgAddress(location.completionAddress)}-${windbgAddress(location.context)}`;
  const words = controlWords.flatMap(([bit, word]) => ((control & bit) === 0 ? [] : [word]));
  const columns = [hex(flags, 13), hex(control, 2), windbgAddress(device), windbgAddress(file), completion];
  const names = [location.driver, location.completionRoutine].filter((name) => name !== "").map(visibleText);
  return [
    `${isCurrent ? ">" : " "}[${command}]`,
    `${columns.join(" ")} ${words.join(" ")}`.trimEnd(),
    ...(names.length === 0 ? [] : [`\t       ${names.join("\t")}`]),
    `\t\t\tArgs: ${location.parameters.map(argument).join(" ")}`,
  ];
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width);
}

/** Eight digits where they are enough. */
function argument(text: string): string {
  const digits = windbgAddress(text);
  return digits.startsWith("00000000") ? digits.slice(8) : digits;
}
