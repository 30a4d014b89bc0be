/** `restart`: boots the machine anew, as after a bugcheck. Open handles are gone. */
import type { CliCommand } from "../command";

export const restart: CliCommand = {
  name: "restart",
  summary: "boot the machine anew",
  usage: "",
  options: {},
  positionals: [0, 0],
  async run(session) {
    await session.ask("machine.restart", {});
    session.handles.clear();
    return { document: { restarted: true }, text: "restarted" };
  },
};
