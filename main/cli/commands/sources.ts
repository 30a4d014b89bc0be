/** `sources`: where log lines come from, and what keeps any away. */
import type { SourceInfo } from "../../engine/protocol";
import { joinWords } from "../../machine/commandWords";
import { sourceForms } from "../../machine/sourceForms";
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, type ParsedArgs, parseCount, UsageError } from "../command";
import type { Session } from "../session";
import { textTable } from "../text/textTable";

export const sources: CliCommand = {
  name: "sources",
  summary: "where log lines come from, and how it stands with it",
  usage: "[add SPEC | remove N]",
  options: {},
  positionals: [0, 0],
  // A program's arguments are not options of ours.
  rawWords: true,
  details: `SPEC is one of:\n${Object.values(sourceForms)
    .map((form) => `  ${form}`)
    .join("\n")}`,
  async run(session, args) {
    const [verb] = args.words;
    if (verb === undefined) return answer(await session.ask("sources.list", {}));
    if (verb === "add") return answer([await session.ask("sources.add", { spec: specOf(args) })]);
    if (verb === "remove") return await remove(session, args);
    throw new UsageError(`sources: "${verb}" is neither add nor remove`);
  },
};

/** `--` ends what the shell looks at (`--json`, `--help`), and is no part of the source. */
function specOf(args: ParsedArgs): string {
  const end = args.words.indexOf("--");
  const words = args.words.filter((_word, index) => index !== 0 && index !== end);
  if (words.length === 0) throw new UsageError("sources: add what?");
  return joinWords(words);
}

async function remove(session: Session, args: ParsedArgs) {
  const [, number = "", extra] = args.words;
  if (extra !== undefined) throw new UsageError("sources: remove takes one number");
  const id = parseCount("sources", "N", number);
  await session.ask("sources.remove", { id });
  return { document: { removed: id }, text: "" };
}

function answer(infos: SourceInfo[]) {
  const cells = infos.map(({ id, name, health }) => [
    String(id),
    visibleText(name),
    health.state,
    Object.entries(health.counters)
      .map(([counter, count]) => `${count} ${counter}`)
      .join(", "),
    visibleText(health.message),
  ]);
  return { document: infos, text: textTable(["N", "Source", "State", "Counted", "Health"], cells) };
}
