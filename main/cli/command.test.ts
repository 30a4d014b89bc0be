import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommandArgs, parseCount, UsageError } from "./command";
import { resolve } from "./commands/resolve";
import { commandTable } from "./commandTable";

const word = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("-", "--", "-r", "/r", "--json=", "--json", "/constructor", "--__proto__", "--=", "\\Device", "0x"),
);

/** What came of it, when it was what the words may come to: a value or a usage error. */
function outcome<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toBe("");
    return undefined;
  }
}

describe("a command's words", () => {
  it("are understood or refused as usage, whatever they are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...commandTable), fc.array(word, { maxLength: 6 }), (command, words) => {
        const parsed = outcome(() => parseCommandArgs(command, words));
        if (parsed === undefined || command.rawWords) return;
        expect(parsed.words.length).toBeGreaterThanOrEqual(command.positionals[0]);
        expect(parsed.words.length).toBeLessThanOrEqual(command.positionals[1]);
      }),
      { numRuns: 1000 },
    );
  });

  it("may begin with a slash without being an option", () => {
    expect(parseCommandArgs(resolve, ["/constructor"]).words).toEqual(["/constructor"]);
  });
});

describe("a count", () => {
  it("is a whole number within its bounds, or refused as usage", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(0x|-)?[0-9a-f]{0,18}$/));
    fc.assert(
      fc.property(text, (typed) => {
        const count = outcome(() => parseCount("read", "LENGTH", typed, 1, 4096));
        if (count !== undefined) expect(Number.isInteger(count) && count >= 1 && count <= 4096).toBe(true);
      }),
    );
  });
});
