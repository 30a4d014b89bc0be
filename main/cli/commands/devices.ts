/** `devices`: device objects with their drivers and links; `--stack` shows what is attached above each. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const devices: CliCommand = {
  name: "devices",
  summary: "device objects: name, type, driver, links",
  usage: "[--stack]",
  options: { stack: { type: "boolean", help: "show the devices attached above, top first" } },
  positionals: [0, 0],
  async run(session, args) {
    const rows = await session.ask("devices.list", {});
    if (args.on("stack")) {
      const stacks = rows.map((row) => {
        const above = [...row.attached]
          .reverse()
          .map((upper) => `  ${upper.address} ${visibleText(upper.driver)} ${visibleText(upper.path)}`.trimEnd());
        return [visibleText(row.path || "(unnamed)"), ...above, `  ${row.address} ${visibleText(row.driver)}`].join(
          "\n",
        );
      });
      return { document: rows, text: stacks.join("\n") };
    }
    const cells = rows.map((row) => [
      visibleText(row.path || "(unnamed)"),
      row.deviceType,
      visibleText(row.driver),
      row.links.map(visibleText).join(", "),
    ]);
    return { document: rows, text: textTable(["Device", "Type", "Driver", "Links"], cells) };
  },
};
