import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../logRecord";
import type { LogRule } from "../logRule";
import { testLine, testRule } from "../testLines";
import { compileRules } from "./compileRules";
import type { MatchLine } from "./matchLine";

type LogLine = Omit<LogRecord, "sequence">;

const names = { component: (id: number) => (id === 77 ? "IHVDRIVER" : undefined) };

function asMatchLine(line: LogLine): MatchLine {
  return { ...line, lowerText: line.text.toLowerCase() };
}

function shows(rules: Parameters<typeof compileRules>[0], line: LogLine): boolean {
  return compileRules(rules, names).shows?.(asMatchLine(line)) ?? true;
}

describe("compileRules", () => {
  it("lets the first include or exclude that matches decide", () => {
    const rules = [
      testRule({ action: "exclude", text: "noise" }),
      testRule({ action: "include", text: "disk" }),
      testRule({ action: "exclude", text: "disk full" }),
    ];
    expect(shows(rules, testLine("disk full"))).toBe(true);
    expect(shows(rules, testLine("disk noise"))).toBe(false);
    expect(shows(rules, testLine("something else"))).toBe(false);
  });

  it("shows what no rule matches when there are only excludes", () => {
    const rules = [testRule({ action: "exclude", text: "noise" })];
    expect(shows(rules, testLine("news"))).toBe(true);
    expect(shows(rules, testLine("NOISE"))).toBe(false);
    expect(shows([testRule({ action: "exclude", text: "noise", matchCase: true })], testLine("NOISE"))).toBe(true);
  });

  it("ignores rules that are off or empty", () => {
    expect(shows([testRule({ text: "x", enabled: false })], testLine("y"))).toBe(true);
    expect(shows([testRule({ text: "" })], testLine("y"))).toBe(true);
    expect(shows([testRule({ text: "", match: "regex" })], testLine("y"))).toBe(true);
  });

  it.each<[Parameters<typeof testRule>[0], boolean]>([
    [{ column: "process", text: "sys" }, true],
    [{ column: "processId", text: "4" }, true],
    [{ column: "processId", text: "44" }, false],
    [{ column: "processId", text: "4*" }, true],
    [{ column: "threadId", text: "1;8" }, true],
    [{ column: "source", text: "kernel" }, true],
    [{ column: "source", text: "kern" }, false],
    [{ column: "component", text: "ihvdriver" }, true],
    [{ column: "component", text: "77" }, true],
    [{ column: "component", text: "7" }, false],
    [{ column: "level", text: "info" }, true],
    [{ column: "level", text: "3" }, true],
    [{ column: "level", text: "error" }, false],
    [{ column: "any", text: "IHVDRIVER" }, true],
    [{ column: "any", text: "elbow" }, true],
    [{ column: "any", text: "nowhere" }, false],
    [{ match: "equals", text: "an elbow" }, true],
    [{ match: "equals", text: "an" }, false],
    [{ match: "regex", text: "^an? e.*w$" }, true],
    [{ match: "regex", text: "^AN", matchCase: true }, false],
  ])("matches %j: %j", (rule, expected) => {
    expect(shows([testRule(rule)], testLine("an elbow", { component: 77 }))).toBe(expected);
  });

  it("takes a bad regular expression literally and says what is wrong with it", () => {
    const rules = [testRule({ text: "fine" }), testRule({ match: "regex", text: "a(b" })];
    const compiled = compileRules(rules, names);
    expect(compiled.errors).toEqual([{ rule: 1, message: expect.stringContaining("a(b") }]);
    expect(shows(rules, testLine("see a(b here"))).toBe(true);
    expect(shows(rules, testLine("see ab here"))).toBe(false);
  });

  it("never hides or discards NtScope's own news because it does not match, but hides it when told to", () => {
    const loss = testLine("5 lines were lost", { kind: "loss", source: "ntscope" });
    expect(shows([testRule({ text: "disk" })], loss)).toBe(true);
    expect(shows([testRule({ text: "lost", action: "exclude" })], loss)).toBe(false);
    const { discards } = compileRules([testRule({ text: "*", action: "discard" })], names);
    expect(discards?.(asMatchLine(loss))).toBe(false);
    expect(discards?.(asMatchLine(testLine("5 lines were lost")))).toBe(true);
  });

  it("colours with the first highlight that matches", () => {
    const rules = [
      testRule({ action: "highlight", text: "error", colour: 4 }),
      testRule({ action: "highlight", text: "disk", colour: 2 }),
    ];
    const { colour, shows: filter } = compileRules(rules, names);
    const colours = ["disk error", "disk", "else"].map((text) => colour?.(asMatchLine(testLine(text))));
    expect(colours).toEqual([4, 2, -1]);
    expect(filter).toBeUndefined();
  });

  it("takes any rules over any line, and tests without throwing", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom("*", ";", "a", "(", "[", "\\", "?", "+", ".", "4")).map((parts) => parts.join("")),
    );
    const rule = fc.record<LogRule>({
      column: fc.constantFrom("text", "process", "processId", "threadId", "source", "component", "level", "any"),
      match: fc.constantFrom("wildcards", "regex", "equals"),
      text,
      matchCase: fc.boolean(),
      action: fc.constantFrom("include", "exclude", "highlight", "mark", "discard"),
      colour: fc.nat(9),
      enabled: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), fc.string({ unit: "binary" }), (rules, printed) => {
        const line = asMatchLine(testLine(printed));
        const { shows, colour, marks, discards, errors } = compileRules(rules, names);
        for (const test of [shows, marks, discards]) expect(test?.(line) ?? true).toBeTypeOf("boolean");
        expect(colour?.(line) ?? -1).toBeGreaterThanOrEqual(-1);
        for (const error of errors) expect(rules[error.rule]?.match).toBe("regex");
      }),
    );
  });
});
