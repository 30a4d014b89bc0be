/** `pool`: pool use by tag, as WinDbg's !poolused lists it. */
import { visibleLine } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const pool: CliCommand = {
  name: "pool",
  summary: "pool use by tag",
  usage: "[--tag T]",
  options: { tag: { type: "string", value: "T", help: "only this four-character tag" } },
  positionals: [0, 0],
  async run(session, args) {
    const tag = args.text("tag");
    const rows = await session.ask("pool.usage", tag === undefined ? {} : { tag });
    const cells = rows.map((row) => [
      visibleLine(row.tag),
      row.type,
      String(row.allocations),
      String(row.frees),
      String(row.allocations - row.frees),
      String(row.bytes),
    ]);
    return { document: rows, text: textTable(["Tag", "Type", "Allocs", "Frees", "Diff", "Used"], cells) };
  },
};
