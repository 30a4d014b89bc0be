/** `threads`: the threads of all processes, what they wait for and who holds it; then deadlocks in words. */
import { visibleText } from "../../machine/visibleText";
import { deadlockTexts, holderText, waitText } from "../../machine/waitWords";
import type { CliCommand } from "../command";
import { textTable } from "../text/textTable";

export const threads: CliCommand = {
  name: "threads",
  summary: "threads: state, IRQL, what they wait for, who holds it; deadlocks",
  usage: "[--waiting]",
  options: { waiting: { type: "boolean", help: "only those that wait" } },
  positionals: [0, 0],
  async run(session, args) {
    const graph = await session.ask("threads.graph", {});
    const rows = args.on("waiting") ? graph.threads.filter(({ state }) => state === "waiting") : graph.threads;
    const cells = rows.map((row) => [
      String(row.threadId),
      `${visibleText(row.process)} (${row.processId})`,
      row.state,
      String(row.irql),
      waitText(row),
      holderText(row),
      row.stack.map(visibleText)[0] ?? "",
    ]);
    const headings = ["Thread", "Process", "State", "IRQL", "Waits for", "Held by", "In"];
    const table = rows.length === 0 ? "Nothing waits." : textTable(headings, cells);
    return {
      document: { threads: rows, deadlocks: graph.deadlocks },
      text: [table, ...deadlockTexts(graph)].join("\n"),
    };
  },
};
