/** `ps`: the machine's processes, with the names that this session gave to those it started. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const ps: CliCommand = {
  name: "ps",
  summary: "processes: id, threads, handles, user",
  usage: "",
  options: {},
  positionals: [0, 0],
  async run(session) {
    const rows = (await session.ask("processes.list", {})).map((row) => ({
      ...row,
      name: session.programs.nameOf(row.processId),
    }));
    const cells = rows.map((row) => [
      row.name,
      String(row.processId),
      visibleText(row.process),
      String(row.threads),
      String(row.handles),
      row.user,
    ]);
    return { document: rows, text: textTable(["Name", "Id", "Process", "Threads", "Handles", "User"], cells) };
  },
};
