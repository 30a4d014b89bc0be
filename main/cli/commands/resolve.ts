/** `resolve`: how a path is looked up, component by component, and where and why it ends. */

import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { hopText } from "../text/hopText";

export const resolve: CliCommand = {
  name: "resolve",
  summary: "how a path is looked up, hop by hop: component, object, link target, status",
  usage: "PATH",
  options: {},
  positionals: [1, 1],
  details: "A path that leads nowhere is an answer too: the last hop says where it ended, and the exit code is 1.",
  async run(session, args) {
    const resolution = await session.ask("objects.resolve", { path: args.words[0] ?? "" });
    const { reached, status } = resolution;
    if (!reached) {
      session.failed = true;
    }
    const end = reached
      ? `=> ${visibleText(reached.path)}  (${reached.type})`
      : `=> ${status.name} (${status.status}): ${status.message}`;
    return {
      document: resolution,
      text: [visibleText(resolution.path), ...resolution.hops.map(hopText), end].join("\n"),
    };
  },
};
