/** `handles`: open handles of NtScope or of every process, with the names this session gave to its own. */
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const handles: CliCommand = {
  name: "handles",
  summary: "open handles: process, type, object, access",
  usage: "[--all]",
  options: { all: { type: "boolean", help: "those of every process; objects' names only where they are known" } },
  positionals: [0, 0],
  async run(session, args) {
    const scope = args.on("all") ? "all" : "own";
    // With every process', the numbers are NT's, not those that this session named.
    const names = scope === "all" ? new Map() : new Map([...session.handles].map(([name, handle]) => [handle, name]));
    const rows = (await session.ask("handles.list", { scope })).map((row) => ({
      ...row,
      name: names.get(row.handle) ?? "",
    }));
    const cells = rows.map((row) => [
      row.name,
      `0x${row.handle.toString(16)}`,
      `${visibleText(row.process)} (${row.processId})`,
      row.type,
      row.access,
      row.attributes?.join(", ") ?? "",
      visibleText(row.path),
    ]);
    return {
      document: rows,
      text: textTable(["Name", "Handle", "Process", "Type", "Access", "Attributes", "Object"], cells),
    };
  },
};
