/** `irp`: an IRP that a driver has now, as WinDbg's !irp shows it. */
import type { CliCommand } from "../command";
import { windbgIrp } from "../text/windbgIrp";

export const irp: CliCommand = {
  name: "irp",
  summary: "an IRP under way, in the layout of WinDbg's !irp",
  usage: "ADDRESS",
  options: {},
  positionals: [1, 1],
  async run(session, args) {
    const [address = ""] = args.words;
    const live = await session.ask("requests.irp", { address });
    return { document: live, text: windbgIrp(live) };
  },
};
