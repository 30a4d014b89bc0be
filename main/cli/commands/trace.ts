/** `trace`: the IRPs that drivers were given; with `--irp` the way of one through its drivers. */
import path from "node:path";
import type { IrpFilter, IrpRow } from "../../machine/irpTrace";
import { visibleText } from "../../machine/visibleText";
import { type Answer, type CliCommand, type ParsedArgs, parseCount, UsageError } from "../command";
import type { Session } from "../session";
import { irpLanes } from "../text/irpLane";
import { plainJson } from "../text/plainJson";
import { textTable } from "../text/textTable";

/** Rows without `--last`: some screens. */
const LAST_ROWS = 100;
/** Rows a question. */
const PAGE_ROWS = 1000;

export const trace: CliCommand = {
  name: "trace",
  summary: "the IRPs that drivers were given, and the way of one",
  usage:
    "[--irp N] [--device D] [--process P] [--function F] [--status S] [--last N] [--clear] [--off|--on] [--save FILE]",
  options: {
    irp: { type: "string", value: "N", help: "one IRP by its number: its hops, and what happened in order" },
    device: { type: "string", value: "D", help: "only of this device or driver: part of its path, or wildcards" },
    process: { type: "string", value: "P", help: "only of this process: part of its name, or its number" },
    function: { type: "string", value: "F", help: "only with this major function: IRP_MJ_READ, or a part of it" },
    status: { type: "string", value: "S", help: "only with this status: part of its name or hex; error; pending" },
    last: { type: "string", value: "N", help: `the newest N (without it: ${LAST_ROWS})` },
    clear: { type: "boolean", help: "forget what was recorded" },
    off: { type: "boolean", help: "stop recording; those under way are followed to their end" },
    on: { type: "boolean", help: "record again" },
    save: { type: "string", value: "FILE", help: "write those that pass into a JSON file, with hops and steps" },
  },
  positionals: [0, 0],
  details: "With --json each IRP is one JSON document.",
  async run(session, args) {
    const filter = filterOf(args);
    const file = args.text("save");
    const number = args.text("irp");
    if (args.on("on") && args.on("off")) throw new UsageError("trace: --on and --off cannot both be meant");
    if (args.on("clear")) await session.ask("trace.clear", {});
    if (args.on("on") || args.on("off")) await session.ask("trace.record", { on: args.on("on") });
    if (file !== undefined) return save(session, path.resolve(file), filter);
    if (number !== undefined) return oneIrp(session, parseCount("trace", "--irp", number, 1));
    if (args.on("clear") || args.on("on") || args.on("off")) return state(session);
    return rows(session, filter, parseCount("trace", "--last", args.text("last") ?? String(LAST_ROWS), 1));
  },
};

function filterOf(args: ParsedArgs): IrpFilter {
  const filter: IrpFilter = {};
  const [device, process, major, status] = ["device", "process", "function", "status"].map((name) => args.text(name));
  if (device !== undefined) filter.device = device;
  if (process !== undefined) filter.process = process;
  if (major !== undefined) filter.major = major;
  if (status !== undefined) filter.status = status;
  return filter;
}

async function save(session: Session, file: string, filter: IrpFilter): Promise<Answer> {
  const saved = await session.ask("trace.save", { path: file, filter });
  return { document: { path: file, ...saved }, text: `${saved.irps} IRPs in ${file}` };
}

async function oneIrp(session: Session, number: number): Promise<Answer> {
  const detail = await session.ask("trace.irp", { number });
  return { document: detail, text: irpLanes(detail) };
}

async function state(session: Session): Promise<Answer> {
  const now = await session.ask("trace.state", {});
  const recording = now.isRecording ? "recording" : "not recording";
  return { document: now, text: `${recording}; ${now.irps} IRPs with ${now.hops} hops, ${now.dropped} dropped` };
}

async function rows(session: Session, filter: IrpFilter, last: number): Promise<Answer | undefined> {
  const { total } = await session.ask("trace.rows", { filter, from: 0, count: 0 });
  const found: IrpRow[] = [];
  const first = Math.max(0, total - last);
  while (first + found.length < total) {
    const count = Math.min(PAGE_ROWS, total - first - found.length);
    const page = await session.ask("trace.rows", { filter, from: first + found.length, count });
    if (page.rows.length === 0) break;
    found.push(...page.rows);
  }
  if (session.json) {
    for (const row of found) session.output.data(plainJson({ ...row, time: new Date(row.time).toISOString() }));
    return undefined;
  }
  if (first > 0) session.output.message(`trace: ${first} older ones are not shown; --last N shows more`);
  const heads = ["#", "Time", "Function", "Device", "File", "Process", "Status", "Information", "ms", "Hops"];
  return { document: found, text: textTable(heads, found.map(cellsOf)) };
}

function cellsOf(row: IrpRow): string[] {
  return [
    String(row.number),
    new Date(row.time).toISOString().slice(11, 23),
    row.major,
    visibleText(row.device),
    visibleText(row.fileName),
    `${visibleText(row.process)} (${row.processId})`,
    (row.status?.name ?? "pending") + (row.wasCancelled ? ", cancelled" : ""),
    row.status === undefined ? "" : String(row.information),
    row.duration === undefined ? "" : row.duration.toFixed(3),
    String(row.hops),
  ];
}
