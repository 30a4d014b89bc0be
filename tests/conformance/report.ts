// The comparison as the document docs/conformance.md.
import type { Comparison, ScenarioComparison } from "./compare";
import type { Difference } from "./differences";

const opening = `# The model and a real NT

The same scenarios run on NtScope's model kernel and in a Wine prefix, where the kernel's place is taken by Wine 8 and the
drivers are compiled ones: names that come and go, look-ups, opens, reads, writes, control codes, requests that wait and are
cancelled, services, and what drivers print. Each answer is compared with the other's. This page is made by the tests
(\`tests/conformance\`) and fails them when it is no longer true. A difference is allowed only with its reason, and with whose
answer is that of Windows.
`;

const ending = `## What is not compared

- Times, addresses, numbers of handles and of processes; the order of names in a directory.
- Closing a handle whose read waits. The model sends IRP_MJ_CLEANUP, as Windows does, and the driver ends the read. Wine 8
  most times tells the driver nothing, which then keeps the request and cannot be unloaded any more.
- What programs in Wine do by files and pipes: Wine has no drivers for those.
`;

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}

/** Names of rights are long; those of an open for reading and writing are these. */
function shortRights(text: string): string {
  const [status = "", rights = ""] = text.split(": FILE_READ_DATA FILE_WRITE_DATA FILE_APPEND_DATA");
  return text === `${status}: FILE_READ_DATA FILE_WRITE_DATA FILE_APPEND_DATA${rights}`
    ? `${status}: read and write`
    : text;
}

function countBySide(scenarios: readonly ScenarioComparison[]): string {
  const rows = scenarios.flatMap(({ differences }) => differences);
  const count = (side: Difference["windows"]) => rows.filter(({ windows }) => windows === side).length;
  return (
    `Of the ${rows.length} differences, Windows is like the model in ${count("model")}, like Wine in ${count("wine")}, ` +
    `like neither in ${count("neither")}; of ${count("unknown")} it is not known.`
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function summary(scenarios: readonly ScenarioComparison[]): string {
  const rows = scenarios.map(({ scenario, agreements, differences }) => {
    return [scenario, String(agreements), String(differences.length)];
  });
  const total = (count: (each: ScenarioComparison) => number) =>
    String(scenarios.reduce((sum, each) => sum + count(each), 0));
  rows.push(["**all**", total((each) => each.agreements), total((each) => each.differences.length)]);
  return table(["scenario", "answers alike", "differences"], rows);
}

function explained([first, ...rest]: readonly Difference[]): string {
  if (first === undefined) return "";
  const side = {
    model: "Windows answers as the model.",
    wine: "Windows answers as Wine.",
    neither: "Windows answers like neither.",
    unknown: "Which of them Windows is like is not known.",
  }[first.windows];
  const rows = [first, ...rest].map(({ scenario, observation, model, wine }) => {
    return [scenario, code(observation), code(shortRights(model)), code(shortRights(wine))];
  });
  const words = `**${first.reason}** ${side} Source: ${first.source}.`;
  return `${words}\n\n${table(["scenario", "what", "model", "Wine"], rows)}`;
}

export function conformanceReport({ scenarios }: Comparison): string {
  const byReason = new Map<string, Difference[]>();
  for (const difference of scenarios.flatMap((each) => each.differences)) {
    byReason.set(difference.reason, [...(byReason.get(difference.reason) ?? []), difference]);
  }
  const parts = [
    opening,
    summary(scenarios),
    "## The differences",
    countBySide(scenarios),
    ...[...byReason.values()].map(explained),
    ending,
  ];
  return parts
    .map((part) => part.trim())
    .join("\n\n")
    .concat("\n");
}
