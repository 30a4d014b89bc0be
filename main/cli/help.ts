/** `--help`, made from the command table. */
import type { CliCommand, OptionSpec } from "./command";

const COMMON: Record<string, OptionSpec> = {
  json: { type: "boolean", help: "answer with one JSON document (JSON lines for log and trace)" },
  help: { type: "boolean", help: "this text" },
};

export function commandHelp(command: CliCommand): string {
  const parts = [`usage: ntscope ${command.name} ${command.usage}`.trimEnd(), `\n${command.summary}`];
  parts.push(`\noptions:\n${optionLines({ ...command.options, ...COMMON })}`);
  if (command.details) {
    parts.push(`\n${command.details}`);
  }
  return parts.join("\n");
}

export function overview(commands: readonly CliCommand[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    "NtScope: browse the NT object namespace, open devices, tail driver debug output.",
    "",
    "usage: ntscope [--machine M]              the window",
    "       ntscope shell [--machine M] [FILE|-]  commands, one a line, in one engine (shell --help)",
    "       ntscope COMMAND ARGS               one command",
    "",
    "commands:",
    ...rows,
    "",
    "Every command takes --json and --help. Exit: 0 done, 1 the operation failed, 2 wrong usage.",
    "Machines (--machine M): model (the built-in kernel; the default, but on Windows), local (this Windows; the default",
    "there), wine or wine:PREFIX (a Wine prefix; --make-prefix makes it where there is none), agent:HOST:PORT",
    "--key-file F (an ntscope agent elsewhere), or the pairing line that the agent printed.",
    "",
    "A driver of your own: `ntscope new-driver NAME` writes one to begin with; then sc create, sc start, open, trace.",
  ].join("\n");
}

function optionLines(options: Record<string, OptionSpec>): string {
  const heads = Object.entries(options).map(([name, spec]) => {
    const short = spec.short ? `-${spec.short}, ` : "";
    return { head: `${short}--${name}${spec.type === "string" ? ` ${spec.value ?? "VALUE"}` : ""}`, help: spec.help };
  });
  const width = Math.max(...heads.map(({ head }) => head.length));
  return heads.map(({ head, help }) => `  ${head.padEnd(width)}  ${help}`).join("\n");
}
