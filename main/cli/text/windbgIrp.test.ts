import { expect, it } from "vitest";
import type { LiveIrpLocation } from "../../machine/liveIrp";
import { windbgIrp } from "./windbgIrp";

const zero = "0x0000000000000000";
const unused: LiveIrpLocation = {
  ...{ location: 1, isCurrent: false, isUsed: false, major: "IRP_MJ_CREATE", majorCode: 0, minorCode: 0 },
  ...{ flags: 0, control: 0, device: zero, file: zero, completionRoutine: "", completionAddress: zero, context: zero },
  ...{ driver: "", parameters: [zero, zero, zero, zero] },
};

it("prints an IRP as !irp does, the current location marked", () => {
  const current: LiveIrpLocation = {
    ...unused,
    ...{ location: 2, isCurrent: true, isUsed: true, major: "IRP_MJ_READ", majorCode: 3, control: 0xe1 },
    ...{ device: "0xFFFFA00000001000", file: "0xFFFFA00000002000", driver: "\\Driver\\lower" },
    ...{
      completionRoutine: "upper!OnComplete",
      completionAddress: "0xFFFFF80000001010",
      context: "0x000000000000002A",
    },
    parameters: ["0x0000000000001000", zero, "0x0000000100000000", zero],
  };
  const text = windbgIrp({
    ...{ address: "0xFFFFA00000000010", stackCount: 2, currentLocation: 2, mdl: "", thread: "0xFFFFA00000003000" },
    ...{ currentStackLocation: "0xFFFFA00000000128", systemBuffer: "0xFFFFA00000004000", cancelRoutine: "" },
    isCancelled: false,
    locations: [unused, current],
  });
  expect(text.split("\n")).toEqual([
    "Irp is active with 2 stacks 2 is current (= 0xffffa00000000128)",
    " No Mdl: System buffer=ffffa00000004000: Thread ffffa00000003000:  Irp stack trace.",
    "     cmd  flg cl Device   File     Completion-Context",
    " [N/A(0), N/A(0)]",
    "            0  0 0000000000000000 0000000000000000 0000000000000000-0000000000000000",
    "\t\t\tArgs: 00000000 00000000 00000000 00000000",
    ">[IRP_MJ_READ(3), N/A(0)]",
    "            0 e1 ffffa00000001000 ffffa00000002000 fffff80000001010-000000000000002a Success Error Cancel pending",
    "\t       \\Driver\\lower\tupper!OnComplete",
    "\t\t\tArgs: 00001000 00000000 0000000100000000 00000000",
  ]);
});
