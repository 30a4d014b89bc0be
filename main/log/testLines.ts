/** Records and rules for this folder's tests, with the rest filled in. */
import type { LogPrint, LogRecord } from "./logRecord";
import type { LogRule } from "./logRule";

export function testPrint(text: string, more: Partial<LogPrint> = {}): LogPrint {
  return {
    time: 1_700_000_000_000,
    source: "kernel",
    component: 101,
    level: 3,
    processId: 4,
    threadId: 8,
    process: "System",
    text,
    ...more,
  };
}

export function testLine(text: string, more: Partial<LogRecord> = {}): Omit<LogRecord, "sequence"> {
  return { ...testPrint(text), kind: "print", ...more };
}

export function testRule(more: Partial<LogRule>): LogRule {
  return {
    column: "text",
    match: "wildcards",
    text: "",
    matchCase: false,
    action: "include",
    colour: 0,
    enabled: true,
    ...more,
  };
}
