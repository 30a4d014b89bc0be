/** `dt`: a structure with its offsets, in WinDbg's layout; with an address or a path, its live values. */

import type { StructureField } from "../../machine/machine";
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { fieldText } from "../text/fieldText";

export const dt: CliCommand = {
  name: "dt",
  summary: "structure layout, or the structure at an address or path",
  usage: "TYPE [ADDRESS|PATH]",
  options: {},
  positionals: [1, 2],
  async run(session, args) {
    const [type = "", where] = args.words;
    const dump = await session.ask("structures.dump", where === undefined ? { type } : { type, where });
    const width = dump.fields.reduce((most, field) => Math.max(most, field.name.length), 0);
    const head = `nt!_${dump.type}${dump.address ? ` @ ${dump.address}` : ""}  (size 0x${dump.size.toString(16)})`;
    return { document: dump, text: [head, ...dump.fields.map((field) => fieldLine(field, width))].join("\n") };
  },
};

function fieldLine(field: StructureField, width: number): string {
  const shown = field.value === undefined ? field.type : visibleText(fieldText(field.value));
  return `   +0x${field.offset.toString(16).padStart(3, "0")} ${field.name.padEnd(width)} : ${shown}`;
}
