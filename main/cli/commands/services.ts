/** `services`: the driver services that service control knows. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const services: CliCommand = {
  name: "services",
  summary: "driver services: name, state, start type, binary",
  usage: "",
  options: {},
  positionals: [0, 0],
  async run(session) {
    const rows = await session.ask("services.list", {});
    const cells = rows.map((row) => [visibleText(row.name), row.state, row.start, row.type, visibleText(row.binPath)]);
    return { document: rows, text: textTable(["Name", "State", "Start", "Type", "Binary"], cells) };
  },
};
