/** `info`: every field of one object. Opens a device only with `--open`. */

import type { FieldSection } from "../../machine/fieldValue";
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { fieldText } from "../text/fieldText";

export const info: CliCommand = {
  name: "info",
  summary: "all fields of an object",
  usage: "PATH [--open]",
  options: {
    open: { type: "boolean", help: "open the device to query it: its driver gets create, cleanup and close requests" },
  },
  positionals: [1, 1],
  async run(session, args) {
    const object = await session.ask("objects.describe", { path: args.words[0] ?? "", open: args.on("open") });
    const opened = object.opened;
    const openedText =
      opened === undefined
        ? []
        : [`\nOpened: ${opened.ok ? opened.value.status.name : `${opened.error.name}: ${opened.error.message}`}`];
    return {
      document: object,
      text: [`${visibleText(object.path)}  (${object.type})`, ...object.sections.map(sectionText), ...openedText].join(
        "\n",
      ),
    };
  },
};

function sectionText(section: FieldSection): string {
  const width = section.fields.reduce((most, field) => Math.max(most, field.label.length), 0);
  const lines = section.fields.map(({ label, field }) => {
    // A value of several lines (a table) hangs under its label.
    const text = fieldText(field).replaceAll("\n", `\n${" ".repeat(width + 4)}`);
    return `  ${label.padEnd(width)}  ${text}`;
  });
  return `\n${section.title}\n${lines.join("\n")}`;
}
