/** `pool`: pool use by tag, as WinDbg's !poolused lists it, or the blocks themselves. */
import { visibleLine } from "../../machine/visibleText";
import type { Answer, CliCommand } from "../command";
import type { Session } from "../session";
import { textTable } from "../text/textTable";

type Query = { tag?: string };

async function usage(session: Session, query: Query): Promise<Answer> {
  const rows = await session.ask("pool.usage", query);
  const cells = rows.map((row) => [
    visibleLine(row.tag),
    row.type,
    String(row.allocations),
    String(row.frees),
    String(row.allocations - row.frees),
    String(row.bytes),
  ]);
  return { document: rows, text: textTable(["Tag", "Type", "Allocs", "Frees", "Diff", "Used"], cells) };
}

async function blocks(session: Session, query: Query): Promise<Answer> {
  const list = await session.ask("pool.blocks", query);
  const cells = list.blocks.map((block) => [
    block.address,
    String(block.bytes),
    visibleLine(block.tag),
    block.type,
    visibleLine(block.allocatedBy ?? ""),
  ]);
  const table = textTable(["Address", "Bytes", "Tag", "Type", "Allocated by"], cells);
  const left = list.total - list.blocks.length;
  return { document: list, text: left === 0 ? table : `${table}\n${left} more; --tag narrows the list` };
}

export const pool: CliCommand = {
  name: "pool",
  summary: "pool use by tag, or its blocks",
  usage: "[--blocks] [--tag T]",
  options: {
    blocks: { type: "boolean", help: "the blocks in use, with the driver routine that allocated each" },
    tag: { type: "string", value: "T", help: "only this four-character tag; * and ? are wildcards" },
  },
  positionals: [0, 0],
  async run(session, args) {
    const tag = args.text("tag");
    const query = tag === undefined ? {} : { tag };
    return args.on("blocks") ? blocks(session, query) : usage(session, query);
  },
};
