/** `close`: CloseHandle. The driver gets IRP_MJ_CLEANUP, and IRP_MJ_CLOSE once nothing refers to the file any more. */
import type { CliCommand } from "../command";

export const close: CliCommand = {
  name: "close",
  summary: "close an open handle",
  usage: "H",
  options: {},
  positionals: [1, 1],
  async run(session, args) {
    const [name = ""] = args.words;
    await session.ask("devices.close", { handle: session.handle(name) });
    session.handles.delete(name);
    return { document: { handle: name, closed: true }, text: `${name} closed` };
  },
};
