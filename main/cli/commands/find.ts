/** `find`: objects of the whole namespace, or of one part of it, by name and type. */
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, parseCount } from "../command";
import { textTable } from "../text/textTable";

export const find: CliCommand = {
  name: "find",
  summary: "find objects by name (* and ? are wildcards) and type",
  usage: "PATTERN [--type T] [--in PATH] [--limit N]",
  options: {
    type: { type: "string", value: "T", help: "only objects of this type, such as Device" },
    in: { type: "string", value: "PATH", help: "only below this directory" },
    limit: { type: "string", value: "N", help: "stop after N matches (default 10000)" },
  },
  positionals: [1, 1],
  async run(session, args) {
    const type = args.text("type");
    const within = args.text("in");
    const answer = await session.ask("objects.find", {
      pattern: args.words[0] ?? "",
      limit: parseCount("find", "--limit", args.text("limit") ?? "10000", 1, 1_000_000),
      ...(type === undefined ? {} : { type }),
      ...(within === undefined ? {} : { within }),
    });
    if (answer.truncated) {
      session.output.message(`find: stopped after ${answer.matches.length} matches; --limit takes more`);
    }
    for (const { path, error } of answer.unreadable) {
      session.output.message(`find: ${visibleText(path)}: ${error.name}: ${error.message}`);
    }
    const rows = answer.matches.map((match) => [visibleText(match.path), match.type, visibleText(match.detail ?? "")]);
    return {
      document: answer,
      text: rows.length === 0 ? "(nothing found)" : textTable(["Path", "Type", "Description"], rows),
    };
  },
};
