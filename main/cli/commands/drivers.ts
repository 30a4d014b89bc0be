/** `drivers`: the loaded drivers, as `\Driver` and `\FileSystem` hold them. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const drivers: CliCommand = {
  name: "drivers",
  summary: "loaded drivers: image, service, devices",
  usage: "",
  options: {},
  positionals: [0, 0],
  async run(session) {
    const rows = await session.ask("drivers.list", {});
    const cells = rows.map((row) => [
      visibleText(row.path),
      row.start,
      `0x${row.size.toString(16)}`,
      row.unload === undefined ? "" : row.unload ? "yes" : "no",
      row.devices.map((device) => visibleText(device || "(unnamed)")).join(", "),
    ]);
    return { document: rows, text: textTable(["Driver", "Image", "Size", "Unload", "Devices"], cells) };
  },
};
