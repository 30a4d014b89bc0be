/** `dbgprint`: the Debug Print Filter: which component prints at which level, and what the masks held back. */
import { debugPrintComponentName, parseDebugPrintComponent } from "../../../native-bindings/abi/debugPrintComponents";
import type { DebugFilterComponent } from "../../machine/machine";
import { type Answer, type CliCommand, parseCount, UsageError } from "../command";
import type { Session } from "../session";
import { textTable } from "../text/textTable";

/** DbgPrintEx levels with names of their own (dpfilter.h). */
const LEVELS: Record<string, number> = { error: 0, warning: 1, trace: 2, info: 3 };

export const dbgprint: CliCommand = {
  name: "dbgprint",
  summary: "show or set the debug print filter masks",
  usage: "[COMPONENT [LEVEL on|off] [--boot MASK]]",
  options: {
    all: { type: "boolean", help: "all components, not only those with a mask or dropped messages" },
    boot: { type: "string", value: "MASK", help: "set the component's mask of the next boot (Windows' registry)" },
  },
  positionals: [0, 3],
  details:
    "COMPONENT is a name or number (DEFAULT is DbgPrint's own); LEVEL is error, warning, trace, info or 0..31.\nA message that the masks hold back is seen by no tool.",
  async run(session, args) {
    const [component, level, state] = args.words;
    const boot = args.text("boot");
    if (boot !== undefined) return await setBoot(session, component, boot);
    const all = await session.ask("debugFilter.get", {});
    if (component === undefined) {
      const shown = args.on("all") ? all : all.filter((row) => row.mask !== 0 || row.dropped !== 0);
      return { document: shown, text: filterText(shown) };
    }
    const row = findComponent(all, component);
    if (level === undefined) {
      return { document: row, text: filterText([row]) };
    }
    if (state !== "on" && state !== "off") {
      throw new UsageError("usage: dbgprint COMPONENT LEVEL on|off");
    }
    const number = LEVELS[level.toLowerCase()] ?? parseCount("dbgprint", "LEVEL", level, 0, 0xffffffff);
    await session.ask("debugFilter.set", { component: row.id, level: number, on: state === "on" });
    const changed = findComponent(await session.ask("debugFilter.get", {}), component);
    return { document: changed, text: filterText([changed]) };
  },
};

async function setBoot(session: Session, component: string | undefined, text: string): Promise<Answer> {
  const id = component === undefined ? undefined : parseDebugPrintComponent(component);
  if (id === undefined) throw new UsageError("usage: dbgprint COMPONENT --boot MASK");
  const mask = parseCount("dbgprint", "--boot", text, 0, 0xffffffff);
  await session.ask("debugFilter.setBoot", { component: id, mask });
  const name = debugPrintComponentName(id);
  const sentence = `${name} boots with the mask 0x${mask.toString(16).toUpperCase()}; the running system keeps its own.`;
  return { document: { id, name, bootMask: mask }, text: sentence };
}

function findComponent(all: DebugFilterComponent[], text: string): DebugFilterComponent {
  const row = all.find((candidate) => candidate.name === text.toUpperCase() || String(candidate.id) === text);
  if (row === undefined) {
    throw new UsageError(`dbgprint: no component is named "${text}"; dbgprint --all lists them`);
  }
  return row;
}

function filterText(rows: DebugFilterComponent[]): string {
  const bit = (mask: number, level: number): string => ((mask >>> level) & 1 ? "on" : "-");
  return textTable(
    ["Component", "Id", "Mask", "Error", "Warning", "Trace", "Info", "Dropped", "At boot"],
    rows.map(({ name, id, mask, dropped, bootMask }) => [
      name,
      String(id),
      `0x${mask.toString(16).toUpperCase()}`,
      ...[0, 1, 2, 3].map((level) => bit(mask, level)),
      String(dropped),
      bootMask === undefined ? "" : `0x${bootMask.toString(16).toUpperCase()}`,
    ]),
  );
}
