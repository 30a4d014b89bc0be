/**
 * `log`: lines of the debug log. Filters are the engine's own views, so that the command line and the window
 * cannot differ in what a pattern means.
 */
import type { LogRecord } from "../../log/logRecord";
import type { LogRule } from "../../log/logRule";
import { type CliCommand, type ParsedArgs, parseCount, UsageError } from "../command";
import { LogTail } from "../logTail";
import type { Session } from "../session";
import { logLine } from "../text/logLine";
import { plainJson } from "../text/plainJson";

interface Limits {
  follow: boolean;
  /** Milliseconds; undefined for no limit. */
  duration: number | undefined;
  maxLines: number;
  waitFor: string | undefined;
}

export const log: CliCommand = {
  name: "log",
  summary: "lines of the debug log",
  usage:
    "[--all] [--follow] [--duration S] [--max-lines N] [--wait-for TEXT] [--include P] [--exclude P] [--regex R] [--clear]",
  options: {
    all: { type: "boolean", help: "from the first line (without it: what came since the last log command)" },
    follow: { type: "boolean", short: "f", help: "go on with new lines until stopped" },
    duration: { type: "string", value: "S", help: "follow for S seconds" },
    "max-lines": { type: "string", value: "N", help: "stop after N lines" },
    "wait-for": {
      type: "string",
      value: "TEXT",
      help: "follow until a line holds TEXT; with --duration, exit 1 if none came",
    },
    include: { type: "string", value: "P", help: "only lines that match: wildcards *, alternatives with ;" },
    exclude: { type: "string", value: "P", help: "no lines that match" },
    regex: { type: "string", value: "R", help: "only lines that match the regular expression" },
    clear: { type: "boolean", help: "empty the log" },
  },
  positionals: [0, 0],
  details: "With --json each line is one JSON document.",
  async run(session, args) {
    if (args.on("clear")) {
      await session.ask("log.clear", {});
      return { document: { cleared: true }, text: "" };
    }
    await printLines(session, rulesOf(args), limitsOf(args), args.on("all"));
    return undefined;
  },
};

async function printLines(session: Session, rules: LogRule[], limits: Limits, all: boolean): Promise<void> {
  const tail = await LogTail.open(session, rules, all ? 0 : session.lastLogSequence);
  let left = limits.maxLines;
  let seen = limits.waitFor === undefined;
  try {
    for await (const record of tail.records(limits.follow ? (limits.duration ?? Number.POSITIVE_INFINITY) : 0)) {
      session.lastLogSequence = record.sequence;
      session.output.data(session.json ? recordDocument(record) : logLine(record));
      left -= 1;
      seen ||= record.text.includes(limits.waitFor ?? "");
      if (left === 0 || (limits.waitFor !== undefined && seen)) {
        break;
      }
    }
  } finally {
    await tail.dispose();
  }
  if (!seen) {
    session.output.message(`log: no line held "${limits.waitFor}"`);
    session.failed = true;
  }
}

function recordDocument(record: LogRecord): string {
  return plainJson({ ...record, time: new Date(record.time).toISOString() });
}

function rulesOf(args: ParsedArgs): LogRule[] {
  const rule = (action: LogRule["action"], match: LogRule["match"], text: string | undefined): LogRule[] =>
    text === undefined ? [] : [{ column: "any", match, text, matchCase: false, action, colour: 0, enabled: true }];
  // Excludes stand first: the first rule that matches decides, and who names both means "these, but not those".
  return [
    ...rule("exclude", "wildcards", args.text("exclude")),
    ...rule("include", "wildcards", args.text("include")),
    ...rule("include", "regex", checkedRegex(args.text("regex"))),
  ];
}

function checkedRegex(text: string | undefined): string | undefined {
  if (text !== undefined) {
    try {
      new RegExp(text, "u");
    } catch (error) {
      throw new UsageError(`log: --regex: ${(error as Error).message}`);
    }
  }
  return text;
}

function limitsOf(args: ParsedArgs): Limits {
  const seconds = args.text("duration");
  const duration = seconds === undefined ? undefined : Number(seconds) * 1000;
  // A timer takes at most 2^31 - 1 ms; longer is "until stopped", which --follow says.
  if (duration !== undefined && !(duration >= 0 && duration <= 0x7fffffff)) {
    throw new UsageError(`log: --duration must be a number of seconds from 0 to 2147483, not "${seconds}"`);
  }
  const most = args.text("max-lines");
  const waitFor = args.text("wait-for");
  return {
    follow: args.on("follow") || duration !== undefined || waitFor !== undefined,
    duration,
    maxLines: most === undefined ? Number.POSITIVE_INFINITY : parseCount("log", "--max-lines", most, 1),
    waitFor,
  };
}
