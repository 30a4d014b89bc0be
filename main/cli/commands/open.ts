/** `open`: CreateFile on a device. The handle stays open for the commands that follow and is named h1, h2... */
import type { Access } from "../../machine/machine";
import { type CliCommand, CommandFailure, UsageError } from "../command";
import { hopText } from "../text/hopText";

const ACCESSES: readonly Access[] = ["r", "w", "rw", "0"];

export const open: CliCommand = {
  name: "open",
  summary: "open a device (CreateFile); the handle is named h1, h2... by default",
  usage: "PATH [--access r|w|rw|0] [--name H] [--async] [--why]",
  options: {
    access: { type: "string", value: "A", help: "r, w, rw (the default) or 0: attributes only" },
    name: { type: "string", value: "H", help: "name the handle" },
    async: { type: "boolean", help: "FILE_FLAG_OVERLAPPED: requests on the handle do not wait for each other" },
    why: { type: "boolean", help: "when it fails: the look-up of the path, and who refused (always so on a terminal)" },
  },
  positionals: [1, 1],
  async run(session, args) {
    const access = ACCESSES.find((known) => known === (args.text("access") ?? "rw"));
    if (access === undefined) {
      throw new UsageError(`open: --access must be r, w, rw or 0, not "${args.text("access")}"`);
    }
    const wanted = args.text("name");
    if (wanted !== undefined && session.handles.has(wanted)) {
      throw new UsageError(`open: a handle named "${wanted}" is open already`);
    }
    const answer = await session.engine.call("devices.open", {
      path: args.words[0] ?? "",
      access,
      ...(args.on("async") ? { overlapped: true } : {}),
    });
    if (!answer.ok) {
      const isExplained = args.on("why") || session.output.isTerminal === true;
      throw new CommandFailure(answer.error, isExplained ? (answer.error.why ?? []).map(hopText) : []);
    }
    const opened = answer.value;
    const name = session.nameHandle(opened.handle, wanted);
    return {
      document: {
        handle: name,
        path: opened.path,
        ntPath: opened.ntPath,
        grantedAccess: opened.grantedAccess,
        ...opened.result.status,
      },
      text: `${name}: ${opened.result.status.name}`,
    };
  },
};
