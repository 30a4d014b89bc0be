/** `devstack`: the stack that a device is part of, as WinDbg's !devstack shows it. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { windbgAddress } from "../text/windbgAddress";

/** Of the driver's column; a longer name pushes its row. */
const DRIVER_WIDTH = 18;

export const devstack: CliCommand = {
  name: "devstack",
  summary: "a device's stack, top first, in the layout of WinDbg's !devstack",
  usage: "PATH|ADDRESS",
  options: {},
  positionals: [1, 1],
  async run(session, args) {
    const [path = ""] = args.words;
    const stack = await session.ask("devices.stack", { path });
    const rows = stack.map((device) => {
      const columns = [
        windbgAddress(device.address),
        visibleText(device.driver).padEnd(DRIVER_WIDTH),
        windbgAddress(device.extension),
        visibleText(device.path.slice(device.path.lastIndexOf("\\") + 1)),
      ];
      return `${device.isAsked ? ">" : " "} ${columns.join("  ")}`.trimEnd();
    });
    const head = `  ${"!DevObj".padEnd(16)}  ${"!DrvObj".padEnd(DRIVER_WIDTH)}  ${"!DevExt".padEnd(16)}  ObjectName`;
    return { document: stack, text: [head, ...rows].join("\n") };
  },
};
